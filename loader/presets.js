// Presets: mappings that ship beside the script, one file each (`presets/NAME.json`). Only those
// that the page's document extends are fetched, while the Wasm is on its way.

const NAMES = __PRESETS__.names;
/** What came already, by name. */
const known = {};

/** What the set-up of a backend offers: the names, and the version for their addresses. */
export const presetsThere = { presets: NAMES, version: __PRESETS__.version };

/** What a document and its parts extend, as far as it can be read: the Wasm tells what cannot. */
const extended = (text) => {
  const names = new Set();
  try {
    const { parts, ...document } = JSON.parse(text);
    for (const part of [document, ...Object.values(parts ?? {})]) if (part?.extends) names.add(part.extends);
  } catch {
    // Nothing is fetched for it.
  }
  return names;
};

/**
 * The presets that a document names, by their names, or why there is none, in words. `read` gives
 * `{document}` or `{problem}` of an address; `assets` is the folder of the script.
 */
export const presetsFor = async (text, assets, read) => {
  const presets = {};
  for (const name of extended(text)) {
    // A name from the list leads to no other place than the folder.
    if (!NAMES.includes(name)) return { problem: `there is no preset \`${name}\`; there are: ${NAMES.join(', ')}` };
    if (!known[name]) {
      const { document, problem } = await read(`${assets}presets/${name}.json?v=${__PRESETS__.version}`);
      if (problem) return { problem: `${problem} (the folder \`presets\` belongs beside entraide.js)` };
      if (extended(document).size) return { problem: `the preset \`${name}\` extends a preset` };
      known[name] = document;
    }
    presets[name] = known[name];
  }
  return { presets };
};
