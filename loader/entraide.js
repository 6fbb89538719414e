// The one script of a page: it puts the launcher there, owns the elements and `window.entraide`,
// and fetches the widget when somebody needs it. It never throws into the page, and a second
// copy of it does nothing.
//
// A panic or trap leaves an instance of Yew locked for good, so the first one is final: that
// generation of the widget is let go as a whole, and the next try imports the module anew under
// another address, with fresh memory.

import css from './loader.css';
import { make } from './dom.js';
import { defineElements } from './elements.js';
import { makeLauncher } from './launcher.js';
import { createSurface } from './surface.js';
import { text } from './texts.js';
import { listenForTriggers } from './triggers.js';

const LAUNCHER = 'entraide-launcher';

// A module is not named as the current script; it is found by its address.
const findScript = () => document.currentScript || document.querySelector('script[src*="entraide.js"]');

const boot = () => {
  const { fetch } = window;
  const script = findScript();
  const data = (name) => script?.getAttribute('data-' + name);
  const configured = { assets: new URL('.', script?.src || document.baseURI).href };
  const surfaces = new Map();
  const violations = [];
  const listening = new AbortController();
  const { signal } = listening;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);

  let app;
  let loading;
  let failure;
  let own;
  let becomeReady;
  const ready = new Promise((resolve) => (becomeReady = resolve));

  const on = (target, type, listener, capture) => target.addEventListener(type, listener, { signal, capture });

  // `configure` wins over the script's attributes, these over the first element's.
  const options = () => {
    const all = { ...configured };
    for (const name of __ELEMENTS__.shared.split(' ')) {
      all[name] ??= data(name);
      surfaces.forEach((_, element) => (all[name] ??= element.getAttribute(name)));
    }
    all.lang ||= document.documentElement.lang || navigator.language;
    return all;
  };

  // Gives a surface that is wanted to the widget, once that runs.
  const attach = (surface) => {
    if (!app || !surface.wanted) return;
    if (!surface.id) {
      surface.show();
      surface.id = app.attach(surface);
      shown(surface);
    }
    if (surface.id) for (const work of surface.todo.splice(0)) work(surface.id);
  };
  const shown = ({ id, isOpen }) => id && isOpen !== undefined && app?.shown(id, isOpen);
  const retry = () => {
    surfaces.forEach((surface) => surface.wanted && want(surface));
  };

  // The widget could not be loaded, or broke.
  const fail = (error) => {
    app = loading = undefined;
    failure = error?.kind ? error : { kind: 'unloaded', message: String(error) };
    surfaces.forEach((surface) => {
      surface.id = undefined;
      if (surface.wanted) surface.show(failure);
      surface.mount.replaceChildren();
    });
  };
  const start = async () => {
    const { assets } = configured;
    // Side by side with the module: on a slow network this is worth a sixth of the whole.
    const code = Promise.resolve(fetch(assets + __WASM__));
    code.catch(() => {});
    // Counted where it outlives `destroy()`: a module that was imported before is broken or done.
    const module = await import(assets + __APP__ + '&g=' + ++counter.tries);
    const started = await module.default(code, widget);
    // `destroy()` may have come first.
    if (signal.aborted) return started.end();
    app = started;
    failure = undefined;
    surfaces.forEach(attach);
    becomeReady();
  };
  const load = () => (loading ||= start().catch(fail));

  const want = (surface) => {
    surface.wanted = true;
    if (!app) surface.show({ kind: 'loading' });
    attach(surface);
    load();
  };
  const view = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        view.unobserve(target);
        // The page's own work comes first.
        (window.requestIdleCallback || setTimeout)(() => surfaces.has(target) && want(surfaces.get(target)), { timeout: 999 });
      }
    },
    { rootMargin: '200px' },
  );

  const leave = (element) => {
    const { id } = surfaces.get(element);
    surfaces.delete(element);
    view.unobserve(element);
    if (id) app?.detach(id);
    element.shadowRoot.replaceChildren();
  };
  const hookUp = (element) => {
    const known = surfaces.get(element);
    if (known) return known.moved?.();
    const kind = element.localName.slice(9);
    const surface = createSurface(element, kind, widget);
    surfaces.set(element, surface);
    if (kind === 'launcher') makeLauncher(surface, widget);
    else view.observe(element);
  };

  const place = (where) => {
    own = make(LAUNCHER, { launcher: where });
    document.body.append(own);
  };
  // The launcher whose panel is used; one without a button where the page has none.
  const launcher = () => {
    for (const surface of surfaces.values()) if (surface.open) return surface;
    place('none');
    return surfaces.get(own);
  };
  const open = (work) => {
    if (signal.aborted) return;
    // The page's own launcher may be yet to come.
    if (document.readyState === 'loading') return on(document, 'DOMContentLoaded', () => open(work));
    const surface = launcher();
    if (work) surface.todo.push(work);
    want(surface);
    surface.open();
    return surface.id;
  };
  const close = () => {
    surfaces.forEach((surface) => surface.close?.());
  };
  const ask = (prefill) => open((id) => app.fill(id, prefill));

  // What the parts of the loader and the widget's module share.
  const widget = {
    sheet,
    surfaces,
    data,
    options,
    text: (key) => text(key, options().lang, configured.messages),
    on,
    signal,
    launcher,
    open,
    ask,
    fail,
    shown,
    retry,
    // After a failure it is for the person to try again.
    prefetch: () => failure || load(),
  };

  const tell = defineElements({
    connected: hookUp,
    disconnected(element) {
      // A move is a removal followed by an insertion: wait for it.
      queueMicrotask(() => {
        if (!element.isConnected && surfaces.has(element)) leave(element);
      });
    },
    changed(element, name, value) {
      const surface = surfaces.get(element);
      surface?.dress();
      if (surface?.id) app?.attribute(surface.id, name, value);
    },
  });

  const counter = customElements.get(LAUNCHER);
  counter.tries ??= 0;

  window.entraide = {
    version: __VERSION__,
    // Whoever waits for it needs it.
    get ready() {
      load();
      return ready;
    },
    ask,
    open: (panel) => void open(panel && ((id) => app.go(id, panel))),
    close,
    search: async (query, more) => {
      await load();
      if (!app) throw failure;
      return app.search(query, more?.limit);
    },
    configure(more) {
      Object.assign(configured, more);
      app?.configure(options());
    },
    on(type, listener) {
      on(document, type, listener);
      return () => document.removeEventListener(type, listener);
    },
    async diagnose(test) {
      await load();
      if (test?.panic) return app.fault();
      const module = await import(configured.assets + __DIAGNOSE__);
      return module.default({ version: __VERSION__, tries: counter.tries, loaded: !!app, failure, violations }, widget, app);
    },
    destroy() {
      close();
      tell();
      listening.abort();
      view.disconnect();
      surfaces.forEach((_, element) => {
        leave(element);
        element.shadowRoot.adoptedStyleSheets = [];
      });
      app?.end();
      own?.remove();
      delete window.entraide;
    },
  };

  on(document, 'securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (blockedURI === 'wasm-eval' || blockedURI.startsWith(configured.assets)) violations.push(effectiveDirective + ' ' + blockedURI);
  });
  listenForTriggers(on, ask);
  // Few pages want these; they come with the module, without the Wasm.
  const extra = (work) => import(configured.assets + __APP__).then(work, () => {});
  if (data('shortcut')) extra((module) => module.listenForShortcut(on, data('shortcut'), () => (launcher().isOpen ? close() : open())));
  if (data('selection') === 'on') {
    on(document, 'selectionchange', () => {
      if (!getSelection().isCollapsed) extra((module) => module.offer(widget));
    });
  }
  const settle = () => {
    if (data('debug') != null) entraide.diagnose();
    if (script && data('launcher') !== 'none' && !document.querySelector(LAUNCHER)) place(data('launcher') || '');
  };
  if (document.readyState === 'loading') on(document, 'DOMContentLoaded', settle);
  else settle();
};

if (typeof document === 'object' && !window.entraide?.version) {
  try {
    boot();
  } catch (error) {
    console.error('entraide:', error);
  }
}
