// The scripts of dist/, bundled by esbuild: the small loader that pages name, and the module it
// imports when the widget is needed. Hashes of what the loader fetches are written into it, so
// that caches can keep those files for ever.

import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import { optimisedGlue, probeGlue, setupGlue } from './wasm.mjs';
import { inRoot } from './paths.mjs';

/** Browsers with constructable style sheets, `dialog` and popover: what the widget needs anyway. */
const BROWSERS = ['chrome114', 'firefox125', 'safari17'];

/** A Subresource Integrity value (SHA-384) of bytes. */
export const integrity = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** The part of a hash that goes into an address: enough to never meet twice. */
export const shortHash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** `import text from './x.css'` gives the minified sheet, ready for a constructable style sheet. */
const styleSheets = {
  name: 'style-sheets',
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      // Constructable sheets refuse @import, so what a sheet imports is put in its place.
      const { outputFiles } = await build({
        entryPoints: [path],
        bundle: true,
        minify: true,
        write: false,
        target: BROWSERS,
        absWorkingDir: inRoot(),
      });
      return { contents: outputFiles[0].text.trim(), loader: 'text' };
    });
  },
};

/** `import … from 'entraide:glue'` is what wasm-bindgen wrote, with short names; `entraide:setup-glue` that of the setup element. */
const glue = {
  name: 'glue',
  setup(bundler) {
    bundler.onResolve({ filter: /^entraide:glue$/ }, () => ({ path: optimisedGlue }));
    bundler.onResolve({ filter: /^entraide:setup-glue$/ }, () => ({ path: setupGlue }));
    bundler.onResolve({ filter: /^entraide:probe$/ }, () => ({ path: probeGlue }));
  },
};

const shared = {
  bundle: true,
  minify: true,
  write: false,
  logLevel: 'warning',
  // The loader calling what the Wasm does not export is a mistake, not a hint.
  logOverride: { 'import-is-undefined': 'error' },
  legalComments: 'none',
  charset: 'utf8',
  target: BROWSERS,
  absWorkingDir: inRoot(),
  plugins: [styleSheets, glue],
};

/** The module of `<entraide-setup>` (`loader/setup/setup.js`); returns its bytes. It reads `__SETUP_WASM__`. */
export async function bundleSetup(wasm) {
  const define = { __SETUP_WASM__: JSON.stringify(`entraide-setup.wasm?v=${shortHash(wasm)}`) };
  const result = await build({ ...shared, entryPoints: ['loader/setup/setup.js'], format: 'esm', define });
  return Buffer.from(result.outputFiles[0].contents);
}

/**
 * The ES module with the glue and the style sheets (`loader/app.js`); returns its bytes. It reads
 * `__PRESETS__`: the names of the presets that ship, and a hash of them all for their addresses;
 * and `__SETUP__`: the file name of the setup element's module.
 */
export async function bundleApp(presets, setup) {
  const define = { ...presetNames(presets), __SETUP__: JSON.stringify(`entraide-setup.js?v=${shortHash(setup)}`) };
  const result = await build({ ...shared, entryPoints: ['loader/app.js'], format: 'esm', define });
  return Buffer.from(result.outputFiles[0].contents);
}

const presetNames = (presets) => ({
  __PRESETS__: JSON.stringify({ names: [...presets.keys()], version: shortHash(Buffer.concat([...presets.values()])) }),
});

/** The ES module behind `diagnose()` (`loader/diagnose.js`) with its glue; returns its bytes. */
export async function bundleDiagnose(presets, probe) {
  const define = { ...presetNames(presets), __PROBE__: JSON.stringify(`entraide-probe.wasm?v=${shortHash(probe)}`) };
  const result = await build({ ...shared, entryPoints: ['loader/diagnose.js'], format: 'esm', define });
  return Buffer.from(result.outputFiles[0].contents);
}

/**
 * The script that pages name (`loader/entraide.js`); returns its bytes. It runs as a classic
 * script and as a module. It reads `__VERSION__`, `__APP__`, `__DIAGNOSE__` and `__WASM__` (file names
 * with their hashes), and `__ELEMENTS__` (the table of elements, see loader/elements.mjs).
 */
export async function bundleLoader({ version, app, diagnose, wasm, elements }) {
  const define = {
    __VERSION__: JSON.stringify(version),
    __APP__: JSON.stringify(`entraide-app.js?v=${shortHash(app)}`),
    __DIAGNOSE__: JSON.stringify(`entraide-diagnose.js?v=${shortHash(diagnose)}`),
    __WASM__: JSON.stringify(`entraide.wasm?v=${shortHash(wasm)}`),
    __ELEMENTS__: JSON.stringify(elements),
  };
  // A classic script is read in the encoding of its page, which may be Latin-1: no byte over 127.
  const result = await build({ ...shared, charset: 'ascii', entryPoints: ['loader/entraide.js'], format: 'iife', define });
  return Buffer.from(result.outputFiles[0].contents);
}
