// The bench's Wasm: the index alone, through the same compiler, profile and passes as the widget.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { digest, unlessSame } from '../../build/memo.mjs';
import { target } from '../../build/paths.mjs';
import { run } from '../../build/run.mjs';
import { cargoForWasm } from '../../build/toolchain.mjs';
import { binaryen, OPT_ARGS } from '../../build/wasm.mjs';

/** Builds it; returns the paths of its glue and its Wasm, and its size, Brotli. */
export async function buildBenchWasm() {
  const folder = join(target, 'bench-search');
  mkdirSync(folder, { recursive: true });
  const args = ['--quiet', '--lib', '--package', 'entraide-search-bench', '--crate-type', 'cdylib'];
  const out = await cargoForWasm('rustc', 'widget', args);
  await run('cargo', ['run', '--quiet', '--package', 'entraide-bundle', '--', join(out, 'entraide_search_bench.wasm'), folder]);
  const wasm = join(folder, 'bench.wasm');
  // The glue is taken as it is, so names stay.
  const passes = OPT_ARGS.filter((arg) => !arg.startsWith('--minify-imports'));
  const input = join(folder, 'entraide_bg.wasm');
  await unlessSame('bench-search', digest(readFileSync(input), passes.join(' ')), [wasm], () =>
    run(process.execPath, [binaryen('bin/wasm-opt'), input, ...passes, '-o', wasm], { capture: true }),
  );
  const glue = join(folder, 'bench.mjs');
  writeFileSync(glue, readFileSync(join(folder, 'entraide.js')));
  return { glue, wasm, brotli: brotliCompressSync(readFileSync(wasm)).length };
}
