// What in the host page opens the panel: elements marked `data-entraide-ask`.

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
