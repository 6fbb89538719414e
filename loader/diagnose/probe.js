// The Wasm that reads the same mapping as the widget's, with all explanations (`probe/`).

import init, * as wasm from 'entraide:probe';
import { compile } from '../compile.js';

let running;

/** Loads it once from the folder of the script; gives its functions, taking and giving values. */
export const openProbe = async (assets, lang = 'en') => {
  running ??= compile(fetch(assets + __PROBE__), lang).then(({ module }) => init(module));
  try {
    await running;
  } catch (error) {
    running = undefined;
    throw error;
  }
  const given = (value) => JSON.stringify(value ?? {});
  return {
    open: (settings) => JSON.parse(wasm.open(settings)),
    prepare: (operation, values, secrets) => JSON.parse(wasm.prepare(operation, given(values), given(secrets))),
    read: ({ status, url, headers, body }) => JSON.parse(wasm.read(status, url, headers, body)),
    decode: ({ status, url, headers, body }) => wasm.decode(status, url, headers, body),
  };
};
