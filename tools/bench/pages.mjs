// Long answers of every product that has a preset: those of the conversations in tests/presets/
// (after the products' own documentation), or of samples.json beside this file, grown to a
// thousand items. Each item is one that the product gives, with an identifier and words of its own.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../build/paths.mjs';
import { crowd } from '../../tests/e2e/harness/crowd.mjs';

const samples = JSON.parse(readFileSync(new URL('samples.json', import.meta.url), 'utf8'));

/** The answer to an operation with so many items, as the text that the mapping reads; undefined where there is no example of it. */
export function pageOf(preset, operation, count) {
  const sample = samples[preset]?.[operation];
  const example = sample ? { answer: sample, ids: idsIn(sample) } : exampleOf(preset, operation);
  return example && JSON.stringify(grow(example, count, operation === 'people.list'));
}

/** The identifier of a sample is the same in every product's: that of its first item. */
function idsIn(sample) {
  const { first = sample } = sample;
  const [list] = [first, ...Object.values(first)].filter((value) => Array.isArray(value) && typeof value[0] === 'object');
  const [item] = list;
  return [String(item.user?.id ?? item.documentId ?? item.id ?? item.ID)];
}

/** The first conversation about this operation that brings items: what came, and who was read of it. */
function exampleOf(preset, operation) {
  const file = inRoot(join('tests', 'presets', `${preset}.http`));
  if (!existsSync(file)) return undefined;
  for (const text of readFileSync(file, 'utf8').split('\n### ').slice(1)) {
    if (!text.startsWith(operation)) continue;
    const ids = [...text.matchAll(/^= (\{.*\})$/gm)].map(([, read]) => JSON.parse(read).id);
    const bodies = text.split(/^> (?=[A-Z]+ )/m).slice(1).map(bodyOf);
    if (ids.length > 0 && bodies.every((body) => body !== undefined)) return { answer: together(preset, operation, bodies), ids };
  }
  return undefined;
}

/** What came for one call: the JSON after the empty line. */
function bodyOf(step) {
  const lines = [...step.matchAll(/^< ?(.*)$/gm)].map(([, line]) => line);
  try {
    return JSON.parse(lines.slice(lines.indexOf('') + 1).join('\n'));
  } catch {
    return undefined;
  }
}

/** What selectors see where an operation is several calls. */
function together(preset, operation, bodies) {
  const file = join('src', 'backend', 'presets', `${preset}.json`);
  const call = JSON.parse(readFileSync(inRoot(file), 'utf8')).operations[operation];
  if (!call.then) return bodies.at(-1);
  const own = call.before ? 1 : 0;
  return { first: bodies[own], then: bodies.slice(own + 1) };
}

/** Grows an example: what tells of one item is there for each of `count`. */
function grow({ answer, ids }, count, arePeople) {
  const people = crowd(count);
  const isOne = (leaf) => (typeof leaf === 'string' || typeof leaf === 'number') && ids.includes(String(leaf));
  const mentioned = (value, found = new Set()) => {
    if (isOne(value)) found.add(String(value));
    else if (value && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value) && ids.includes(key)) found.add(key);
        mentioned(inner, found);
      }
    }
    return found;
  };
  /** Of `count`, those that are made of this one. */
  const copies = (id) => people.flatMap((_, at) => (ids[at % ids.length] === id ? [at] : []));
  const copyAt = (value, at) => copy(value, at, arePeople && people[at], isOne);
  const grown = (value) => {
    if (Array.isArray(value)) {
      return value.flatMap((entry) => {
        const [id, ...more] = mentioned(entry);
        if (id === undefined) return [entry];
        return more.length ? [grown(entry)] : copies(id).map((at) => copyAt(entry, at));
      });
    }
    if (!value || typeof value !== 'object') return value;
    const out = {};
    for (const [key, inner] of Object.entries(value)) {
      if (ids.includes(key)) for (const at of copies(key)) out[idOf(key, at)] = copyAt(inner, at);
      else out[key] = grown(inner);
    }
    return out;
  };
  return grown(answer);
}

/** The identifier of a copy, of the same type. */
const idOf = (id, at) => (typeof id === 'number' ? 1_000_000 + at : /^\d+$/.test(id) ? String(1_000_000 + at) : `${id}-${at}`);

/** A copy of what tells of one item, with an identifier and words of its own: a person's, or a request's. */
function copy(value, at, person, isOne, key = '') {
  if (isOne(value)) return idOf(value, at);
  if (Array.isArray(value)) return value.map((entry) => copy(entry, at, person, isOne));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [isOne(name) ? idOf(name, at) : name, copy(inner, at, person, isOne, name)]));
  }
  if (typeof value !== 'string' || !value) return value;
  if (!person) return /^(title|subject|summary|short_description|question|message)$/.test(key) ? `${at} ${value}` : value;
  const [first, ...last] = person.name.split(' ');
  if (/^(name|displayName|display_name|formatted)$/.test(key)) return person.name;
  if (/^(given_?name|first_?name)$/i.test(key)) return first;
  if (/^(family_?name|last_?name)$/i.test(key)) return last.join(' ');
  return /^(title|jobTitle|job_title|position)$/.test(key) ? person.title : value;
}
