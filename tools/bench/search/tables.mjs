// The figures as tables for a terminal.

import { CLASSES } from './queries.mjs';

const percent = (share) => `${(share * 100).toFixed(0)}%`;
const pad = (text, width) => String(text).padStart(width);

/** A line for each library, and how far ours is from the best peer that finds 90 %. */
export function printFigures(title, figures) {
  console.log(`\n${title} (a keystroke is the least of 7 runs; shares: of the oracle's ten, in the first ten / found at all; n keystrokes and asked queries: as many as the time allows)`);
  console.log(['library'.padEnd(18), pad('build ms', 9), pad('MB', 7), pad('p50 ms', 9), pad('p99 ms', 9), pad('n', 5), pad('asked', 5), ...CLASSES.map((kind) => pad(kind, 12))].join(' '));
  for (const f of figures) {
    const shares = CLASSES.map((kind) => pad(`${percent(f.recall[kind].shown)}/${percent(f.recall[kind].found)}`, 12));
    console.log(
      [f.name.padEnd(18), pad(f.build.toFixed(0), 9), pad((f.bytes / 1e6).toFixed(1), 7), pad(f.p50.toFixed(3), 9), pad(f.p99.toFixed(3), 9), pad(f.keystrokes, 5), pad(f.queries, 5), ...shares].join(' '),
    );
  }
  const [ours, bare, plain, ...peers] = figures;
  const ratios = (other) => `${(other.p99 / ours.p99).toFixed(1)} times ours, ${(other.p99 / bare.p99).toFixed(1)} times ours without marks`;
  console.log(`99th percentile, slowest of ours: ${JSON.stringify(ours.slowest)}. Plain JavaScript: ${ratios(plain)}.`);
  const good = peers.filter((peer) => peer.found >= 0.9).sort((a, b) => a.p99 - b.p99);
  if (good.length) console.log(`The fastest peer that finds 90 %, ${good[0].name}: ${ratios(good[0])}.`);
  else {
    const [most] = [...peers].sort((a, b) => b.found - a.found);
    console.log(`No peer finds 90 %; the one that finds most (${most.name}, ${percent(most.found)}): ${ratios(most)}.`);
  }
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
