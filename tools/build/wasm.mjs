// From a crate to the Wasm that is shipped and its glue: cargo, wasm-bindgen, wasm-opt.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { leaveOut, renameYewMarks, shortenNames, startFromModule } from './glue.mjs';
import { cargoForWasm } from './toolchain.mjs';
import { digest, unlessSame } from './memo.mjs';
import { inRoot, target } from './paths.mjs';
import { run, ToolError } from './run.mjs';

/** Where wasm-bindgen writes `entraide.js` and `entraide_bg.wasm` of a product, and wasm-opt both. */
const bindgenDir = (product) => join(target, `${product}-bindgen`);
const optimised = (product, file) => join(target, `${product}-opt`, file);

/** The widget's Wasm after wasm-opt. */
export const optimisedWasm = optimised('widget', 'entraide.wasm');

/** The glue that goes with it. */
export const optimisedGlue = optimised('widget', 'entraide.js');

/** The mapping layer alone (`probe/`), and its glue. */
export const probeWasm = optimised('probe', 'entraide.wasm');
export const probeGlue = optimised('probe', 'entraide.js');

/** The Wasm of the setup element and its glue. */
export const setupWasm = optimised('setup', 'entraide.wasm');
export const setupGlue = optimised('setup', 'entraide.js');

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
/** The passes of wasm-opt, in order. */
export const OPT_ARGS = [
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

/** Compiles the mapping layer alone, with all explanations; returns the path of cargo's Wasm. */
export async function compileProbe() {
  const out = await cargoForWasm('rustc', 'widget', ['--lib', '--package', 'entraide-probe', '--crate-type', 'cdylib']);
  return join(out, 'entraide_probe.wasm');
}

/** Compiles what `<entraide-setup>` thinks with; returns the path of cargo's Wasm. */
export async function compileSetup() {
  const out = await cargoForWasm('rustc', 'widget', ['--lib', '--package', 'entraide-setup', '--crate-type', 'cdylib']);
  return join(out, 'entraide_setup.wasm');
}

/** Writes glue and Wasm of a product with the wasm-bindgen that Cargo.lock pins. */
export async function bindgen(wasm, product = 'widget') {
  const folder = bindgenDir(product);
  const key = digest(readFileSync(wasm), readFileSync(inRoot('tools/bundle/src/main.rs')), readFileSync(inRoot('Cargo.lock')));
  const outputs = [join(folder, 'entraide.js'), join(folder, 'entraide_bg.wasm')];
  return unlessSame(`${product}-bindgen`, key, outputs, async () => {
    mkdirSync(folder, { recursive: true });
    await run('cargo', ['run', '--quiet', '--package', 'entraide-bundle', '--', wasm, folder]);
  });
}

/**
 * Shrinks the Wasm of a product with Binaryen, and the glue with it; returns whether there was
 * something to do.
 */
export async function optimise(product = 'widget') {
  const input = join(bindgenDir(product), 'entraide_bg.wasm');
  const output = optimised(product, 'entraide.wasm');
  const outputGlue = optimised(product, 'entraide.js');
  const glue = readFileSync(join(bindgenDir(product), 'entraide.js'), 'utf8');
  const means = readFileSync(inRoot('tools/build/glue.mjs'));
  const key = digest(readFileSync(input), glue, means, OPT_ARGS.join(' '), binaryenVersion());
  return unlessSame(`${product}-opt`, key, [output, outputGlue], async () => {
    mkdirSync(dirname(output), { recursive: true });
    const command = [binaryen('bin/wasm-opt'), input, ...OPT_ARGS, '-o', output];
    const { output: names } = await run(process.execPath, command, { capture: true });
    const module = await WebAssembly.compile(readFileSync(output));
    const own = startFromModule(glue);
    const lean = product === 'widget' ? leaveOut(renameYewMarks(own)) : own;
    writeFileSync(outputGlue, shortenNames(lean, JSON.parse(names), module));
  });
}

/** A file of the npm package binaryen. */
export function binaryen(path) {
  const file = inRoot('node_modules/binaryen', path);
  if (!existsSync(file)) throw new ToolError('The npm package binaryen is missing. Run `make setup`.');
  return file;
}

function binaryenVersion() {
  return JSON.parse(readFileSync(binaryen('package.json'), 'utf8')).version;
}
