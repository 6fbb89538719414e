// The process of one measurement: node --expose-gc node.mjs FOLDER NAME COUNT BUDGET

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { one } from './one.mjs';

const [folder, name, count, budget] = process.argv.slice(2);
const own = ['Entraide', 'Entraide, no marks', 'plain JavaScript'].includes(name);
const figures = await one(name, {
  read: async (file) => readFileSync(join(folder, file)),
  glue: pathToFileURL(join(folder, 'bench.mjs')).href,
  count: Number(count),
  budget: Number(budget),
  memory: async () => {
    for (let round = 0; round < 3; round += 1) globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  // Only the process that measures a peer needs the peers.
  peers: own ? [] : (await import('../../../benches/peers/peers.mjs')).peers,
});
console.log(JSON.stringify(figures));
