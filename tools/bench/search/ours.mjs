// The index of the widget, from a Wasm of its own that is compiled and shrunk as the widget is.
// Works in Node and in a browser: the caller brings the Wasm's bytes.

/** How many rows a list of 800 pixels draws, those in reserve included; each is explained and marked. */
const ROWS = 20;

/** Starts the glue with fresh memory. */
async function instance(wasm) {
  const { glue, bytes } = wasm;
  // A new address makes a new module, with memory of its own.
  instance.count = (instance.count ?? 0) + 1;
  const module = await import(/* @vite-ignore */ `${glue}?${instance.count}`);
  const { memory } = module.initSync({ module: bytes });
  return { Bench: module.Bench, memory };
}

/** The seeded staff, as documents for every library. */
export async function seededDocuments(wasm, count) {
  const { Bench } = await instance(wasm);
  return documentsOf(Bench.seeded(count, 7));
}

/** The documents of people given as JSON. */
export async function parsedDocuments(wasm, json) {
  const { Bench } = await instance(wasm);
  return documentsOf(Bench.parsed(json));
}

function documentsOf(bench) {
  const out = [];
  for (let from = 0; ; from += 1_000) {
    const page = JSON.parse(bench.documents(from, from + 1_000));
    if (!page.length) return out;
    for (const document of page) out.push({ ...document, id: out.length });
  }
}

/**
 * Our engine on the seeded staff of this size, or on people given as JSON; with or without the
 * explanation of the rows on the screen, which no other library gives.
 */
export function ours(wasm, people, rows = ROWS) {
  return {
    name: rows ? 'Entraide' : 'Entraide, no marks',
    async prepare() {
      const { Bench, memory } = await instance(wasm);
      const bench = typeof people === 'number' ? Bench.seeded(people, 7) : Bench.parsed(people);
      return { bench, memory };
    },
    /** Milliseconds and bytes of the build alone; the memory grows by its highest need. */
    build({ bench, memory }) {
      const before = memory.buffer.byteLength;
      const start = performance.now();
      bench.build();
      const time = performance.now() - start;
      return { time, bytes: memory.buffer.byteLength - before, search: (text) => bench.search(text, rows) };
    },
  };
}
