// `make bench`: what is shipped weighs, how soon it answers, how fast it reads, searches and imports.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureDecoding } from './bench/decode.mjs';
import { measureImport } from './bench/import.mjs';
import { measureSearch } from './bench/search.mjs';
import { measureStartup } from './bench/startup.mjs';
import { inRoot } from './build/paths.mjs';
import { main, run, step, ToolError } from './build/run.mjs';
import { assembleSite, buildServer, freePort, startServer } from './build/server.mjs';
import { buildWidget } from './build/widget.mjs';

await main(async () => {
  // One part alone: `make bench PART=search`.
  if (process.env.PART === 'search') return measureSearch();
  if (process.env.PART === 'decode') {
    await buildWidget();
    return tellDecoding(await step('Compiling the server', () => buildServer('demo')));
  }
  if (process.env.PART) throw new ToolError(`There is no part ${process.env.PART} of the bench; there are PART=search and PART=decode.`);
  await buildWidget();
  const program = await step('Compiling the server', () => buildServer('demo'));

  console.log('\nSize, in bytes');
  await run(process.execPath, [inRoot('tools/size.mjs')]);

  console.log('\nStart-up in Chromium, milliseconds after navigation (medians of 11, empty cache)');
  for (const { slowdown, launcher, answered } of await withServer(program, measureStartup)) {
    console.log(`CPU ${slowdown}x slower: launcher drawn ${launcher.toFixed(0)}, click answered ${answered.toFixed(0)}`);
  }

  await tellDecoding(program);

  console.log('\nImport');
  const { people, first, again } = await measureImport(program);
  console.log(`${people} people: ${first.toFixed(2)} s (${Math.round(people / first)} a second), again ${again.toFixed(2)} s`);

  console.log('\nSearch, natively');
  await run('cargo', ['bench', '--quiet', '--package', 'entraide', '--bench', 'search']);
  console.log('\nSearch, beside other libraries');
  await measureSearch();
});

async function tellDecoding(program) {
  console.log('\nA page of 1,000 items through each preset, in Wasm in Chromium, against JSON.parse of the same text (medians of 15)');
  for (const { name, operation, skipped, bytes, parse, decode } of await withServer(program, measureDecoding)) {
    const figures = () => `${Math.round(bytes / 1024)} KB, JSON.parse ${parse.toFixed(1)} ms, read ${decode.toFixed(1)} ms: ${(decode / parse).toFixed(1)} times`;
    console.log(`${name} ${operation}: ${skipped ? `not measured, ${skipped}` : figures()}`);
  }
}

/** Runs `work` with the address of a server of its own, on the demo's company. */
async function withServer(program, work) {
  const folder = mkdtempSync(join(tmpdir(), 'entraide-bench-'));
  const db = join(folder, 'bench.db');
  try {
    await run(program, ['demo-data', '--db', db], { capture: true });
    assembleSite();
    const { child, url } = await startServer({ program, port: await freePort(), db, stdio: 'ignore' });
    try {
      return await work(`${url}/`);
    } finally {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
