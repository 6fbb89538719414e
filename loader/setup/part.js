// One half of a mapping, colleagues or questions: where it is, what came, and what it means. It
// holds what the other parts of the screen need to know of it.

import { make } from '../dom.js';
import { authHeaders, call, credentials, absolute } from './call.js';
import { makeFields } from './fields.js';
import { code, details, field, notice, select } from './form.js';
import { makePaging } from './paging.js';
import { makeSource, mappingAuth } from './source.js';
import { makeTree } from './tree.js';

/** The longest answer that is shown whole, in characters. */
const SHOWN = 20_000;

/**
 * A part. `changed()` is called when what it says has changed. Its `value()` is what the engine
 * composes a document of, or nothing while it is not connected.
 */
export const makePart = (goal, tools) => {
  const { t, engine, preset, available, changed, announce } = tools;
  const element = make('div', { class: 'stack' });
  const problem = make('div', { class: 'stack' });
  const result = make('div', { class: 'stack' });
  // What is known: the source, the answer and the proposal; `get` is how one entry is read.
  let known;
  let get;
  let turn = 0;

  const say = (key, detail) => {
    const words = t.has(`t_${key}`) ? t(`t_${key}`, detail) : t('t_other', detail ?? key);
    problem.replaceChildren(notice('bad', make('p', {}, words)));
    return words;
  };
  const show = () => {
    result.hidden = !known?.proposal;
    changed();
  };

  const fields = makeFields(goal, { t, changed: () => fieldsChanged() });
  const paging = makePaging({ t, changed });
  const tree = makeTree({
    t,
    names: fields.names,
    point(pointer, name) {
      const choice = engine.pointed({ answer: known.answer, goal, items: known.items, field: name, pointer });
      if (choice) fields.choose(name, choice);
    },
  });
  const fieldsChanged = () => {
    // Another identifier may be that of the address of one entry.
    probe();
    changed();
  };

  const propose = (items) => {
    const found = engine.propose({ answer: known.answer, goal, items, origin: location.origin });
    known.address ??= found.address;
    if (found.trouble) return found;
    known.proposal = found;
    known.items = found.lists[0].selector;
    fields.show(found.fields);
    tree.show(found.examples);
    paging.show(found.paging);
    draw();
    return found;
  };

  const came = () => {
    const { lists, paging } = known.proposal;
    const { count } = lists[0];
    return paging.total > count ? t('came_of', count, paging.total) : t('came', count);
  };
  const listChoice = () => {
    const { lists } = known.proposal;
    const pairs = lists.map(({ selector, count }) => [selector, t('entries', selector || t('whole'), count)]);
    return field(t('list'), select(pairs, known.items, (items) => {
      propose(items);
      show();
      result.querySelector('select')?.focus();
    }));
  };
  const alone = make('p', { class: 'hint' });
  const draw = () => {
    const { body } = known.answer;
    result.replaceChildren(
      make('p', { class: 'strong came' }, came()),
      ...(known.proposal.lists.length > 1 ? [listChoice()] : []),
      make('div', {}, make('h4', {}, t('fields')), make('p', { class: 'hint' }, t('fields_hint'))),
      fields.element,
      make('div', {}, make('h4', {}, t('tree')), make('p', { class: 'hint' }, t('tree_hint'))),
      tree.element,
      details(t('raw'), code(body.length > SHOWN ? `${body.slice(0, SHOWN)}…` : body, t('raw'))),
      paging.element,
      alone,
    );
  };

  // Whether one entry can be read alone is found out, not asked: the address by convention is
  // called with the first entry's identifier.
  const probe = async () => {
    get = undefined;
    alone.textContent = '';
    const { answer, address } = known;
    if (!answer.url || !fields.value().id || !address.call) return;
    turn += 1;
    const mine = turn;
    const operation = goal === 'people' ? 'people.get' : 'requests.get';
    const list = goal === 'people' ? 'people.list' : 'requests.list';
    const input = part({ plain: true });
    const compose = (one) => engine.composed({ [goal]: { ...input, get: one } }).document;
    const first = engine.understood({ document: compose(), operation: list, answer }).items?.[0];
    if (!first) return;
    const params = { person: first.id, request: first.id };
    const request = engine.prepared({ document: compose({ call: `GET ${address.one}` }), operation, params, secrets: secrets() });
    if (request.problem) return;
    const got = await call(request);
    if (mine !== turn) return;
    // Alone, in the envelope of the list, or in one that is called after the thing.
    const words = got.status === 200 ? envelopes(got.body) : [];
    const item = words.find((item) => {
      const read = engine.understood({ document: compose({ call: `GET ${address.one}`, ...(item && { item }) }), operation, params, answer: got });
      const [one] = read.items ?? [];
      return one?.id === first.id && (one.name ?? one.question) === (first.name ?? first.question);
    });
    if (item !== undefined) get = { call: `GET ${address.one}`, ...(item && { item }) };
    alone.textContent = t(get ? 'get_found' : 'get_none', address.one);
    changed();
  };

  const secrets = () => {
    const { kind, token, user, password, csrfCookie } = known?.source.auth ?? {};
    const cookie = csrfCookie && document.cookie.split('; ').find((pair) => pair.startsWith(`${csrfCookie}=`));
    return {
      ...(kind === 'bearer' && { bearer: token }),
      ...(kind === 'key' && { key: token }),
      ...(kind === 'basic' && { user, password }),
      ...(cookie && { csrf: decodeURIComponent(cookie.slice(csrfCookie.length + 1)) }),
    };
  };

  const name = (base) => absolute(base || '/')?.hostname ?? goal;
  const part = ({ plain } = {}) => {
    const { source, address, preset: from } = known;
    const auth = mappingAuth(source.auth);
    if (from) {
      const settings = Object.fromEntries(Object.entries(source.settings ?? {}).filter(([, value]) => value));
      const changedAuth = source.auth.kind !== (from.auth?.kind ?? 'none') || source.auth.header;
      return { preset: source.way, base: source.base, settings, ...(changedAuth && { auth: auth ?? { kind: 'none' } }) };
    }
    const { paging: how, query } = paging.value();
    return {
      name: name(address.base),
      base: address.base || location.origin,
      ...(auth && { auth }),
      call: address.call || (goal === 'people' ? '/people' : '/requests'),
      query,
      items: known.items,
      paging: how,
      fields: fields.value(),
      ...(goal === 'requests' && { personRef: known.proposal.personRef }),
      ...(!plain && get && { get }),
    };
  };

  const go = async (source) => {
    problem.replaceChildren();
    turn += 1;
    const mine = turn;
    known = undefined;
    get = undefined;
    show();
    if (source.way === 'skip') return;
    if (source.way !== 'address' && source.way !== 'paste') return usePreset(source);
    let answer = { url: source.address ?? '', status: 200, headers: '', body: source.text ?? '' };
    if (source.way === 'address') {
      const url = source.address ?? '';
      form.busy(true);
      const got = await call({ url, headers: `Accept: application/json\n${authHeaders(source.auth)}`, credentials: credentials(source.auth) });
      form.busy(false);
      if (mine !== turn) return;
      if (got.trouble) return announce(say(got.trouble, got.detail));
      answer = { ...got, url: absolute(url).href };
    }
    known = { source, answer };
    const found = propose();
    if (found.trouble) {
      announce(say(found.trouble, found.detail));
      if (answer.body) problem.append(details(t('shown_answer'), code(answer.body.slice(0, 2000), t('shown_answer'))));
      return;
    }
    show();
    announce(came());
    probe();
  };

  const usePreset = async (source) => {
    const from = await preset(source.way);
    if (!from) return announce(say('preset'));
    const base = (source.base ?? '').trim().replace(/\/$/, '');
    if (!absolute(base)) return announce(say('address'));
    known = { source: { ...source, base }, preset: from };
    changed();
  };

  const form = makeSource(goal, { t, go, preset, available });
  element.append(form.element, problem, result);
  result.hidden = true;

  return {
    element,
    result,
    form,
    /** For the engine; nothing while it is not connected. */
    value: () => (known && (known.preset || known.proposal) ? part() : undefined),
    secrets,
    /** What a page's `getToken` would give. */
    secret() {
      const { kind, token, user, password } = known?.source.auth ?? {};
      return kind === 'basic' ? { user, password } : token;
    },
    known: () => known,
    place: fields.place,
  };
};

/** Where in an answer one entry may be: all of it, or one of its members that is an object. */
const envelopes = (body) => {
  try {
    const value = JSON.parse(body);
    const inside = Object.keys(value).filter((key) => value[key] && typeof value[key] === 'object' && !Array.isArray(value[key]));
    return ['', ...inside.filter((key) => /^[A-Za-z_]\w*$/.test(key))];
  } catch {
    return [];
  }
};
