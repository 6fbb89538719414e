// What in the host page opens the panel: elements marked `data-entraide-ask`, and a shortcut
// where the page wants one.

/** Calls `ask(prefill)` when a marked element is activated. */
export const listenForTriggers = (on, ask) => {
  const activate = (event) => {
    const path = event.composedPath();
    for (const node of path) {
      const { entraideAsk, entraideSkills, entraideTo } = node.dataset || {};
      if (entraideAsk === undefined) continue;
      // Keys are for elements that do not make clicks of them; a click with a modifier is the
      // reader's wish for a new tab.
      const native = node.matches('a[href],button,input,select,summary,textarea');
      if (event.key ? native || node !== path[0] || !/^( |Enter)$/.test(event.key) : event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      return ask({ question: entraideAsk, skills: entraideSkills, to: entraideTo });
    }
  };
  // In the capture phase: pages stop clicks on their way up.
  on(document, 'click', activate, true);
  on(document, 'keydown', activate, true);
};

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
