// One generation of the widget: the module that the loader imports when it is needed, with the
// glue that wasm-bindgen wrote, the style sheet, and memory of its own.
//
// The first panic or trap ends it. Errors of the page stay the page's: an uncaught one counts
// as ours only where our files are in its stack and no listener of the page was being called.

import init, * as wasm from 'entraide:glue';
import tokens from '../styles/tokens.css';
import screens from '../styles/widget.css';
import { readAddress, writeAddress } from './address.js';
import { compile, failure } from './compile.js';
import { afterDrawing, makePlaces } from './places.js';
import { presetsThere } from './presets.js';
import { makeSecrets } from './secrets.js';
import { readSettings } from './settings.js';
import { keep, kept } from './storage.js';
import { makeStream } from './stream.js';
import { prefillText } from './strings.js';
import { exchange } from './transport.js';

export { offer } from './selection.js';
export { listenForShortcut } from './shortcut.js';

// What the page says of the direction (`dir`, `data-dir`) goes before what the language says.
const DIRECTION = '.frame[dir=rtl] .entraide{direction:rtl}.frame[dir=ltr] .entraide{direction:ltr}';

const SHARED = ['config', 'backend', 'base', 'lang', 'context'];

/** How many people a search gives where the page does not say. */
const LIMIT = 20;

