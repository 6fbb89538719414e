// Places where Yew draws, used again and again: each mount and destroy of a Yew app leaves a node,
// six listeners and some memory behind, so nothing is ever destroyed. A place whose element left
// the page is taken out, draws nothing, and moves into the next element that comes.
//
// The focus stays in a place when what had it goes away. A button that was pressed often disappears
// by that ("this solved it"); the browser then gives the focus to the page's body, so that the next
// key is a command to the page and a screen reader starts from the top. Instead it goes to the
// nearest thing that can take it, among what is left around (WCAG 2.4.3, Focus Order).

import { make } from './dom.js';

const FOCUSABLE = 'button:not([disabled]),input,textarea,select,a[href],summary';

/** Does something once what was changed is drawn: Yew draws in a microtask that is queued by then. */
export const afterDrawing = async (work) => {
  for (let i = 0; i < 3; i += 1) await undefined;
  try {
    work();
  } catch {
    // A page may have taken the element away, or patched what was called.
  }
};

// What is marked, else the first heading, which takes focus without being a tab stop.
const focusMarked = (place) => {
  const marked = place.querySelector('[data-focus]') || place.querySelector('h3');
  if (marked?.matches('h3')) marked.tabIndex = -1;
  marked?.focus();
};

/** The places of one generation, by the numbers of their surfaces. */
export const makePlaces = () => {
  const used = new Map();
  const idle = [];
  let made = 0;
  return {
    /** A place in `mount`, with its `number`; Yew draws in its first child. */
    take(mount) {
      const place = idle.pop() ?? make('div', { class: 'place' }, make('div', { class: 'root' }), make('div', { class: 'sr', 'aria-live': 'polite' }));
      place.number ??= made++;
      mount.append(place);
      return place;
    },
    put: (id, place, element) => used.set(id, { place, element }),
    element: (id) => used.get(id)?.element,
    /** Takes it out of its element, to be used again. */
    leave(id) {
      const place = used.get(id)?.place;
      used.delete(id);
      if (!place) return;
      place.remove();
      place.lastChild.textContent = '';
      idle.push(place);
    },
    /** Says something to screen readers, also when it is the same as before. */
    announce(id, text) {
      // Beside what Yew draws in, which knows nothing of it.
      const live = used.get(id).place.lastChild;
      live.textContent = live.textContent === text ? `${text}\u{A0}` : text;
    },
    focus: (id) => afterDrawing(() => focusMarked(used.get(id).place)),
    /** Called before a drawing: what has the focus now keeps it, or its surroundings get it. */
    keepFocus() {
      used.forEach(({ place }) => {
        const path = [];
        let element = place.getRootNode().activeElement ?? null;
        if (!place.contains(element)) return;
        for (; element && element !== place; element = element.parentElement) path.push(element);
        if (path.length) afterDrawing(() => restore(place, path));
      });
    },
  };
};

// Where the person moved it, it stays.
const restore = (place, path) => {
  const { activeElement, body } = document;
  if (activeElement && activeElement !== body) return;
  for (const around of path) {
    const found = place.contains(around) && around.querySelector(FOCUSABLE);
    if (found) return found.focus();
  }
  focusMarked(place);
};
