// The shape of a JSON value: names and types of members, never a value. A name is shown only where
// it is surely one: objects may be keyed by people's identifiers.

/** Members that answers are usually wrapped in. */
const ENVELOPE = new Set(
  '_embedded _links @odata.context @odata.count @odata.nextLink Resources attributes collection content count cursor data detail directory_items elements error errors estimatedTotalHits has_more hits id included isLast issues items itemsPerPage items_per_page limit links list members meta name next nextLink nextPageToken next_page nodes offset page pageInfo pagination people per_page previous records relationships rel result results rows schemas self size skills startIndex status title total totalCount totalResults total_count type users value values'.split(' '),
);
/** What a name of a member looks like. */
const NAME = /^[$@_A-Za-z][\w@.:$-]{0,60}$/;
/** How deep, and how many members of an object, are told. */
const DEEPEST = 6;
const MOST = 60;

/** Tells shapes; `words` is the mapping's text, whose own names are no secret. */
export const makeShapes = (words) => {
  const known = new Set(String(words).match(/[\w@.:$-]+/g));
  for (const word of [...known]) for (const part of word.split('.')) known.add(part);

  // A name that several entries of one list have is a member's name.
  const learn = (value, depth) => {
    if (depth > DEEPEST || value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      const times = new Map();
      for (const item of value.slice(0, 50)) {
        if (item && typeof item === 'object' && !Array.isArray(item)) {
          for (const key of Object.keys(item).slice(0, MOST)) times.set(key, (times.get(key) ?? 0) + 1);
        }
      }
      const most = Math.max(0, ...times.values());
      for (const [key, n] of times) if (n > 1 && n * 2 > most) known.add(key);
      value.slice(0, 50).forEach((item) => learn(item, depth + 1));
    } else {
      Object.values(value).slice(0, MOST).forEach((item) => learn(item, depth + 1));
    }
  };

  const isName = (key) => NAME.test(key) && !/\w@\w+\.\w/.test(key.replace(/@odata\..*/, '')) && (known.has(key) || ENVELOPE.has(key));

  const merge = (a, b) => {
    if (a === undefined || JSON.stringify(a) === JSON.stringify(b)) return b;
    if (b === undefined) return a;
    if (typeof a === 'object' && typeof b === 'object' && !Array.isArray(a) && !Array.isArray(b)) {
      const all = { ...a };
      for (const key of Object.keys(b)) all[key] = merge(a[key], b[key]);
      return all;
    }
    if (Array.isArray(a) && Array.isArray(b)) return [merge(a[0], b[0])].filter((item) => item !== undefined);
    const words = new Set([a, b].flatMap((one) => (typeof one === 'string' ? one.split('|') : Array.isArray(one) ? 'list' : 'object')));
    return [...words].sort().join('|');
  };

  const of = (value, depth) => {
    if (value === null) return 'null';
    if (typeof value === 'string') return 'text';
    if (typeof value !== 'object') return typeof value;
    if (depth > DEEPEST) return '…';
    if (Array.isArray(value)) {
      let shape;
      for (const item of value.slice(0, 50)) shape = merge(shape, of(item, depth + 1));
      return shape === undefined ? [] : [shape];
    }
    const shape = {};
    let hidden;
    for (const key of Object.keys(value).slice(0, MOST)) {
      const inside = of(value[key], depth + 1);
      if (isName(key)) shape[key] = inside;
      else hidden = merge(hidden, inside);
    }
    if (hidden !== undefined) shape['*'] = hidden;
    return shape;
  };

  /** The shape of a text of JSON; `undefined` where it is none. */
  return (text) => {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    learn(value, 0);
    return of(value, 0);
  };
};
