// Presets: mappings that ship beside the script, one file each (`presets/NAME.json`). Only those
// that the page's document extends are fetched, while the Wasm is on its way.

const NAMES = __PRESETS__.names;
/** What came already, by name. */
const known = {};

/** What the set-up of a backend offers: the names, and the version for their addresses. */
export const presetsThere = { presets: NAMES, version: __PRESETS__.version };

/** What a document and its parts extend; nothing where it cannot be read, which the Wasm tells. */
const extended = (text) => {
  try {
    const { parts, ...document } = JSON.parse(text);
    const all = [document, ...Object.values(parts ?? {})].map((part) => part?.extends);
    return new Set(all.filter((name) => name));
  } catch {
    return undefined;
  }
};

/**
 * The presets that a document names, by their names, or why there is none, in words. `read` gives
 * `{document}` or `{problem}` of an address; `assets` is the folder of the script.
 */
export const presetsFor = async (text, assets, read) => {
  const presets = {};
  for (const name of extended(text) ?? []) {
    // A name from the list leads to no other place than the folder.
    if (!NAMES.includes(name)) return { problem: `there is no preset \`${name}\`; there are: ${NAMES.join(', ')}` };
    if (!known[name]) {
      const { document, problem } = await read(`${assets}presets/${name}.json?v=${__PRESETS__.version}`);
      if (problem) return { problem: `${problem} (the folder \`presets\` belongs beside entraide.js)` };
      const more = extended(document);
      if (more?.size) return { problem: `the preset \`${name}\` extends a preset` };
      presets[name] = document;
      // What came damaged is asked for again.
      if (more) known[name] = document;
    }
    presets[name] ??= known[name];
  }
  return { presets };
};
