// The quick size of the search bench, for every test run: on 1,000 people the index as Wasm and
// the oracle must agree on everyone who belongs on the first ten rows, for every class of queries,
// and the judged set must not be ranked worse than it was. No library to compare with is needed.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { main, ToolError } from '../../build/run.mjs';
import { measureJudged } from './judged.mjs';
import { mean, questionsFor } from './measure.mjs';
import { shares } from './oracle.mjs';
import { ours, seededDocuments } from './ours.mjs';
import { CLASSES } from './queries.mjs';
import { buildBenchWasm } from './wasm.mjs';

const PEOPLE = 1_000;
const QUERIES = 30;
/** NDCG@10 on the judged set that no change may fall below. */
const RELEVANCE = 0.83;

await main(async () => {
  const files = await buildBenchWasm();
  const wasm = { glue: pathToFileURL(files.glue).href, bytes: readFileSync(files.wasm) };
  const engine = ours(wasm, PEOPLE);
  const { search } = engine.build(await engine.prepare());
  const questions = questionsFor(await seededDocuments(wasm, PEOPLE), QUERIES);
  const wrong = [];
  for (const kind of CLASSES) {
    const asked = questions.filter((q) => q.kind === kind);
    const found = asked.map((q) => ({ text: q.text, ...shares(q.tiers, Array.from(search(q.text))) }));
    const answered = found.filter((f) => f.shown !== undefined);
    console.log(`  ${kind}: ${answered.length} queries, ${(mean(answered.map((f) => f.shown)) * 100).toFixed(1)} % of the oracle's ten shown`);
    if (answered.length < QUERIES / 2) wrong.push(`${kind}: the oracle knows no answer to most queries`);
    for (const { text, shown, found: all } of answered) {
      if (shown < 1) wrong.push(`${kind} ${JSON.stringify(text)}: ${(shown * 100).toFixed(0)} % shown, ${(all * 100).toFixed(0)} % found`);
    }
  }
  const judged = await measureJudged(files, []);
  const relevance = judged.rows[0].all;
  console.log(`  judged: NDCG@10 ${relevance.toFixed(3)} on ${judged.queries} queries`);
  if (!(relevance >= RELEVANCE)) wrong.push(`NDCG@10 on the judged set is ${relevance.toFixed(3)}, below ${RELEVANCE}`);
  if (wrong.length) throw new ToolError(`Search does not find what it should:\n${wrong.join('\n')}`);
});
