// The real directory beside the work: the page's widget is configured with the document as it is,
// and gets back what it had when the set-up is done.

import { make } from '../dom.js';

/** How long after a change the widget is configured anew, in milliseconds. */
const PAUSE = 500;

/** `secret(name)` gives what a page's `getToken` would. */
export const makeLive = ({ t, options, secret }) => {
  const element = make('div', { class: 'stack live' });
  const before = options();
  let timer;
  let last = '';
  let directory;
  return {
    element,
    /** Shows a document that can list people; hides the directory where there is none. */
    show(document, can) {
      element.hidden = !can;
      const text = JSON.stringify(document);
      if (!can || text === last) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        last = text;
        window.entraide?.configure({ config: JSON.parse(text), base: '', backend: '', getToken: async (name) => secret(name) });
        if (!directory) {
          directory = make('entraide-directory', { 'page-size': 50, lang: t.language });
          element.replaceChildren(make('div', {}, make('h4', {}, t('live')), make('p', { class: 'hint' }, t('live_hint'))), directory);
        }
      }, PAUSE);
    },
    end() {
      clearTimeout(timer);
      const { config, base, backend, getToken } = before;
      if (last) window.entraide?.configure({ config, base, backend, getToken });
    },
  };
};
