// What runs in the page of one measurement; chromium.mjs bundles it and calls it.

import { peers } from '../../../benches/peers/peers.mjs';
import { one } from './one.mjs';

window.measureOne = (name, count, budget) =>
  one(name, {
    read: async (file) => new Uint8Array(await (await fetch(`/${file}`)).arrayBuffer()),
    glue: '/bench.mjs',
    count,
    budget,
    memory: async () => {
      for (let round = 0; round < 3; round += 1) window.gc();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return performance.memory.usedJSHeapSize;
    },
    peers,
  });
