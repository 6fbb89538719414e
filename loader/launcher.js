// The launcher: a button in the corner of the page and the panel that it opens.
//
// The panel is in the browser's top layer where there is one, so that it needs no war of
// z-index, and it is not modal: one can read the page while one writes.

import { make, focused } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

const bubble = () => {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', 'M4 5h16v11h-9l-5 4v-4H4zM8 9h8M8 12h5');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.append(path);
  return svg;
};

/** Makes a launcher of a surface: adds `open`, `close`, `isOpen`, `moved` and `badge` to it. */
export const makeLauncher = (surface, { text, shown, open, prefetch }) => {
  const { frame, element } = surface;
  const label = text('launcher');
  const badge = make('b', {});
  const button = make(
    'button',
    { class: 'go', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-controls': 'panel', 'aria-expanded': false },
    bubble(),
    label,
    badge,
  );
  const panel = make(
    'div',
    { id: 'panel', part: 'panel', role: 'dialog', 'aria-label': label, tabindex: -1 },
    ...frame.childNodes,
  );
  panel.popover = 'manual';
  frame.append(button, panel);
  frame.removeAttribute('tabindex');

  let opener;
  const set = (open) => {
    surface.isOpen = open;
    button.setAttribute('aria-expanded', open);
    surface.moved();
    shown(surface);
  };
  /** A move in the page takes the panel out of the top layer. */
  surface.moved = () => element.isConnected && panel.togglePopover?.(!!surface.isOpen);
  surface.open = () => {
    if (!surface.isOpen) {
      opener = focused();
      set(true);
      panel.focus();
    }
  };
  surface.close = () => {
    if (surface.isOpen) {
      // Someone who writes elsewhere in the page stays there.
      const inside = panel.contains(focused());
      set(false);
      if (inside) (opener?.isConnected ? opener : button).focus();
    }
  };
  surface.badge = (count) => (badge.textContent = count > 99 ? '99+' : count || '');

  button.onclick = () => (surface.isOpen ? surface.close() : open());
  // First intent: the Wasm is there by the time of the click.
  button.onpointerenter = button.onfocus = prefetch;
  panel.onkeydown = (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) surface.close();
  };
};
