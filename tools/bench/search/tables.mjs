// The figures as tables for a terminal.

import { CLASSES } from './queries.mjs';

const percent = (share) => `${(share * 100).toFixed(0)}%`;
const pad = (text, width) => String(text).padStart(width);

/** A line for each library, and how far ours is from the best peer that finds 90 %. */
export function printFigures(title, figures) {
  console.log(`\n${title} (a keystroke is the least of 7 runs; shares: of the oracle's ten, in the first ten / found at all)`);
  console.log(['library'.padEnd(18), pad('build ms', 9), pad('MB', 7), pad('p50 ms', 9), pad('p99 ms', 9), pad('n', 5), ...CLASSES.map((kind) => pad(kind, 12))].join(' '));
  for (const f of figures) {
    const shares = CLASSES.map((kind) => pad(`${percent(f.recall[kind].shown)}/${percent(f.recall[kind].found)}`, 12));
    console.log(
      [f.name.padEnd(18), pad(f.build.toFixed(0), 9), pad((f.bytes / 1e6).toFixed(1), 7), pad(f.p50.toFixed(3), 9), pad(f.p99.toFixed(3), 9), pad(f.keystrokes, 5), ...shares].join(' '),
    );
  }
  const [ours, plain, ...peers] = figures;
  console.log(`Slowest keystroke of ours: ${JSON.stringify(ours.slowest)}; plain JavaScript takes ${(plain.p99 / ours.p99).toFixed(1)} times as long at the 99th percentile`);
  const good = peers.filter((peer) => peer.found >= 0.9).sort((a, b) => a.p99 - b.p99);
  if (!good.length) {
    const nearest = [...peers].sort((a, b) => b.found - a.found)[0];
    console.log(`No peer finds 90 %; the one that finds most (${nearest.name}, ${percent(nearest.found)}) takes ${(nearest.p99 / ours.p99).toFixed(0)} times as long`);
  } else console.log(`The fastest peer that finds 90 % (${good[0].name}) takes ${(good[0].p99 / ours.p99).toFixed(0)} times as long`);
}

/** NDCG@10 of each library, by language, and our worst queries. */
export function printJudged({ rows, languages, worst, queries, people }) {
  console.log(`\nRelevance: NDCG@10 on ${queries} judged queries about ${people} invented colleagues`);
  console.log(['library'.padEnd(18), pad('all', 7), ...languages.map((tag) => pad(tag, 7))].join(' '));
  for (const { name, all, by } of rows) {
    console.log([name.padEnd(18), pad(all.toFixed(3), 7), ...languages.map((tag) => pad(by[tag].toFixed(3), 7))].join(' '));
  }
  console.log('Our worst:');
  for (const { text, ndcg } of worst) console.log(`  ${ndcg.toFixed(2)}  ${text}`);
}
