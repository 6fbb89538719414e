// What is taken away: the document, the script tag, and who gives the secret.

import { make } from '../dom.js';
import { button, code, notice } from './form.js';

/** A text to copy, with its buttons. */
const copyable = (text, label, hint, t, more = []) => {
  const box = code(text, label);
  const said = make('span', { role: 'status', class: 'hint' });
  const copy = button(t('copy'), async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = t('copied');
    } catch {
      // Without https, or without leave: it is selected instead.
      const range = document.createRange();
      range.selectNodeContents(box);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      box.focus();
      said.textContent = t('copy_failed');
    }
  }, 'small');
  copy.setAttribute('aria-label', `${t('copy')}: ${label}`);
  return make('div', { class: 'stack' }, make('div', {}, make('h4', {}, label), make('p', { class: 'hint' }, hint)), box, make('div', { class: 'row' }, copy, ...more, said));
};

const download = (text, t) =>
  button(t('download'), () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = make('a', { href: url, download: 'entraide.json' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }, 'small');

const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The script tag of a page, with the elements for what the document can do. */
export const scriptTag = (assets, operations) => {
  const elements = operations.includes('people.list') ? '\n<entraide-directory></entraide-directory>' : '';
  return `<script src="${attribute(assets)}entraide.js" defer\n        data-config="/entraide.json"></script>${elements}`;
};

/** The page's script that gives secrets, by the names of the backends that need one. */
export const secretScript = (names) => {
  const cases = names.map(({ name, kind }) => `    if (name === ${JSON.stringify(name)}) return ${kind === 'basic' ? '{ user, password }' : 'token'};`).join('\n');
  return `entraide.configure({\n  // Called when it is needed, and again when it has run out.\n  getToken: async (name) => {\n${cases}\n  },\n});`;
};

/** The end of the set-up. */
export const makeFinish = ({ t, assets }) => {
  const element = make('div', { class: 'stack' });
  let last;
  return {
    element,
    show({ document, operations, problems, names }) {
      const text = JSON.stringify(document, null, 2);
      const all = JSON.stringify([text, problems, operations]);
      // What was selected or copied stays as it is while nothing changed.
      if (all === last) return;
      last = all;
      if (text === '{}') return element.replaceChildren(make('p', { class: 'muted' }, t('not_yet')));
      if (problems.length) {
        const list = make('ul', { class: 'problems' }, ...problems.map((problem) => make('li', {}, problem)));
        return element.replaceChildren(notice('bad', make('p', { class: 'strong' }, t('mistakes')), list));
      }
      const known = operations.filter((name) => t.has(`op_${name}`)).map((name) => t(`op_${name}`));
      element.replaceChildren(
        make('p', {}, t('can', known.join(', '))),
        copyable(text, t('document'), t('document_hint'), t, [download(text, t)]),
        copyable(scriptTag(assets, operations), t('script'), t('script_hint'), t),
        ...(names.length ? [copyable(secretScript(names), t('secrets'), t('secrets_hint'), t)] : []),
      );
    },
  };
};
