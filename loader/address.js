// The search in the page's address, where the page wants it there (`data-deep-link`).

/** What a directory's search is called in an address. */
const OURS = ['q', 'skill', 'team', 'place'];

/** The pairs of the page's query that are a directory's search, as JSON; nothing where there are none. */
export const readAddress = () => {
  const query = new URLSearchParams(location.search);
  const all = {};
  for (const name of OURS) if (query.has(name)) all[name] = query.get(name);
  return Object.keys(all).length ? JSON.stringify(all) : undefined;
};

/** Puts pairs (JSON) into the page's query, and takes out those without a value. The address is
    replaced, so that "back" leaves the page and not one letter. */
export const writeAddress = (pairs) => {
  const all = JSON.parse(pairs);
  const query = new URLSearchParams(location.search);
  for (const name of Object.keys(all)) {
    if (all[name]) query.set(name, all[name]);
    else query.delete(name);
  }
  const text = String(query);
  // Browsers refuse too many of these in a row; the next one makes up for it.
  history.replaceState(history.state, '', location.pathname + (text && `?${text}`) + location.hash);
};
