// What is done to the JavaScript that wasm-bindgen writes, before it is bundled. It is text of a
// known form, so each change says how often it must hit, and a glue of another form fails the
// build instead of a page.

import { ToolError } from './run.mjs';

// Yew marks DOM nodes with properties of these names, numbered afresh in each Wasm instance.
// Inside a host page that is a Yew app too, a click in the widget would run the host's handler
// of the same number, so the widget gets names of its own. The number of places is asserted:
// a Yew that names or uses them differently must be looked at, not shipped.
const YEW_MARK = '__yew_';
const OUR_MARK = '__entraide_';
const YEW_MARK_HITS = 6;

/** What wasm-bindgen calls the module that the Wasm imports from. */
const IMPORTED = './entraide_bg.js';

/** Gives the glue its own names for Yew's node marks; throws when their number is not the known one. */
export function renameYewMarks(glue) {
  const parts = glue.split(YEW_MARK);
  const hits = parts.length - 1;
  if (hits !== YEW_MARK_HITS) {
    throw new ToolError(
      `The glue uses "${YEW_MARK}" ${hits} times, expected ${YEW_MARK_HITS}. ` +
        'Has Yew changed how it marks nodes? Look at each use, then set YEW_MARK_HITS in tools/build/glue.mjs.',
    );
  }
  return parts.join(OUR_MARK);
}

// From `async function __wbg_load` to the end: how to get the Wasm from an address, a response or
// bytes, with words about servers and old callers. The loader brings a compiled module, and puts
// what the Wasm may call into an object that the glue knows by its name.
const START = `
export const entraideHost = {};
export default async (module) => __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
`;

// Each with what stands for it: what the glue does for other users of wasm-bindgen than this one.
const SHORTER = [
  // How Rust shows a value of JavaScript, which happens in the message of a panic at most.
  [/^function debugString\(val\) \{.*?^\}$/ms, 'function debugString(val) {\n    try {\n        return String(val);\n    } catch {\n        return typeof val;\n    }\n}'],
  // For a Wasm that cannot reallocate.
  [/^    if \(realloc === undefined\) \{.*?^    \}$/ms, ''],
];

/** Leaves out of the glue what no page would miss; throws when it is not there. */
export function leaveOut(glue) {
  for (const [pattern, short] of SHORTER) {
    if (!pattern.test(glue)) throw new ToolError(`The glue has nothing like ${pattern}; see tools/build/glue.mjs.`);
    glue = glue.replace(pattern, () => short);
  }
  return glue;
}

/** Replaces the glue's ways to start by one: its default export takes a compiled module. */
export function startFromModule(glue) {
  const at = once(glue, '\nasync function __wbg_load(');
  once(glue, 'export { initSync, __wbg_init as default };');
  return glue.slice(0, at) + START;
}

/**
 * Applies the short names that wasm-opt gave to imports and exports: `names` is what it printed
 * (`{imports: [[module, name, short]], exports: [[name, short]]}`), `module` the compiled result.
 * Throws unless the glue then gives all that the module imports.
 */
export function shortenNames(glue, names, module) {
  const given = new Map();
  for (const [from, name, short] of names.imports) {
    if (from !== IMPORTED) throw new ToolError(`The Wasm imports "${name}" from "${from}", expected "${IMPORTED}".`);
    given.set(name, short);
  }
  const imported = WebAssembly.Module.imports(module);
  const from = new Set(imported.map((each) => each.module));
  const short = new Set(given.values());
  if (from.size !== 1 || short.size !== given.size || !imported.every(({ name }) => short.has(name))) {
    throw new ToolError('wasm-opt shortened other names than it printed.');
  }
  const called = new Map(names.exports);
  const left = new Set(given.keys());
  // What wasm-opt found unused it dropped; the glue keeps that under its long name.
  const keys = glue.replace(/^ {8}(\w+)(?=: function\()/gm, (name) => {
    left.delete(name.trim());
    return given.get(name.trim()) ?? name;
  });
  if (left.size) throw new ToolError(`The glue has no ${[...left].join(', ')}.`);
  once(keys, `"${IMPORTED}": import0`);
  return keys.replace(`"${IMPORTED}"`, JSON.stringify([...from][0])).replace(/\bwasm\.(\w+)/g, (_, name) => {
    // What the glue uses of the Wasm, the Wasm must have; it may have more.
    if (!called.has(name)) throw new ToolError(`The Wasm exports no ${name}, which the glue uses.`);
    return `wasm.${called.get(name)}`;
  });
}

/** Where `text` stands in the glue, which must be once. */
function once(glue, text) {
  const at = glue.indexOf(text);
  if (at < 0 || glue.includes(text, at + 1)) throw new ToolError(`The glue does not have "${text.trim()}" once.`);
  return at;
}
