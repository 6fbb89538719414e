// Relevance: how well each library ranks the judged set, by NDCG@10 (Järvelin and Kekäläinen,
// "Cumulated gain-based evaluation of IR techniques", ACM TOIS 2002) with gains of 2^grade - 1.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../build/paths.mjs';
import { mean } from './measure.mjs';
import { ours, parsedDocuments } from './ours.mjs';
import { build as buildPlain } from './plain.mjs';

/** NDCG@10 of ours, of the same algorithm in JavaScript, and of the peers; and our worst queries. */
export async function measureJudged(wasmFiles, peers) {
  const json = readFileSync(inRoot('benches/judged/staff.json'), 'utf8');
  const people = JSON.parse(json).map((person) => person.id);
  const queries = JSON.parse(readFileSync(inRoot('benches/judged/queries.json'), 'utf8'));
  const wasm = { glue: pathToFileURL(wasmFiles.glue).href, bytes: readFileSync(wasmFiles.wasm) };
  const documents = await parsedDocuments(wasm, json);
  const own = ours(wasm, json);
  const engines = [
    { name: own.name, search: own.build(await own.prepare()).search },
    { name: 'plain JavaScript', search: buildPlain(documents) },
    ...peers.map((peer) => ({ name: peer.name, search: peer.build(documents) })),
  ];
  const languages = [...new Set(queries.map((query) => query.lang))];
  const scored = engines.map(({ name, search }) => ({
    name,
    scores: queries.map((query) => ({ ...query, ndcg: ndcg(Array.from(search(query.text), (id) => people[id]), query.grades) })),
  }));
  const rows = scored.map(({ name, scores }) => ({
    name,
    all: mean(scores.map((s) => s.ndcg)),
    by: Object.fromEntries(languages.map((tag) => [tag, mean(scores.filter((s) => s.lang === tag).map((s) => s.ndcg))])),
  }));
  const worst = [...scored[0].scores].sort((a, b) => a.ndcg - b.ndcg).slice(0, 10);
  return { rows, languages, worst, queries: queries.length, people: people.length, scored };
}

/** The gain of the first ten, by rank, over the best that ten could have. */
export function ndcg(found, grades) {
  const gradeOf = new Map(Object.entries(grades).flatMap(([grade, ids]) => ids.map((id) => [id, Number(grade)])));
  const gain = (list) => list.slice(0, 10).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
  const best = gain([...gradeOf.values()].sort((a, b) => b - a));
  return best ? gain(found.map((id) => gradeOf.get(id) ?? 0)) / best : 0;
}
