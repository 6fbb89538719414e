// Runs the operations that read, one after the other, and tells of each what came and what of it
// was taken.

import { makeSecrets } from '../secrets.js';
import { exchange } from '../transport.js';
import { adviceFor, adviceForFailure } from './advice.js';
import { makeShapes } from './shape.js';

/** What is asked for at once: enough to see the shape. */
const LIMIT = 25;
/** How long all calls may take together, in milliseconds; what comes after is left out. */
const PATIENCE = 60_000;
/** How many calls one operation may take. */
const MOST_CALLS = 8;
/** In this order, so that lists give the identifiers that single reads need. */
const ORDER = ['people.list', 'people.search', 'people.get', 'me', 'skills.list', 'requests.list', 'requests.get', 'answers.list', 'requests.similar'];

/** Where an operation comes in the order; what is not run comes last. */
const rank = ({ name }) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** An address without what people typed or are called: what the mapping itself says stays. */
export const withoutValues = (address, words) => {
  const url = new URL(address, location.href);
  const known = (part) => words.includes(part) || /^\d{1,4}$/.test(part);
  const path = url.pathname.split('/').map((part) => (known(decodeURIComponent(part)) ? part : '{…}'));
  const query = [...url.searchParams].map(([name, value]) => `${name}=${known(value) ? value : '…'}`);
  return `${url.origin}${path.join('/')}${query.length ? `?${query.join('&')}` : ''}`;
};

// Whether a server is there at all, where the browser withholds its answer: without CORS one
// cannot read it, and can still know that it came.
const isThere = async (address) => {
  try {
    const { origin, pathname } = new URL(address, location.href);
    await fetch(origin + pathname, { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
};

// Why there was no response.
const whyNot = async (problem, address, policy) => {
  if (problem !== 'offline') return problem;
  const { origin, protocol } = new URL(address, location.href);
  if (policy.refuses(origin)) return 'csp';
  if (location.protocol === 'https:' && protocol === 'http:') return 'mixed-content';
  if (origin === location.origin) return 'offline';
  const there = await isThere(address);
  // The refusal of the second call is heard as well.
  await new Promise((resolve) => setTimeout(resolve));
  return policy.refuses(origin) ? 'csp' : there ? 'cors' : 'offline';
};

/** Runs them; gives `operations` by name and `signIn` by the name of the secret. */
export const runOperations = async ({ probe, operations, settings, widget, policy }) => {
  const { document: text = '', presets = {} } = JSON.parse(settings);
  const words = [text, ...Object.values(presets), widget.options().base ?? ''].join('\n');
  const shapeOf = makeShapes(words);
  const secrets = makeSecrets(widget.options);
  const begun = performance.now();
  const signIn = {};
  const done = {};
  const ids = {};

  const prove = async ({ auth }) => {
    const given = await secrets.of(auth.secret, auth.source, auth.token);
    signIn[auth.secret || auth.kind] = {
      kind: auth.kind,
      ...(auth.secret && { secret: !!(given.secret || given.user) }),
      ...(auth.source && { csrf: !!given.csrf }),
    };
    return given;
  };

  const run = async (operation, values) => {
    let given = await prove(operation);
    const start = performance.now();
    const prepare = () => probe.prepare(operation.name, { limit: LIMIT, ...values }, given);
    let prepared = prepare();
    let call;
    let got;
    let read;
    let shape;
    // Some operations need more than one call.
    for (let left = MOST_CALLS; left > 0 && prepared && !prepared.error; left -= 1) {
      const { method, url, headers, body, credentials, timeout, most } = prepared;
      call ??= `${method} ${withoutValues(url, words)}`;
      const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('');
      got = { ...(await exchange(url, { method, headers: lines, body: body ?? undefined, credentials }, timeout, most)), asked: url };
      if (got.problem) break;
      if (got.status === 401 && given.held) {
        // A held secret may have run out: once, a fresh one is tried.
        secrets.forget();
        given = await prove(operation);
        prepared = prepare();
        continue;
      }
      shape ??= shapeOf(got.body);
      read = probe.read(got);
      prepared = read.next;
    }
    if (prepared?.error) return { error: prepared.error.kind, words: prepared.error.words };
    const entry = {
      call,
      status: got.status ?? null,
      ms: Math.round(performance.now() - start),
    };
    if (got.problem) return { ...entry, error: await whyNot(got.problem, got.asked, policy) };
    entry.bytes = got.body.length;
    if (shape !== undefined) entry.raw = shape;
    if (!read || read.next) return { ...entry, error: 'endless', words: 'it needs more calls than are made here' };
    if (read.error) {
      const { kind, words: said, pointer, login, wait } = read.error;
      return { ...entry, error: kind, words: said, ...(pointer && { pointer }), ...(login && { login }), ...(wait && { wait }) };
    }
    const { count, total, more, fields, empty, defects } = read;
    ids[operation.name] ??= read.ids;
    return { ...entry, count, total, more: !!more, mapped: fields, empty, defects };
  };

  const valuesOf = (name, scope) => {
    const person = ids['people.list']?.[0] ?? ids['people.search']?.[0] ?? ids.me?.[0];
    const request = ids['requests.list']?.[0] ?? ids['requests.similar']?.[0];
    const me = ids.me?.[0];
    switch (name) {
      case 'people.search':
      case 'requests.similar':
        // A letter that names have in most languages.
        return { q: 'a', me };
      case 'people.get':
        return person && { person, me };
      case 'requests.get':
      case 'answers.list':
        return request && { request, me };
      default:
        return { scope, me };
    }
  };

  const look = async (operation, key, scope) => {
    const values = valuesOf(operation.name, scope);
    if (!values) return { skipped: 'no list gave an identifier to read' };
    if (performance.now() - begun > PATIENCE) return { skipped: 'the calls before it took too long' };
    return run(operation, values);
  };

  for (const operation of [...operations].sort((a, b) => rank(a) - rank(b))) {
    const { name, does, scopes, backend, base } = operation;
    const about = { supported: true, backend, base, status: null, error: null, defects: [] };
    if (does === 'write' || name === 'events') {
      done[name] = { ...about, skipped: does === 'write' ? 'it would change something' : 'it is a stream' };
      continue;
    }
    for (const scope of scopes.length ? scopes : [undefined]) {
      const key = scope ? `${name} ${scope}` : name;
      const entry = { ...about, ...(await look(operation, key, scope)) };
      entry.advice = entry.error ? adviceForFailure(entry, operation) : adviceFor(entry, operation);
      done[key] = entry;
    }
  }
  return { operations: done, signIn };
};
