// The Wasm that thinks: functions that take and give plain values. What it does is in
// `setup/src/lib.rs`; it keeps nothing and calls nothing.

import init, * as wasm from 'entraide:setup-glue';
import { compile } from '../compile.js';

/** Loads it from the folder `assets`. */
export const loadEngine = async (assets, language) => {
  const { module } = await compile(fetch(assets + __SETUP_WASM__), language);
  await init(module);
  const json = (name) => (given) => JSON.parse(wasm[name](JSON.stringify(given)));
  return {
    /** `{answer, goal, items, origin}` to a proposal, or `{trouble, detail}`. */
    propose: json('propose'),
    /** `{answer, goal, items, field, pointer}` to a choice, or null. */
    pointed: json('pointed'),
    /** `{people, requests, presets}` to `{document, operations, problems}`. */
    composed: json('composed'),
    /** `{document, presets, operation, params, secrets}` to a request. */
    prepared: json('prepared'),
    /** `{document, presets, operation, params, answer}` to what the widget understands. */
    understood: json('understood'),
  };
};
