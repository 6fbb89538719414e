// How fast a page of 1,000 people, and one of 1,000 requests, is read through each preset: the
// mapping layer in Wasm, in Chromium, against JSON.parse of the same text in the same run.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../build/paths.mjs';
import { launchChromium } from '../../tests/e2e/harness/chromium.mjs';
import { pageOf } from './pages.mjs';

const ITEMS = 1_000;
const ROUNDS = 15;

/** Medians in milliseconds for each preset and list; `skipped` says why one could not be measured. */
export async function measureDecoding(url) {
  const folder = inRoot('src/backend/presets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  const presets = names.map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8'))]);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const rows = [];
    for (const [name, preset] of presets) {
      for (const operation of ['people.list', 'requests.list'].filter((each) => preset.operations[each])) {
        const body = pageOf(name, operation, ITEMS);
        const what = { name, operation, preset, body, items: ITEMS, rounds: ROUNDS };
        rows.push({ name, operation, ...(body ? await page.evaluate(measure, what) : { skipped: 'there is no answer to grow' }) });
      }
    }
    return rows;
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function measure({ name, operation, preset, body, items, rounds }) {
  const { openProbe } = await import('/entraide/entraide-diagnose.js');
  const probe = await openProbe('/entraide/');
  const settings = Object.fromEntries(Object.keys(preset.requires ?? {}).map((key) => [key, preset.settings?.[key] ?? 'x']));
  const document = JSON.stringify({ extends: name, base: '/x', settings });
  const { problems } = probe.open(JSON.stringify({ document, presets: { [name]: JSON.stringify(preset) } }));
  if (problems.length) return { skipped: problems[0].pointer + ': ' + problems[0].problem };
  const secret = { secret: 'x', user: 'x', password: 'x', csrf: 'x' };
  const scope = ['all', 'mine'].find((each) => preset.operations[operation].scopes?.[each]) ?? 'all';
  const prepared = probe.prepare(operation, { limit: items, me: 'x', scope }, secret);
  if (prepared.error) return { skipped: prepared.error.words };
  const response = { status: 200, url: new URL('/x', location.href).href, headers: 'content-type: application/json\n', body };
  const count = probe.decode(response);
  if (count !== items) return { skipped: `of the grown answer ${count} items are read` };
  const times = { parse: [], decode: [] };
  for (let round = 0; round < rounds; round += 1) {
    let start = performance.now();
    JSON.parse(body);
    times.parse.push(performance.now() - start);
    start = performance.now();
    probe.decode(response);
    times.decode.push(performance.now() - start);
  }
  const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
  return { bytes: body.length, parse: median(times.parse), decode: median(times.decode) };
}
