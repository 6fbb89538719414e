// Measures one library on one staff; runs the same in Node and in a browser.

import { CLASSES, keystrokes, queries } from './queries.mjs';
import { oracle, shares } from './oracle.mjs';

/** Rounds of one keystroke: the least counts, since other programs only ever add to it. */
const ROUNDS = 7;
/** Milliseconds after which no further round is begun. */
const PATIENCE = 30;

/**
 * The figures of an engine: milliseconds to build, bytes, percentiles of a keystroke, and for each
 * class of queries the shares of the oracle's ten that are shown and found. `budget` is how many
 * milliseconds its keystrokes may take together; a slow library gets through a part of them.
 */
export async function measure(engine, documents, questions, { budget, memory }) {
  const prepared = await engine.prepare?.(documents);
  const before = await memory();
  const start = performance.now();
  const built = prepared ? engine.build(prepared) : { search: engine.build(documents) };
  const build = built.time ?? performance.now() - start;
  const bytes = built.bytes ?? Math.max(0, (await memory()) - before);
  const { search } = built;

  // A class after the other, in turns, so that a slow library gets as far in each.
  const recall = Object.fromEntries(CLASSES.map((kind) => [kind, { shown: [], found: [] }]));
  const each = questions.length / CLASSES.length;
  const last = performance.now() + budget;
  let asked = 0;
  for (let turn = 0; turn < each && (turn === 0 || performance.now() < last); turn += 1) {
    for (const kind of CLASSES) {
      const { text, tiers } = questions.filter((question) => question.kind === kind)[turn];
      const share = shares(tiers, Array.from(search(text)));
      asked += 1;
      if (!share) continue;
      recall[kind].shown.push(share.shown);
      recall[kind].found.push(share.found);
    }
  }
  for (const kind of CLASSES) recall[kind] = { shown: mean(recall[kind].shown), found: mean(recall[kind].found) };

  const times = [];
  const end = performance.now() + budget;
  for (const typed of keystrokes(questions)) {
    if (performance.now() > end) break;
    let least = Infinity;
    const begun = performance.now();
    for (let round = 0; round < ROUNDS && performance.now() - begun < PATIENCE; round += 1) {
      const from = performance.now();
      search(typed);
      least = Math.min(least, performance.now() - from);
    }
    times.push([least, typed]);
  }
  times.sort((a, b) => a[0] - b[0]);
  const at = (share) => times[Math.round((times.length - 1) * share)];
  const all = CLASSES.map((kind) => recall[kind]);
  return {
    name: engine.name,
    build,
    bytes,
    queries: asked,
    keystrokes: times.length,
    p50: at(0.5)[0],
    p99: at(0.99)[0],
    slowest: at(1)[1],
    recall,
    shown: mean(all.map((r) => r.shown)),
    found: mean(all.map((r) => r.found)),
  };
}

/** Queries for a staff, each with the oracle's tiers. */
export function questionsFor(documents, each) {
  const truth = oracle(documents);
  return queries(documents, each).map((query) => ({ ...query, tiers: truth.tiers(query.text) }));
}

export const mean = (list) => (list.length ? list.reduce((a, b) => a + b, 0) / list.length : NaN);
