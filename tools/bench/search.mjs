// How search compares: ours and the libraries that people use, on the same seeded staff with the
// same queries in one run, in Node and in Chromium; then how well each ranks the judged set.
//
//   node tools/bench/search.mjs [SIZE...] [--node] [--budget=MILLISECONDS]

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../build/paths.mjs';
import { main, run, step } from '../build/run.mjs';
import { inChromium } from './search/chromium.mjs';
import { measureJudged } from './search/judged.mjs';
import { questionsFor } from './search/measure.mjs';
import { seededDocuments } from './search/ours.mjs';
import { printFigures, printJudged } from './search/tables.mjs';
import { buildBenchWasm } from './search/wasm.mjs';

const OWN = ['Entraide', 'Entraide, no marks', 'plain JavaScript'];
const SIZES = [1_000, 10_000, 100_000];
const QUERIES = 40;

/** Measures and prints everything. */
export async function measureSearch({ sizes = SIZES, chromium = true, budget = 20_000 } = {}) {
  const { peers } = await peersInstalled();
  const wasm = await step('Compiling the index to Wasm', buildBenchWasm);
  console.log(`The index as a Wasm of its own: ${wasm.brotli} bytes, Brotli (with the reading and writing of the bench's JSON)`);
  const names = [...OWN, ...peers.map((peer) => peer.name)];
  for (const count of sizes) {
    const folder = await stage(wasm, count);
    try {
      printFigures(`${count} people, Node`, await inNode(folder, names, count, budget));
      if (chromium) printFigures(`${count} people, Chromium`, await inChromium(folder, names, count, budget));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log('\nSettings');
  for (const { name, settings } of peers) console.log(`  ${name}: ${settings}`);
  printJudged(await measureJudged(wasm, peers));
}

/** The peers, installed by the lock of their own manifest where they are not there yet. */
async function peersInstalled() {
  const folder = inRoot('benches/peers');
  if (!existsSync(join(folder, 'node_modules'))) {
    await step('Installing the libraries to compare with', () =>
      run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder }),
    );
  }
  return import('../../benches/peers/peers.mjs');
}

/** Writes a staff, its queries and the true answers into a folder, for all measurements of a size. */
export async function stage(wasm, count, each = QUERIES) {
  const folder = mkdtempSync(join(tmpdir(), 'entraide-search-'));
  copyFileSync(wasm.wasm, join(folder, 'bench.wasm'));
  copyFileSync(wasm.glue, join(folder, 'bench.mjs'));
  const documents = await seededDocuments({ glue: pathToFileURL(wasm.glue).href, bytes: readFileSync(wasm.wasm) }, count);
  const questions = questionsFor(documents, each);
  writeFileSync(join(folder, 'tiers.bin'), Buffer.concat(questions.map(({ tiers }) => Buffer.from(tiers))));
  const shown = questions.map(({ kind, text }) => ({ kind, text }));
  writeFileSync(join(folder, 'staff.json'), JSON.stringify({ documents, questions: shown }));
  return folder;
}

/** Measures the libraries of these names one after the other, each in a process of its own. */
export async function inNode(folder, names, count, budget) {
  const out = [];
  for (const name of names) {
    const script = inRoot('tools/bench/search/node.mjs');
    const args = ['--expose-gc', '--max-old-space-size=8192', '--no-warnings', script, folder, name, String(count), String(budget)];
    const { output } = await run(process.execPath, args, { capture: true });
    out.push(JSON.parse(output.slice(output.indexOf('{'))));
  }
  return out;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const budget = Number(args.find((arg) => arg.startsWith('--budget='))?.slice(9) ?? 20_000);
  await main(() => measureSearch({ sizes: sizes.length ? sizes : SIZES, chromium: !args.includes('--node'), budget }));
}
