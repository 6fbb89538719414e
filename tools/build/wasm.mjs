// From the crate to the Wasm that is shipped: cargo, wasm-bindgen, one renaming, wasm-opt.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cargoForWasm } from './toolchain.mjs';
import { digest, unlessSame } from './memo.mjs';
import { inRoot, target } from './paths.mjs';
import { run, ToolError } from './run.mjs';

/** The widget as wasm-bindgen writes it: `entraide.js` and `entraide_bg.wasm`. */
export const bindgenDir = join(target, 'widget-bindgen');

/** The Wasm after wasm-opt. */
export const optimisedWasm = join(target, 'widget-opt', 'entraide.wasm');

// Yew marks DOM nodes with properties of these names, numbered afresh in each Wasm instance.
// Inside a host page that is a Yew app too, a click in the widget would run the host's handler
// of the same number, so the widget gets names of its own. The number of places is asserted:
// a Yew that names or uses them differently must be looked at, not shipped.
const YEW_MARK = '__yew_';
const OUR_MARK = '__entraide_';
const YEW_MARK_HITS = 6;

// Named one by one: --all-features lets wasm-opt write what browsers still refuse.
const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'sign-ext',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'multivalue',
];
const OPT_ARGS = [
  '-Oz',
  '--strip-debug',
  '--strip-producers',
  '--strip-target-features',
  ...FEATURES.map((feature) => `--enable-${feature}`),
];

/** Compiles the widget crate for the browser; returns the path of cargo's Wasm. */
export async function compile() {
  // With an rlib beside the cdylib, cargo leaves link-time optimisation out without a word, so
  // only the cdylib is asked for: that is a third of the Wasm.
  const out = await cargoForWasm('rustc', 'widget', ['--lib', '--package', 'entraide', '--no-default-features', '--crate-type', 'cdylib']);
  return join(out, 'entraide.wasm');
}

/** Writes glue and Wasm with the wasm-bindgen that Cargo.lock pins, then renames Yew's marks. */
export async function bindgen(wasm) {
  const key = digest(readFileSync(wasm), readFileSync(inRoot('tools/bundle/src/main.rs')), readFileSync(inRoot('Cargo.lock')));
  const outputs = [join(bindgenDir, 'entraide.js'), join(bindgenDir, 'entraide_bg.wasm')];
  return unlessSame('bindgen', key, outputs, async () => {
    mkdirSync(bindgenDir, { recursive: true });
    await run('cargo', ['run', '--quiet', '--package', 'entraide-bundle', '--', wasm, bindgenDir]);
    renameYewMarks(outputs[0]);
  });
}

/** Gives the glue its own names for Yew's node marks; throws when their number is not the known one. */
export function renameYewMarks(glueFile) {
  const glue = readFileSync(glueFile, 'utf8');
  const parts = glue.split(YEW_MARK);
  const hits = parts.length - 1;
  if (hits !== YEW_MARK_HITS) {
    throw new ToolError(
      `${glueFile}: ${hits} uses of "${YEW_MARK}", expected ${YEW_MARK_HITS}. ` +
        'Has Yew changed how it marks nodes? Look at each use, then set YEW_MARK_HITS in tools/build/wasm.mjs.',
    );
  }
  writeFileSync(glueFile, parts.join(OUR_MARK));
}

/** Shrinks the Wasm with Binaryen; returns whether there was something to do. */
export async function optimise() {
  const input = join(bindgenDir, 'entraide_bg.wasm');
  const key = digest(readFileSync(input), OPT_ARGS.join(' '), binaryenVersion());
  return unlessSame('wasm-opt', key, [optimisedWasm], async () => {
    mkdirSync(join(target, 'widget-opt'), { recursive: true });
    await run(process.execPath, [binaryen('bin/wasm-opt'), input, ...OPT_ARGS, '-o', optimisedWasm]);
  });
}

function binaryen(path) {
  const file = inRoot('node_modules/binaryen', path);
  if (!existsSync(file)) throw new ToolError('The npm package binaryen is missing. Run `make setup`.');
  return file;
}

function binaryenVersion() {
  return JSON.parse(readFileSync(binaryen('package.json'), 'utf8')).version;
}
