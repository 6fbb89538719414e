// Where texts outlive the page: the browser's local storage, under names of our own. It may be
// denied, full or missing, and says so by an exception.

const PREFIX = 'entraide:';

/** Keeps a text under a name, or forgets it; whether that went well. */
export const keep = (slot, text) => {
  try {
    if (text == null) localStorage.removeItem(PREFIX + slot);
    else localStorage.setItem(PREFIX + slot, text);
    return true;
  } catch {
    return false;
  }
};

/** Everything that was kept, as JSON of texts by their names; nothing where that is denied. */
export const kept = () => {
  try {
    const all = { __proto__: null };
    for (let i = 0; i < localStorage.length; i += 1) {
      const name = localStorage.key(i);
      if (name.startsWith(PREFIX)) all[name.slice(PREFIX.length)] = localStorage.getItem(name);
    }
    return JSON.stringify(all);
  } catch {
    return undefined;
  }
};
