// One library on one staff, in a process or a page of its own, so that none has another's heap or
// its half-warm code. Reads what stage.mjs wrote; `read(name)` fetches a file of it.

import { measure } from './measure.mjs';
import { ours } from './ours.mjs';
import { build } from './plain.mjs';

/** The figures of the library of this name. */
export async function one(name, { read, glue, count, budget, memory, peers }) {
  const { documents, questions } = JSON.parse(new TextDecoder().decode(await read('staff.json')));
  const tiers = new Uint8Array(await read('tiers.bin'));
  questions.forEach((question, at) => {
    question.tiers = tiers.subarray(at * documents.length, (at + 1) * documents.length);
  });
  const wasm = { glue, bytes: await read('bench.wasm') };
  const engines = [
    ours(wasm, count),
    ours(wasm, count, 0),
    { name: 'plain JavaScript', build },
    ...peers,
  ];
  const engine = engines.find((other) => other.name === name);
  return measure(engine, documents, questions, { budget, memory });
}
