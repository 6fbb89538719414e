// Fills dist/: a folder to copy to any web server, and a valid npm package. Files are written
// only when their content changed, and what no longer belongs there is removed.

import { constants, brotliCompressSync } from 'node:zlib';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { compactElements } from '../../loader/elements.mjs';
import { bundleApp, bundleDiagnose, bundleLoader, bundleSetup, integrity } from './script.mjs';
import { customElementsManifest, elementTable, typeDeclarations } from './manifest.mjs';
import { optimisedWasm, probeWasm, setupWasm } from './wasm.mjs';
import { dist, inRoot, version } from './paths.mjs';

/** What is worth compressing ahead: all that a browser fetches. */
const COMPRESSED = /\.(js|css|html|wasm|json)$/;

/** Makes all files of dist/ and returns their names. */
export async function fillDist() {
  const files = new Map();
  const wasm = readFileSync(optimisedWasm);
  const presets = readPresets();
  const setupCode = readFileSync(setupWasm);
  const setup = await bundleSetup(setupCode);
  const app = await bundleApp(presets, setup);
  const probe = readFileSync(probeWasm);
  const diagnose = await bundleDiagnose(presets, probe);
  const table = elementTable();
  files.set('entraide.js', await bundleLoader({ version: version(), app, diagnose, wasm, elements: compactElements(table) }));
  files.set('entraide-app.js', app);
  files.set('entraide.wasm', wasm);
  files.set('entraide-setup.js', setup);
  files.set('entraide-setup.wasm', setupCode);
  files.set('entraide-diagnose.js', diagnose);
  files.set('entraide-probe.wasm', probe);
  for (const [name, bytes] of presets) files.set(`presets/${name}.json`, bytes);
  files.set('embed.html', readFileSync(inRoot('loader/embed.html')));
  files.set('embed.js', await minified('loader/embed.js', 'js'));
  files.set('embed.css', await minified('loader/embed.css', 'css'));
  files.set('entraide.d.ts', Buffer.from(typeDeclarations(table)));
  files.set('custom-elements.json', json(customElementsManifest(table)));
  // Generated from the checker's own table; a test holds it to that.
  files.set('mapping.schema.json', readFileSync(inRoot('docs/mapping.schema.json')));
  files.set('package.json', json(packageManifest()));
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'README.md']) files.set(name, readFileSync(inRoot(name)));
  files.set('integrity.json', json(Object.fromEntries([...files].map(([name, bytes]) => [name, integrity(bytes)]))));
  write(files);
  return [...files.keys()];
}

/** Brotli as hard as it goes, which is what a server sends when files are compressed ahead. */
export function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** The presets by name, each as small as JSON can be written; `$comment` is for their authors. */
export function readPresets() {
  const folder = inRoot('src/backend/presets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  return new Map(names.map((name) => [name.replace('.json', ''), compact(join(folder, name))]));
}

const compact = (path) => Buffer.from(JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), (key, value) => (key === '$comment' ? undefined : value)));

function write(files) {
  mkdirSync(join(dist, 'presets'), { recursive: true });
  const keep = new Set(['presets']);
  for (const [name, bytes] of files) {
    const path = join(dist, name);
    const packed = `${path}.br`;
    const same = existsSync(path) && readFileSync(path).equals(bytes);
    if (!same) writeFileSync(path, bytes);
    keep.add(name);
    if (!COMPRESSED.test(name)) continue;
    if (!same || !existsSync(packed)) writeFileSync(packed, brotli(bytes));
    keep.add(`${name}.br`);
  }
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!keep.has(name)) rmSync(join(dist, name), { recursive: true, force: true });
  }
}

async function minified(path, loader) {
  const { code } = await transform(readFileSync(inRoot(path), 'utf8'), {
    loader,
    minify: true,
    format: loader === 'js' ? 'iife' : undefined,
  });
  return Buffer.from(code);
}

const json = (value) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

function packageManifest() {
  return {
    name: 'entraide',
    version: version(),
    description: 'Ask a colleague: an expertise directory and help panel for any intranet page, by one script tag',
    license: 'MIT OR Apache-2.0',
    main: 'entraide.js',
    browser: 'entraide.js',
    types: 'entraide.d.ts',
    customElements: 'custom-elements.json',
    exports: {
      '.': { types: './entraide.d.ts', default: './entraide.js' },
      './*': './*',
    },
    sideEffects: true,
    keywords: ['intranet', 'expertise', 'directory', 'help', 'web-components', 'custom-element', 'wasm'],
  };
}
