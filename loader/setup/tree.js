// What came, as a tree of real values: each is a button, and pressing it asks what it is. All of
// it is lists and buttons, so it works by keyboard and for screen readers as it stands.

import { make } from '../dom.js';
import { button } from './form.js';

/** Longest value that is shown, in characters, and most members of one object or list. */
const LONGEST = 80;
const MOST = 60;

const short = (value) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};
const escaped = (key) => String(key).replace(/~/g, '~0').replace(/\//g, '~1');

/**
 * The tree. `point(pointer)` gives nothing and is called with a JSON Pointer into the entry and the
 * field that somebody says it is; `names()` gives the fields to choose from.
 */
export const makeTree = ({ t, names, point }) => {
  const element = make('div', { class: 'stack' });
  let asking;

  const ask = (key, pointer, opener) => {
    asking?.close();
    const box = make('div', { class: 'asking', role: 'group', 'aria-label': t('this_is', key) }, make('p', { class: 'small strong' }, t('this_is', key)));
    const close = () => {
      box.remove();
      opener.setAttribute('aria-expanded', false);
      asking = undefined;
    };
    const chips = make('div', { class: 'chips' });
    for (const name of names()) {
      const chip = make('button', { type: 'button', class: 'chip' }, t(`f_${name}`));
      chip.addEventListener('click', () => {
        close();
        point(pointer, name);
      });
      chips.append(chip);
    }
    const back = () => {
      close();
      opener.focus();
    };
    chips.append(button(t('cancel'), back, 'small'));
    box.addEventListener('keydown', (event) => event.key === 'Escape' && back());
    box.append(chips);
    opener.setAttribute('aria-expanded', true);
    opener.after(box);
    asking = { close, opener };
    chips.firstChild.focus();
  };

  const leaf = (key, value, pointer) => {
    const it = make('button', { type: 'button', class: 'leaf', 'aria-expanded': false }, make('span', { class: 'key' }, `${key}: `), short(value));
    it.addEventListener('click', () => (asking?.opener === it ? asking.close() : ask(key, pointer, it)));
    return it;
  };

  const branch = (value, pointer) => {
    const list = make('ul', { class: 'branch' });
    const members = Object.entries(value);
    for (const [key, inner] of members.slice(0, MOST)) {
      const below = `${pointer}/${escaped(key)}`;
      const item = make('li', {});
      if (inner && typeof inner === 'object' && Object.keys(inner).length) {
        const label = Array.isArray(value) ? `${Number(key) + 1}.` : key;
        const inside = make('details', {}, make('summary', {}, label), branch(inner, below));
        inside.open = pointer.split('/').length < 3;
        item.append(inside);
      } else if (inner !== null && typeof inner !== 'object') {
        item.append(leaf(Array.isArray(value) ? `${Number(key) + 1}` : key, inner, below));
      } else {
        item.append(make('span', { class: 'leaf nothing' }, make('span', { class: 'key' }, `${key}: `), '–'));
      }
      list.append(item);
    }
    if (members.length > MOST) list.append(make('li', { class: 'hint' }, '…'));
    return list;
  };

  return {
    element,
    /** Shows the first few entries, the fullest one open. */
    show(examples) {
      asking = undefined;
      const size = (value) => JSON.stringify(value).length;
      const fullest = examples.reduce((best, value, at) => (size(value) > size(examples[best]) ? at : best), 0);
      element.replaceChildren(
        ...examples.map((value, at) => {
          const entry = make('details', {}, make('summary', {}, t('entry', at + 1)), branch(value, ''));
          entry.open = at === fullest;
          return entry;
        }),
      );
    },
  };
};
