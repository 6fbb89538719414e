// `<entraide-setup>`: connect a backend in five minutes. A page owner gives an address, sees what
// comes and what it was taken for, corrects it by pointing, watches the real directory change, and
// takes the configuration away.
//
// It is a module of its own with a Wasm of its own, fetched when the element is in view. What it
// knows stays in memory: no secret and no answer is stored, and none is sent anywhere but to the
// address that was typed.

import css from '../../styles/setup.css';
import { make } from '../dom.js';
import { makeWords } from './words.js';
import { loadEngine } from './engine.js';
import { makeCreate } from './create.js';
import { makeFinish } from './finish.js';
import { makeLive } from './live.js';
import { makePart } from './part.js';

/** How many colleagues a test request may be sent to. */
const TO_CHOOSE = 20;

/** Draws the element into `mount`; gives back how to end it. `names` are those of the presets. */
export default async ({ element, mount, sheets, options, presets: available, version }) => {
  const { assets, lang } = options();
  const t = makeWords(element.closest('[lang]')?.lang || lang || '');
  const engine = await loadEngine(assets, t.language);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  element.shadowRoot.adoptedStyleSheets = [...sheets, sheet];

  const live = make('div', { class: 'sr', 'aria-live': 'polite' });
  const announce = (text) => (live.textContent = live.textContent === text ? `${text}\u{A0}` : text);

  const fetched = new Map();
  const preset = async (name) => {
    if (!fetched.has(name)) {
      try {
        const response = await fetch(`${assets}presets/${name}.json?v=${version}`);
        if (!response.ok) return undefined;
        fetched.set(name, await response.json());
      } catch {
        return undefined;
      }
    }
    return fetched.get(name);
  };

  let whole = { document: {}, operations: [], problems: [] };
  let found = [];
  let queued = false;
  const presets = () => Object.fromEntries(fetched);

  // All that was chosen becomes one document, once for all that changes in one turn.
  const changed = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      compose();
    });
  };
  const compose = () => {
    const mine = people.value();
    const theirs = requests.value();
    const make = create.value();
    whole = engine.composed({ people: mine, requests: theirs && { ...theirs, ...(make && { create: make }) }, presets: presets() });
    const { operations, problems, document } = whole;
    const can = (name) => !problems.length && operations.includes(name);
    found = [];
    const { answer } = people.known() ?? {};
    if (answer && can('people.list')) {
      const read = engine.understood({ document, presets: presets(), operation: 'people.list', answer });
      found = (read.items ?? []).slice(0, TO_CHOOSE);
      left(read.defects ?? []);
    }
    shown.show(document, can('people.list'));
    create.show(can('requests.create'));
    finish.show({ ...whole, names: needed(document) });
  };
  const leftOut = make('p', { class: 'hint' });
  const left = (defects) => {
    const problems = [...new Set(defects.map(({ problem }) => problem))];
    leftOut.textContent = defects.length ? t('left_out', defects.length, problems.join('; ')) : '';
  };
  const tools = { t, engine, preset, available, changed, announce };
  const people = makePart('people', tools);
  const requests = makePart('requests', tools);
  const create = makeCreate(requests, { t, engine, changed, document: () => whole.document, people: () => found, presets });
  const secretOf = (name) => {
    const { parts, name: only } = whole.document;
    const theirs = parts ? parts.requests?.name === name : !people.value() || only !== name;
    return (theirs && requests.known() ? requests : people).secret() ?? people.secret();
  };
  const shown = makeLive({ t, options, secret: secretOf });
  const finish = makeFinish({ t, assets });

  const section = (key, ...children) => make('section', { class: 'stack', 'aria-label': t(key) }, make('h3', {}, t(key)), ...children);
  const place = make(
    'div',
    { class: 'entraide setup', lang: t.language },
    make('div', { class: 'stack' }, make('h2', {}, t('heading')), make('p', { class: 'muted' }, t('intro'))),
    section('step_people', make('div', { class: 'beside' }, make('div', { class: 'stack' }, people.element, leftOut), shown.element)),
    section('step_requests', make('p', { class: 'muted' }, t('requests_intro')), requests.element, create.element),
    section('step_finish', finish.element),
    live,
  );
  mount.append(place);
  shown.element.hidden = true;
  compose();
  return () => {
    shown.end();
    place.remove();
  };
};

/** The backends of a document that are given a secret by the page. */
const needed = ({ parts, ...document }) => {
  const all = parts ? Object.entries(parts) : [['', document]];
  return all
    .filter(([, { auth }]) => ['bearer', 'key', 'basic'].includes(auth?.kind))
    .map(([group, { name, auth }]) => ({ name: name ?? (group || 'backend'), kind: auth.kind }));
};
