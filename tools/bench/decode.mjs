// How fast a page of 1,000 people is read through each preset: the mapping layer in Wasm, in
// Chromium, against JSON.parse of the same text in the same run. The answers are made from the
// presets' own selectors, so that each has the shape that its product gives.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../build/paths.mjs';
import { launchChromium } from '../../tests/e2e/harness/chromium.mjs';
import { crowd } from '../../tests/e2e/harness/crowd.mjs';

const PEOPLE = 1_000;
const ROUNDS = 15;

/** Medians in milliseconds for each preset; `skipped` says why one could not be measured. */
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
      const operation = ['people.list', 'people.search'].find((each) => preset.operations?.[each]);
      if (!operation) rows.push({ name, skipped: 'it has no people' });
      else rows.push({ name, ...(await page.evaluate(measure, { name, operation, preset, body: pageOf(preset, operation), people: PEOPLE, rounds: ROUNDS })) });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function measure({ name, operation, preset, body, people, rounds }) {
  const { openProbe } = await import('/entraide/entraide-diagnose.js');
  const probe = await openProbe('/entraide/');
  const settings = Object.fromEntries(Object.keys(preset.requires ?? {}).map((key) => [key, preset.settings?.[key] ?? 'x']));
  const document = JSON.stringify({ extends: name, base: '/x', settings });
  const { problems } = probe.open(JSON.stringify({ document, presets: { [name]: JSON.stringify(preset) } }));
  if (problems.length) return { skipped: problems[0].pointer + ': ' + problems[0].problem };
  const secret = { secret: 'x', user: 'x', password: 'x', csrf: 'x' };
  const prepared = probe.prepare(operation, { limit: people, q: 'a', me: 'x' }, secret);
  if (prepared.error) return { skipped: prepared.error.words };
  const response = { status: 200, url: new URL('/x', location.href).href, headers: 'content-type: application/json\n', body };
  const count = probe.decode(response);
  if (count !== people) return { skipped: `the made answer gives ${count} people` };
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

/** An answer of a thousand people in the shape that the preset reads. */
function pageOf(preset, operation) {
  const call = preset.operations[operation];
  const table = { ...preset.records?.person, ...call.records?.person };
  const list = crowd(PEOPLE).map((person) => {
    const item = {};
    for (const [field, spec] of Object.entries(table)) {
      const selector = typeof spec === 'string' ? spec : spec?.select;
      if (selector) put(item, selector, sample(field, person));
    }
    return item;
  });
  if (!call.items || call.items === '@') return JSON.stringify(list);
  const body = {};
  const path = steps(call.items);
  const last = path.pop();
  let at = body;
  for (const step of path) at = at[step] = {};
  at[last] = list;
  return JSON.stringify(body);
}

function sample(field, person) {
  switch (field) {
    case 'id':
    case 'name':
    case 'title':
    case 'team':
    case 'place':
      return person[field];
    case 'email':
      return `${person.id}@example.org`;
    case 'skills':
      return person.skills;
    case 'wants':
    case 'languages':
      return ['fr'];
    case 'photo':
    case 'profile':
      return `https://example.org/${person.id}`;
    case 'joined':
    case 'presenceUntil':
      return '2026-01-05T08:00:00Z';
    case 'openRequests':
    case 'recentRequests':
    case 'weeklyLimit':
      return 2;
    default:
      return 'text';
  }
}

/** The keys of a plain path. */
const steps = (path) => [...path.matchAll(/"([^"]+)"|([\w$@-]+)/g)].map(([, quoted, plain]) => quoted ?? plain);

/** Writes a value where a selector would find it: its first path, with filters made true. */
function put(item, selector, value) {
  const filter = /^((?:"[^"]+"|[\w-]+)(?:\.(?:"[^"]+"|[\w-]+))*)\[\?\s*([\w-]+)\s*(?:==\s*['`"]?([^'`"\]]+)['`"]*)?\s*\](?:\.([\w-]+))?/.exec(selector);
  if (filter) {
    const [, list, key, wanted, rest] = filter;
    const entry = { [key]: wanted === undefined || wanted === 'true' ? true : wanted, ...(rest && { [rest]: value }) };
    const known = at(item, steps(list));
    return set(item, steps(list), [...(Array.isArray(known) ? known : []), entry]);
  }
  // Names of functions and texts are no paths.
  const plain = selector.replace(/'[^']*'/g, ' ').replace(/\b[a-z_]+\(/g, ' ').replace(/\$\.[\w.]+/g, ' ');
  for (const [path] of plain.matchAll(/(?:"[^"]+"|[A-Za-z_][\w-]*)(?:\[\]|\.(?:"[^"]+"|[\w-]+))*/g)) {
    const [list, rest] = path.split('[].');
    if (rest) set(item, steps(list), [].concat(value).map((each) => set({}, steps(rest), each)));
    else set(item, steps(path.replace('[]', '')), value);
  }
}

const at = (item, path) => path.reduce((value, key) => value?.[key], item);

function set(item, path, value) {
  let inside = item;
  for (const key of path.slice(0, -1)) {
    if (typeof inside[key] !== 'object' || inside[key] === null) inside[key] = {};
    inside = inside[key];
  }
  const last = path.at(-1);
  // What another selector looks into stays as it is.
  if (typeof inside[last] !== 'object' || Array.isArray(value)) inside[last] = value;
  return item;
}
