// The shortcut that opens and closes the panel, where the page asks for one (`data-shortcut`).
// Only such pages pay for it: it comes with the widget's module.

/** Calls `toggle` at a shortcut such as `mod+k`; `mod` is Command on Apple's systems, else Control. */
export const listenForShortcut = (on, shortcut, toggle) => {
  const mod = /mac|iph|ipad/i.test(navigator.platform) ? 'meta' : 'ctrl';
  const wanted = shortcut.toLowerCase().replace('mod', mod).split('+');
  const key = wanted.pop();
  on(
    document,
    'keydown',
    (event) => {
      if (event.key?.toLowerCase() !== key || event.repeat) return;
      for (const name of ['ctrl', 'meta', 'alt', 'shift']) if (event[name + 'Key'] !== wanted.includes(name)) return;
      event.preventDefault();
      toggle();
    },
    true,
  );
};
