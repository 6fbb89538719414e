// What should be found, by brute force: every word of every person is compared with every word
// of the query. People fall into tiers: all words of the query as they stand, or one of them only
// as a beginning, or one of them only with errors. Which of a tier come first is each library's own
// business, so any ranking within a tier is right.

import { allowance, FIELDS, values, words } from './fold.mjs';

const EXACT = 1;
const PREFIX = 2;
const TYPO = 3;

/** The true answers for documents; `tiers(text)` gives each document's tier, 0 for no match. */
export function oracle(documents) {
  const numbers = new Map();
  const vocabulary = [];
  const people = documents.map((document) => {
    const own = new Set();
    for (const field of FIELDS) {
      for (const value of values(document, field)) {
        for (const word of [...words(value), ...together(field, value)]) {
          if (!numbers.has(word)) numbers.set(word, vocabulary.push(word) - 1);
          own.add(numbers.get(word));
        }
      }
    }
    return Uint32Array.from(own);
  });
  return {
    vocabulary,
    tiers(text) {
      const sought = words(text);
      const kinds = sought.map((word, at) => {
        const last = at + 1 === sought.length;
        return Uint8Array.from(vocabulary, (own) => kind(word, own, last));
      });
      return Uint8Array.from(people, (own) => {
        let worst = 0;
        for (const kindOf of kinds) {
          let best = 0;
          for (const number of own) {
            const found = kindOf[number];
            if (found && (!best || found < best)) best = found;
          }
          if (!best) return 0;
          if (best > worst) worst = best;
        }
        return worst;
      });
    },
  };
}

/**
 * How much of what ten rows should show is in the first ten of `found`, and how much of it is
 * found at all, as shares between 0 and 1. Nothing is asked where nobody matches.
 */
export function shares(tiers, found) {
  const sizes = [0, 0, 0, 0];
  for (const tier of tiers) sizes[tier] += 1;
  const sought = Math.min(10, sizes[EXACT] + sizes[PREFIX] + sizes[TYPO]);
  if (!sought) return undefined;
  const count = (ids) => {
    const got = [0, 0, 0, 0];
    for (const id of new Set(ids)) got[tiers[id]] += 1;
    let open = sought;
    let right = 0;
    for (const tier of [EXACT, PREFIX, TYPO]) {
      const needed = Math.min(open, sizes[tier]);
      right += Math.min(needed, got[tier]);
      open -= needed;
    }
    return right / sought;
  };
  return { shown: count(found.slice(0, 10)), found: count(found) };
}

/**
 * Neighbours as others write them, in one word: particles of names (`legoff`, `vanderberg`), and
 * what stays short in skills, titles, teams and places (`powerbi`).
 */
function together(field, value) {
  if (field === 'about' || field === 'languages') return [];
  const own = words(value);
  const out = [];
  for (let at = 1; at < own.length; at += 1) {
    let first = at - 1;
    if (field === 'name' ? own[first].length <= 3 : own[first].length + own[at].length <= 16) out.push(own[first] + own[at]);
    // A row of particles, as one.
    while (first > 0 && own[first].length <= 3 && own[first - 1].length <= 3) first -= 1;
    if (first < at - 1) out.push(own.slice(first, at + 1).join(''));
  }
  return out;
}

function kind(sought, own, last) {
  if (own === sought) return EXACT;
  if (last && own.startsWith(sought)) return PREFIX;
  const errors = allowance(sought);
  if (!errors) return 0;
  return distance(sought, own, last) <= errors ? TYPO : 0;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours between two words; with `open`,
 * between the first and the nearest beginning of the second (Damerau's, restricted).
 */
export function distance(sought, own, open) {
  const a = [...sought];
  const b = [...own];
  if (a.length - b.length > 2 || (!open && b.length - a.length > 2)) return Infinity;
  const rows = [];
  for (let i = 0; i <= a.length; i += 1) {
    const row = new Array(b.length + 1);
    for (let j = 0; j <= b.length; j += 1) {
      if (i === 0 || j === 0) {
        row[j] = i + j;
        continue;
      }
      let least = Math.min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
      row[j] = least;
    }
    rows.push(row);
  }
  const ends = rows[a.length];
  return open ? Math.min(...ends) : ends[b.length];
}
