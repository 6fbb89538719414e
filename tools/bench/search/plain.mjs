// Our algorithm once more, in plain JavaScript with typed arrays: a sorted vocabulary with
// postings, prefixes as a range of it, typos by one walk over it as a trie, the same ranking,
// facets and marks. It shows what the algorithm is worth and what the Wasm is.

import { allowance, FIELDS, fold, values, WEIGHTS, words } from './fold.mjs';

const USUAL = { title: 3, about: 20 };
const KINDS = { exact: 192, prefix: 128, typo: 64 };
const ROWS = 20;

/** Builds the index; answers the search for what is typed. */
export function build(documents) {
  const { vocabulary, starts, people, impacts } = inverted(documents);
  const shared = sharedLengths(vocabulary);
  const facets = ['skills', 'team', 'place', 'presence'].map((facet) => dictionary(documents, facet));
  const nameOrder = documents.map((document) => [fold(document.name), document.id]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const nameRank = new Uint32Array(documents.length);
  nameOrder.forEach(([, id], rank) => (nameRank[id] = rank));
  const readiness = Float32Array.from(documents, (document) => document.readiness);

  const note = (number, kind, closeness, current) => {
    let at = starts[number];
    const end = starts[number + 1];
    while (at < end) {
      const person = people[at];
      let impact = 0;
      for (; at < end && people[at] === person; at += 1) impact += impacts[at];
      const packed = kind + Math.min(impact * closeness, 63);
      if (packed > current[person]) current[person] = packed;
    }
  };

  return (text) => {
    const sought = words(text);
    const count = documents.length;
    const current = new Float32Array(count);
    const sums = new Float32Array(count);
    const worst = new Uint8Array(count);
    const matched = new Uint8Array(count);
    let most = 0;
    sought.forEach((word, at) => {
      const last = at + 1 === sought.length;
      for (let number = firstNotBefore(vocabulary, word); number < vocabulary.length; number += 1) {
        const own = vocabulary[number];
        if (!own.startsWith(word)) break;
        if (own.length === word.length) note(number, KINDS.exact, 1, current);
        else if (last) note(number, KINDS.prefix, 0.5 + (0.5 * word.length) / own.length, current);
        else break;
      }
      const errors = allowance(word);
      if (errors && word.length < 31) {
        walk(vocabulary, shared, word, errors, last, (number, least) => {
          const closeness = 0.5 + 0.5 * Math.min(1, word.length / vocabulary[number].length);
          note(number, KINDS.typo, least > 1 ? closeness / 2 : closeness, current);
        });
      }
      let found = 0;
      for (let person = 0; person < count; person += 1) if (current[person] > 0) found += 1;
      const weight = Math.log(1 + (count - found + 0.5) / (found + 0.5));
      most += weight;
      for (let person = 0; person < count; person += 1) {
        const packed = current[person];
        if (!packed) continue;
        current[person] = 0;
        const kind = packed >= KINDS.exact ? 1 : packed >= KINDS.prefix ? 2 : 3;
        const frequency = packed - KINDS.typo * (4 - kind);
        sums[person] += (weight * frequency) / (1.2 + frequency);
        if (kind > worst[person]) worst[person] = kind;
        matched[person] += 1;
      }
    });
    const counts = facets.map(({ names }) => new Uint32Array(names.length));
    const hits = [];
    const scores = new Float32Array(count);
    for (let person = 0; person < count; person += 1) {
      if (matched[person] !== sought.length) continue;
      scores[person] = 3 - worst[person] + (0.9 * sums[person]) / most + 0.09 * readiness[person];
      hits.push(person);
      facets.forEach(({ ends, numbers }, facet) => {
        for (let at = person ? ends[person - 1] : 0; at < ends[person]; at += 1) counts[facet][numbers[at]] += 1;
      });
    }
    hits.sort((a, b) => scores[b] - scores[a] || nameRank[a] - nameRank[b]);
    counts.forEach((list) => Array.from(list.keys()).sort((a, b) => list[b] - list[a]).slice(0, 50));
    const terms = sought.map((word, at) => ({ word, last: at + 1 === sought.length, errors: allowance(word) }));
    for (const person of hits.slice(0, ROWS)) marks(documents[person], terms);
    return hits;
  };
}

function inverted(documents) {
  const numbers = new Map();
  const lists = [];
  for (const document of documents) {
    for (const field of FIELDS) {
      for (const value of values(document, field)) {
        const own = words(value);
        const impact = WEIGHTS[field] / (field === 'languages' ? 1 : 0.5 + (0.5 * own.length) / (USUAL[field] ?? 2));
        for (const word of own) {
          let number = numbers.get(word);
          if (number === undefined) numbers.set(word, (number = lists.push([]) - 1));
          lists[number].push(document.id, impact);
        }
      }
    }
  }
  const vocabulary = [...numbers.keys()].sort((a, b) => (a < b ? -1 : 1));
  const starts = new Uint32Array(vocabulary.length + 1);
  vocabulary.forEach((word, at) => (starts[at + 1] = starts[at] + lists[numbers.get(word)].length / 2));
  const people = new Uint32Array(starts[vocabulary.length]);
  const impacts = new Float32Array(people.length);
  vocabulary.forEach((word, at) => {
    const list = lists[numbers.get(word)];
    for (let i = 0; i < list.length; i += 2) {
      people[starts[at] + i / 2] = list[i];
      impacts[starts[at] + i / 2] = list[i + 1];
    }
  });
  return { vocabulary, starts, people, impacts };
}

function dictionary(documents, facet) {
  const numbers = new Map();
  const names = [];
  const all = [];
  const ends = new Uint32Array(documents.length);
  documents.forEach((document, at) => {
    for (const name of facet === 'skills' ? [...document.shown, ...document.declared] : [document[facet]]) {
      if (!numbers.has(name)) numbers.set(name, names.push(name) - 1);
      all.push(numbers.get(name));
    }
    ends[at] = all.length;
  });
  return { names, ends, numbers: Uint32Array.from(all) };
}

function sharedLengths(vocabulary) {
  return Uint8Array.from(vocabulary, (word, at) => {
    const before = vocabulary[at - 1] ?? '';
    let shared = 0;
    while (shared < word.length && word[shared] === before[shared]) shared += 1;
    return shared;
  });
}

function firstNotBefore(vocabulary, word) {
  let low = 0;
  let high = vocabulary.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vocabulary[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Wu and Manber's automaton with swaps, a bit for each letter, over the vocabulary as a trie. */
function walk(vocabulary, shared, word, errors, open, found) {
  const places = new Map();
  for (let i = 0; i < word.length; i += 1) places.set(word.charCodeAt(i), (places.get(word.charCodeAt(i)) ?? 0) | (1 << i));
  const end = 1 << word.length;
  const mask = (end << 1) - 1;
  const none = 9;
  const least = (a, b, c) => (a & end ? 0 : b & end ? 1 : errors > 1 && c & end ? 2 : none);
  // A row of six numbers for each depth: three reaches, two swaps, the least errors of a beginning.
  const states = new Int32Array(6 * 256);
  states.set([1, 3, 7, 0, 0, none]);
  let dead = Infinity;
  for (let number = 0; number < vocabulary.length; number += 1) {
    let depth = shared[number];
    if (depth >= dead) continue;
    dead = Infinity;
    const own = vocabulary[number];
    let state = depth * 6;
    for (; depth < own.length && depth < 250; depth += 1) {
      const bits = places.get(own.charCodeAt(depth)) ?? 0;
      const [a, b, c] = [states[state], states[state + 1], states[state + 2]];
      const next = state + 6;
      const a2 = (a & bits) << 1;
      const b2 = ((b & bits) << 1) | a | (a << 1) | (a2 << 1) | ((states[state + 3] & bits) << 2);
      const c2 = errors > 1 ? ((c & bits) << 1) | b | (b << 1) | (b2 << 1) | ((states[state + 4] & bits) << 2) : 0;
      states[next] = a2;
      states[next + 1] = b2;
      states[next + 2] = c2;
      states[next + 3] = a & (bits >> 1);
      states[next + 4] = b & (bits >> 1);
      states[next + 5] = open ? Math.min(states[state + 5], least(a2, b2, c2)) : none;
      state = next;
      if (states[next + 5] === none && ((errors > 1 ? c2 : b2) & mask) === 0) {
        dead = depth + 1;
        break;
      }
    }
    if (dead !== Infinity) continue;
    const total = Math.min(least(states[state], states[state + 1], states[state + 2]), states[state + 5]);
    if (total > 0 && total !== none) found(number, total);
  }
}

/** Where the words of a query stand in a document's values. */
function marks(document, terms) {
  const out = [];
  for (const field of FIELDS) {
    for (const value of values(document, field)) {
      for (const { 0: original, index } of value.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
        const own = fold(original);
        for (const { word, last, errors } of terms) {
          if (own === word || (last && own.startsWith(word))) out.push([field, index, index + word.length]);
          else if (errors && isNear(word, own, errors, last)) out.push([field, index, index + original.length]);
        }
      }
    }
  }
  return out;
}

function isNear(word, own, errors, open) {
  let near = false;
  walk([own], [0], word, errors, open, () => (near = true));
  return near;
}
