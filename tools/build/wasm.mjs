// From the crate to the Wasm that is shipped and its glue: cargo, wasm-bindgen, wasm-opt.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaveOut, renameYewMarks, shortenNames, startFromModule } from './glue.mjs';
import { cargoForWasm } from './toolchain.mjs';
import { digest, unlessSame } from './memo.mjs';
import { inRoot, target } from './paths.mjs';
import { run, ToolError } from './run.mjs';

/** The widget as wasm-bindgen writes it: `entraide.js` and `entraide_bg.wasm`. */
const bindgenDir = join(target, 'widget-bindgen');

/** The Wasm after wasm-opt. */
export const optimisedWasm = join(target, 'widget-opt', 'entraide.wasm');

/** The glue that goes with it. */
export const optimisedGlue = join(target, 'widget-opt', 'entraide.js');

// Named one by one: --all-features lets wasm-opt write what browsers still refuse.
export const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'sign-ext',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'multivalue',
];
const OPT_ARGS = [
  '--strip-debug',
  '--strip-producers',
  '--strip-target-features',
  // The first kilobyte is the far end of the stack, so no address is below 1,024.
  '--low-memory-unused',
  // What stands apart can be found alike; large functions with one caller stay apart.
  '--one-caller-inline-max-function-size=10',
  '-Oz',
  // Control flow is told anew from its blocks, which is shorter than what LLVM made of it.
  '--flatten',
  '--rereloop',
  // What generic code left nearly alike becomes one; then there is more to shrink.
  '--merge-similar-functions',
  '-Oz',
  '-Oz',
  // Alignments are hints that no browser heeds; all alike, they compress to nothing.
  '--dealign',
  // Names between Wasm and glue are long, and stand in both.
  '--minify-imports-and-exports-and-modules',
  ...FEATURES.map((feature) => `--enable-${feature}`),
];

/** Compiles the widget crate for the browser; returns the path of cargo's Wasm. */
export async function compile() {
  // With an rlib beside the cdylib, cargo leaves link-time optimisation out without a word, so
  // only the cdylib is asked for: that is a third of the Wasm. Long explanations are for those who
  // check a mapping, not for every visitor of a page.
  const args = ['--lib', '--package', 'entraide', '--crate-type', 'cdylib', '--no-default-features', '--features', 'widget'];
  const out = await cargoForWasm('rustc', 'widget', args);
  return join(out, 'entraide.wasm');
}

/** Writes glue and Wasm with the wasm-bindgen that Cargo.lock pins. */
export async function bindgen(wasm) {
  const key = digest(readFileSync(wasm), readFileSync(inRoot('tools/bundle/src/main.rs')), readFileSync(inRoot('Cargo.lock')));
  const outputs = [join(bindgenDir, 'entraide.js'), join(bindgenDir, 'entraide_bg.wasm')];
  return unlessSame('bindgen', key, outputs, async () => {
    mkdirSync(bindgenDir, { recursive: true });
    await run('cargo', ['run', '--quiet', '--package', 'entraide-bundle', '--', wasm, bindgenDir]);
  });
}

/** Shrinks the Wasm with Binaryen, and the glue with it; returns whether there was something to do. */
export async function optimise() {
  const input = join(bindgenDir, 'entraide_bg.wasm');
  const glue = readFileSync(join(bindgenDir, 'entraide.js'), 'utf8');
  const means = readFileSync(inRoot('tools/build/glue.mjs'));
  const key = digest(readFileSync(input), glue, means, OPT_ARGS.join(' '), binaryenVersion());
  return unlessSame('wasm-opt', key, [optimisedWasm, optimisedGlue], async () => {
    mkdirSync(join(target, 'widget-opt'), { recursive: true });
    const command = [binaryen('bin/wasm-opt'), input, ...OPT_ARGS, '-o', optimisedWasm];
    const { output } = await run(process.execPath, command, { capture: true });
    const module = await WebAssembly.compile(readFileSync(optimisedWasm));
    const own = leaveOut(startFromModule(renameYewMarks(glue)));
    writeFileSync(optimisedGlue, shortenNames(own, JSON.parse(output), module));
  });
}

/** A file of the npm package binaryen. */
export function binaryen(path) {
  const file = inRoot('node_modules/binaryen', path);
  if (!existsSync(file)) throw new ToolError('The npm package binaryen is missing. Run `make setup`.');
  return file;
}

/** Its version, of which what it writes depends. */
export function binaryenVersion() {
  return JSON.parse(readFileSync(binaryen('package.json'), 'utf8')).version;
}