/** Starts on the fetched Wasm; gives back what the loader calls. */
export default async (fetched, widget) => {
  // Beside the Wasm, which takes longer.
  let options = widget.options();
  let reading = readSettings(options);
  reading.catch(() => {});
  const { url, module } = await compile(fetched, options.lang);
  const { surfaces } = widget;
  const listening = new AbortController();
  // Searches of the page that were not answered yet: how to settle them, by their numbers.
  const searches = new Map();
  let searched = 0;
  let timer;
  let alive = true;
  let emitting = false;
  let memory;

  const end = () => {
    alive = false;
    listening.abort();
    stream.hush();
    clearTimeout(timer);
  };
  const retire = () => {
    try {
      wasm.retire();
    } catch {
      // What is broken need not tidy up.
    }
  };
  const die = (message) => {
    if (!alive) return;
    end();
    console.error(`entraide: ${message}`);
    // The call that trapped may still be on the stack of the Wasm.
    queueMicrotask(() => {
      retire();
      for (const [, reject] of searches.values()) reject(new Error(message));
      // Nobody but the console is told how: it helps no colleague.
      widget.fail(failure('broken', '', message));
    });
  };
  const call = (work, ...values) => {
    if (!alive) return undefined;
    try {
      return work(...values);
    } catch (error) {
      die(String(error));
    }
  };
  const caught = (event) => {
    const stack = String((event.error ?? event.reason)?.stack);
    if (!emitting && (stack.includes(import.meta.url) || stack.includes(url))) die(String(event.error ?? event.reason));
  };

  const places = makePlaces();
  const secrets = makeSecrets(widget.options);
  const stream = makeStream(
    (open) => call(wasm.streaming, open),
    (data) => call(wasm.heard, data),
  );

  // What the Wasm may call. All of it may run code of the page; what that throws ends here, as it
  // must not go through Rust.
  const ports = {
    // Where a backend is being connected, the set-up itself says what is missing yet.
    complain: (message) => document.querySelector('entraide-setup') || console.error(`entraide: ${message}`),
    open: () => widget.open() || 0,
    close(id) {
      for (const surface of surfaces.values()) if (surface.id === id) surface.close?.();
    },
    badge(count) {
      for (const surface of surfaces.values()) surface.badge?.(count);
    },
    // Gives the detail as the listeners left it; nothing where one of them cancelled the event.
    emit(id, name, text) {
      const detail = JSON.parse(text);
      const element = places.element(id);
      // An error in a listener has our frames in its stack.
      emitting = true;
      try {
        const cancelable = name === 'entraide-before-post';
        if (!element?.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }))) return undefined;
        return JSON.stringify(detail) ?? '';
      } catch {
        return '';
      } finally {
        emitting = false;
      }
    },
    keep,
    // One timer serves all that waits; none at a negative time.
    alarm(ms) {
      clearTimeout(timer);
      if (ms >= 0) timer = setTimeout(() => call(wasm.ring), ms);
    },
    // An event stream carries no token: where one was given, there is none.
    listen: (where, event, include, secret) => !secrets.holds(secret) && stream.listen(where, event, include),
    hush: stream.hush,
    announce: places.announce,
    focus: places.focus,
    drawing: places.keepFocus,
    address: writeAddress,
    forget: secrets.forget,
    async secrets(id, ...what) {
      call(wasm.secrets, id, JSON.stringify(await secrets.of(...what)));
    },
    async send(id, method, where, headers, body, credentials, timeout, most) {
      const got = await exchange(where, { method, headers, body, credentials }, timeout, most);
      if (got.problem) call(wasm.failed, id, got.problem, got.header ?? '', got.bytes);
      else call(wasm.answered, id, got.status, got.url, got.headers, got.body);
    },
    found(id, good, text) {
      const [resolve, reject] = searches.get(id);
      searches.delete(id);
      if (good) resolve(JSON.parse(text));
      else reject(new Error(text));
    },
    // 128 random bits in hexadecimal. `randomUUID` would do, but browsers have it on https only,
    // and intranets are often without.
    key() {
      let key = '';
      for (const byte of crypto.getRandomValues(new Uint8Array(16))) key += (byte + 256).toString(16).slice(1);
      return key;
    },
  };
  for (const name of Object.keys(ports)) {
    wasm.entraideHost[name] = (...values) => {
      try {
        return ports[name](...values);
      } catch {
        // Undefined is "no" to all who ask.
      }
    };
  }
  wasm.entraideHost.trap = die;

  // The page's owner may change the options; the last ones count, whatever comes first.
  let turn = 0;
  const configure = async (options) => {
    turn += 1;
    const mine = turn;
    const text = await readSettings(options);
    secrets.forget();
    if (mine === turn) call(wasm.configure, text);
  };
  // Elements may bring settings with them; what did not change is not read again.
  let settings;
  const settle = () => {
    const options = widget.options();
    const now = SHARED.map((name) => String(options[name])).join();
    if (settings !== undefined && now !== settings) configure(options);
    settings = now;
  };

  try {
    settle();
    const running = init(module);
    let text;
    // The page may change the options meanwhile; it starts on the last ones.
    for (;;) {
      let inside;
      [text, inside] = await Promise.all([reading, running]);
      memory = Object.values(inside).find((each) => each instanceof WebAssembly.Memory);
      const now = widget.options();
      if (Object.keys(now).every((name) => now[name] === options[name])) break;
      options = now;
      reading = readSettings(now);
    }
    call(wasm.start, text, kept());
    if (!navigator.onLine) call(wasm.online, false);
  } catch (error) {
    die(String(error));
  }
  if (!alive) throw failure('broken', '', 'stopped at its start');

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + screens + DIRECTION);
  const on = (target, type, listener) => target.addEventListener(type, listener, listening);
  on(window, 'error', caught);
  on(window, 'unhandledrejection', caught);
  on(window, 'online', () => call(wasm.online, true));
  on(window, 'offline', () => call(wasm.online, false));
  on(document, 'visibilitychange', () => call(wasm.visible, !document.hidden));

  const attribute = (id, name, value) => {
    call(wasm.attribute, id, name, value ?? undefined);
    const pairs = name === 'deep-link' && value != null && readAddress();
    if (pairs) call(wasm.address, id, pairs);
  };

  // The set-up of a backend is a module of its own, which no other page pays for.
  const setups = new Map();
  let opened = 0;
  const openSetup = async (surface) => {
    const { element, mount } = surface;
    const { options } = widget;
    try {
      const setup = await import(options().assets + __SETUP__);
      const end = await setup.default({ element, mount, options, sheets: [widget.sheet, sheet], ...presetsThere });
      if (surface.id && setups.has(surface.id)) setups.set(surface.id, end);
      else end();
    } catch (error) {
      surface.show(failure('unloaded', String(error?.message ?? error)));
    }
  };

  return {
    attach(surface) {
      const { element, kind, mount } = surface;
      if (kind === 'setup') {
        opened += 1;
        const id = `setup${opened}`;
        setups.set(id, () => {});
        queueMicrotask(() => openSetup(surface));
        return id;
      }
      settle();
      element.shadowRoot.adoptedStyleSheets = [widget.sheet, sheet];
      const place = places.take(mount);
      const id = call(wasm.attach, kind, place.number, place.firstChild);
      places.put(id, place, element);
      if (!id) return places.leave(id);
      afterDrawing(() => alive && ports.emit(id, 'entraide-ready', '{}'));
      for (const { name, value } of element.attributes) attribute(id, name, value);
      for (const name of ['deep-link', 'page-size']) {
        const value = widget.data(name);
        if (value != null && !element.hasAttribute(name)) attribute(id, name, value);
      }
      return id;
    },
    detach(id) {
      if (setups.has(id)) {
        setups.get(id)();
        return setups.delete(id);
      }
      call(wasm.detach, id);
      places.leave(id);
    },
    attribute(id, name, value) {
      if (setups.has(id)) return;
      if (SHARED.includes(name)) settle();
      attribute(id, name, value);
    },
    shown: (id, open) => call(wasm.shown, id, open),
    fill: (id, prefill) => call(wasm.fill, id, prefillText(prefill)),
    go: (id, panel) => call(wasm.go, id, String(panel)),
    configure,
    search: (query, limit = LIMIT) =>
      new Promise((resolve, reject) => {
        searched += 1;
        searches.set(searched, [resolve, reject]);
        call(wasm.search, searched, String(query), +limit);
      }),
    fault: () => call(wasm.fault),
    memory: () => memory?.buffer.byteLength,
    end() {
      end();
      retire();
    },
  };
};
