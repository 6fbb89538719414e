// Offers to ask about text that was selected in the page, by a button beside it. Only where the
// page wants it (`data-selection="on"`); loaded with the first selection.

import { make } from './dom.js';

const LABEL = { en: 'Ask about this', fr: 'Demander à ce sujet' };
const LONGEST = 500;

let listening;

/** Listens for selections from now on, the present one included; once for each script. */
export const offer = (widget) => {
  if (listening === widget) return;
  listening = widget;
  listen(widget);
};

const listen = ({ on, signal, surfaces, launcher, options, ask }) => {
  const { lang, messages } = options();
  const label = messages?.ask_about || LABEL[lang.slice(0, 2).toLowerCase()] || LABEL.en;
  const button = make('button', { class: 'go', part: 'button' }, label);
  if ('popover' in button) button.popover = 'manual';
  const place = (x, y) => {
    // The page scrolls beneath; the place is set by script, which no policy on styles forbids.
    const at = { position: 'fixed', margin: '0', inset: 'auto', left: `${x}px`, top: `${y}px` };
    for (const name of Object.keys(at)) button.style.setProperty(name, at[name]);
  };
  let timer;
  const hide = () => button.remove();
  const show = () => {
    const selection = getSelection();
    const parent = selection.anchorNode?.parentElement;
    if (
      selection.isCollapsed ||
      String(selection).trim().length < 3 ||
      !parent ||
      parent.isContentEditable ||
      surfaces.has(document.activeElement)
    ) {
      return hide();
    }
    const box = selection.getRangeAt(0).getBoundingClientRect();
    launcher().frame.append(button);
    place(0, 0);
    button.showPopover?.();
    const { offsetWidth, offsetHeight } = button;
    place(
      Math.max(8, Math.min(box.left, innerWidth - offsetWidth - 8)),
      Math.max(8, Math.min(box.bottom + 6, innerHeight - offsetHeight - 8)),
    );
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  };
  on(document, 'selectionchange', soon);
  on(document, 'scroll', hide, true);
  signal.addEventListener('abort', () => clearTimeout(timer));
  // The selection must outlive the press.
  button.onpointerdown = button.onmousedown = (event) => event.preventDefault();
  button.onclick = () => {
    const question = String(getSelection()).trim().slice(0, LONGEST);
    hide();
    ask({ question });
  };
  soon();
};
