// What people type, drawn from the staff itself with a seed: a few words for each way of typing.
// Common skills come up as often as they are common.

import { fold } from './fold.mjs';

export const CLASSES = ['exact', 'prefix', 'typo', 'accent-less', 'two words'];

/** A generator of numbers below `n` (Steele, Lea and Flood's SplitMix, 32 bits). */
export function random(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) % n;
  };
}

/** This many queries of each class, as `{ kind, text }`. */
export function queries(documents, each, seed = 11) {
  const below = random(seed);
  const pick = (list) => list[below(list.length)];
  const letters = (text) => (text.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => [...word].length >= 4);
  const fieldsOf = (person) => [[person.name], [...person.shown, ...person.declared], [person.title], [person.place], [person.team]];
  const SHARES = [0, 0, 0, 1, 1, 1, 1, 1, 2, 3, 4];
  const word = (wanted = () => true) => {
    for (;;) {
      const found = letters(pick(fieldsOf(pick(documents))[pick(SHARES)].concat(''))).filter(wanted);
      if (found.length) return pick(found);
    }
  };
  const two = () => {
    for (;;) {
      const person = pick(documents);
      const name = letters(person.name);
      const skill = letters(pick([...person.shown, ...person.declared, person.team, person.place].concat('')));
      if (name.length && skill.length) return below(2) ? `${pick(name)} ${pick(skill)}` : `${pick(skill)} ${pick(name)}`;
    }
  };
  const make = {
    exact: () => word(),
    prefix: () => {
      const whole = [...word((w) => [...w].length > 4)];
      return whole.slice(0, 3 + below(whole.length - 3)).join('');
    },
    typo: () => {
      const whole = fold(word((w) => [...w].length > 4));
      return mistyped(whole.length < 8 || below(2) ? mistype(whole, below) : mistype(mistype(whole, below), below), whole);
    },
    'accent-less': () => fold(word((w) => fold(w) !== w.toLowerCase())),
    'two words': two,
  };
  const mistyped = (text, whole) => (text === whole ? mistyped(mistype(whole, below), whole) : text);
  return CLASSES.flatMap((kind) => Array.from({ length: each }, () => ({ kind, text: make[kind]() })));
}

/** One slip of the fingers, anywhere but on the first letter. */
function mistype(word, below) {
  const at = 1 + below(word.length - 1);
  const letter = 'etaoinsrlducm'[below(13)];
  const [before, after] = [word.slice(0, at), word.slice(at)];
  switch (below(4)) {
    case 0:
      return before + letter + after;
    case 1:
      return before + after.slice(1);
    case 2:
      return before + letter + after.slice(1);
    default:
      return after.length > 1 ? before + after[1] + after[0] + after.slice(2) : before + after + letter;
  }
}

/** Every state of the search field while these are typed, each once, in a seeded order. */
export function keystrokes(list, seed = 5) {
  const typed = new Set(list.flatMap(({ text }) => [...text].map((_, at, all) => all.slice(0, at + 1).join(''))));
  const out = [...typed];
  const below = random(seed);
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [out[at], out[other]] = [out[other], out[at]];
  }
  return out;
}
