// The Wasm and the glue of `<entraide-setup>`: a crate of its own, so that pages without that
// element load nothing of it. It is shrunk less eagerly than the widget: a page owner sees it once.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cargoForWasm } from './toolchain.mjs';
import { digest, unlessSame } from './memo.mjs';
import { inRoot, target } from './paths.mjs';
import { run } from './run.mjs';
import { FEATURES, binaryen, binaryenVersion } from './wasm.mjs';

const folder = join(target, 'setup-opt');

/** The Wasm of the setup element. */
export const setupWasm = join(folder, 'entraide-setup.wasm');

/** The glue that goes with it. */
export const setupGlue = join(folder, 'entraide_setup.js');

const OPT_ARGS = ['--strip-debug', '--strip-producers', '--strip-target-features', '-Oz', ...FEATURES.map((feature) => `--enable-${feature}`)];

/** Compiles it, writes its glue, and shrinks it; what did not change is not done again. */
export async function buildSetup() {
  const args = ['--lib', '--package', 'entraide-setup', '--crate-type', 'cdylib'];
  const input = join(await cargoForWasm('rustc', 'widget', args), 'entraide_setup.wasm');
  const bundler = readFileSync(inRoot('tools/bundle/src/main.rs'));
  const key = digest(readFileSync(input), bundler, readFileSync(inRoot('Cargo.lock')), OPT_ARGS.join(' '), binaryenVersion());
  return unlessSame('setup', key, [setupWasm, setupGlue], async () => {
    mkdirSync(folder, { recursive: true });
    await run('cargo', ['run', '--quiet', '--package', 'entraide-bundle', '--', input, folder]);
    const command = [binaryen('bin/wasm-opt'), join(folder, 'entraide_setup_bg.wasm'), ...OPT_ARGS, '-o', setupWasm];
    await run(process.execPath, command, { capture: true });
    // What is shipped must be a module that browsers take.
    await WebAssembly.compile(readFileSync(setupWasm));
  });
}
