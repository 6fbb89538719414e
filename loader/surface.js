// One element of the page: its shadow root, what stands in it before and instead of the
// widget, and the place where the widget draws.

import { make, focused } from './dom.js';

/**
 * The parts of an element: `frame` is all of it, `mount` is where the widget draws, `id` the
 * widget's number for it, `todo` what waits until it has one.
 */
export const createSurface = (element, kind, { sheet, data, text, retry }) => {
  const root = element.shadowRoot || element.attachShadow({ mode: 'open' });
  const state = make('div', { class: 'state', role: 'status' });
  const mount = make('div', { class: 'mount' });
  const frame = make('div', { class: 'frame', tabindex: -1 }, state, mount);
  // A letter typed here is not a command to the page. Yew hears it all the same: it listens in
  // the capture phase.
  frame.onkeydown = frame.onkeyup = frame.onkeypress = (event) => event.stopPropagation();
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(frame);

  const surface = {
    element,
    kind,
    frame,
    mount,
    todo: [],
    /** Says that it loads, why it failed (`{kind, message}`), or nothing. */
    show(failure, loads) {
      const held = state.contains(focused());
      state.replaceChildren();
      if (loads) state.append(text('loading'));
      if (failure) {
        const again = make('button', { class: 'go', part: 'button' }, text('try_again'));
        again.onclick = retry;
        state.append(
          // What the page has for this case stands in place of the words.
          make('slot', { name: 'fallback' }, text(failure.kind), make('small', {}, failure.message)),
          again,
        );
      }
      // The button that had the focus is gone; the next key must not go to the page.
      if (held) mount.parentNode.focus();
    },
    /** Takes theme and direction from the element or else the script. */
    dress() {
      const say = (name) => element.getAttribute(name) ?? data(name);
      frame.dataset.theme = say('theme');
      frame.dir = say('dir') || '';
    },
  };
  surface.dress();
  return surface;
};
