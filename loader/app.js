// One generation of the widget: the module that the loader imports when it is needed, with the
// glue that wasm-bindgen wrote, the style sheet, and memory of its own.
//
// The first panic or trap ends it. Errors of the page stay the page's: an uncaught one counts
// as ours only where our files are in its stack and no listener of the page was being called.

import init, * as wasm from 'entraide:glue';
import tokens from '../styles/tokens.css';
import screens from '../styles/widget.css';
import { compile, failure } from './compile.js';

export { offer } from './selection.js';
export { listenForShortcut } from './shortcut.js';

// What the page says of the direction (`dir`, `data-dir`) goes before what the language says.
const DIRECTION = '.frame[dir=rtl] .entraide{direction:rtl}.frame[dir=ltr] .entraide{direction:ltr}';

const SHARED = ['config', 'backend', 'base', 'lang', 'context'];

/** Starts on the fetched Wasm; gives back what the loader calls. */
export default async (fetched, widget) => {
  const { url, module } = await compile(fetched, widget.options().lang);
  const { surfaces } = widget;
  const listening = new AbortController();
  const waiting = new Set();
  let alive = true;
  let emitting = false;

  const die = (message) => {
    if (!alive) return;
    alive = false;
    listening.abort();
    console.error(`entraide: ${message}`);
    // The call that trapped may still be on the stack of the Wasm.
    queueMicrotask(() => {
      try {
        wasm.retire();
      } catch {
        // What is broken need not tidy up.
      }
      for (const reject of waiting) reject(new Error(message));
      // Nobody but the console is told how: it helps no colleague.
      widget.fail(failure('broken', '', message));
    });
  };
  const call = (name, ...values) => {
    if (!alive) return undefined;
    try {
      return wasm[name](...values);
    } catch (error) {
      die(String(error));
    }
  };
  const caught = (event) => {
    const stack = String((event.error ?? event.reason)?.stack);
    if (!emitting && (stack.includes(import.meta.url) || stack.includes(url))) die(String(event.error ?? event.reason));
  };

  // What the Wasm may call.
  const host = {
    trap: die,
    options: widget.options,
    open: () => widget.open(),
    close(id) {
      for (const surface of surfaces.values()) if (surface.id === id) surface.close?.();
    },
    badge(count) {
      for (const surface of surfaces.values()) surface.badge?.(count);
    },
    emit(element, name, detail) {
      // An error in a listener has our frames in its stack.
      emitting = true;
      try {
        const cancelable = name === 'entraide-before-post';
        return element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }));
      } finally {
        emitting = false;
      }
    },
  };

  // Elements may bring settings with them; what did not change is not read again.
  let settings;
  const settle = () => {
    const options = widget.options();
    const now = SHARED.map((name) => String(options[name])).join();
    if (settings !== undefined && now !== settings) call('configure', options);
    settings = now;
  };

  try {
    settle();
    await init(module);
    await wasm.start(host);
  } catch (error) {
    die(String(error));
  }
  if (!alive) throw failure('broken', '', 'stopped at its start');

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + screens + DIRECTION);
  const on = (target, type, listener) => target.addEventListener(type, listener, listening);
  on(window, 'error', caught);
  on(window, 'unhandledrejection', caught);
  on(window, 'online', () => call('online', true));
  on(window, 'offline', () => call('online', false));
  on(document, 'visibilitychange', () => call('visible', !document.hidden));

  return {
    attach({ element, kind, mount }) {
      settle();
      element.shadowRoot.adoptedStyleSheets = [widget.sheet, sheet];
      const id = call('attach', kind, mount, element);
      for (const { name, value } of element.attributes) call('attribute', id, name, value);
      for (const name of ['deep-link', 'page-size']) {
        const value = widget.data(name);
        if (value != null && !element.hasAttribute(name)) call('attribute', id, name, value);
      }
      return id;
    },
    detach: (id) => call('detach', id),
    attribute(id, name, value) {
      if (SHARED.includes(name)) settle();
      call('attribute', id, name, value ?? undefined);
    },
    shown: (id, open) => call('shown', id, open),
    fill: (id, prefill) => call('fill', id, prefill),
    go: (id, panel) => call('go', id, String(panel)),
    configure: (options) => call('configure', options),
    search: (query, limit) =>
      new Promise((resolve, reject) => {
        waiting.add(reject);
        const settle = (how) => (value) => {
          waiting.delete(reject);
          how(value);
        };
        const found = call('search', String(query), limit);
        if (found) found.then(settle(resolve), settle(reject));
      }),
    diagnose: (test) => call('diagnose', test?.panic === true),
    end() {
      alive = false;
      listening.abort();
      try {
        wasm.retire();
      } catch {
        // What is broken need not tidy up.
      }
    },
  };
};
