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
    /** Says that it is `loading`, or why it failed, or nothing. What the page has for the case
        (`slot="fallback"`) stands in place of the words. */
    show(what) {
      const held = mount.parentNode.contains(focused());
      const button = (key, action) => {
        const it = make('button', { class: 'go', part: 'button' }, text(key));
        it.onclick = action;
        state.append(it);
      };
      state.replaceChildren();
      if (what) {
        const { kind, message } = what;
        const slot = make('slot', { name: message == null ? kind : 'fallback' }, text(kind));
        state.append(slot);
        if (message != null) {
          slot.append(make('small', {}, message));
          button('try_again', retry);
        }
        if (surface.close) button('close', surface.close);
      }
      // What had the focus goes; the next key must not go to the page.
      if (held) mount.parentNode.focus();
    },
    /** Takes theme and direction from the element or else the script. */
    dress() {
      const say = (name) => element.getAttribute(name) ?? data(name);
      frame.dataset.theme = say('theme') || '';
      frame.dir = say('dir') || '';
    },
  };
  surface.dress();
  return surface;
};
