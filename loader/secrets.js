// Who is asking: secrets from the page's own callback, and tokens against request forgery from
// where the mapping says. Secrets are held in memory until the backend refuses them, and never
// stored, logged or reported.

import { strings } from './strings.js';

/** How long the page may take to give a secret, in milliseconds. */
const PATIENCE = 20_000;

const SOURCES = {
  cookie(name) {
    for (const pair of document.cookie.split(';')) {
      const [key, ...value] = pair.trim().split('=');
      // Frameworks write the token encoded, and want it back as it was.
      if (key === name) return decodeURIComponent(value.join('='));
    }
  },
  meta(name) {
    for (const meta of document.querySelectorAll('meta[name]')) if (meta.name === name) return meta.content;
  },
  global(path) {
    let value = window;
    for (const name of path.split('.')) value = value?.[name];
    return value;
  },
};

/** Holds what `options().getToken` gives. */
export const makeSecrets = (options) => {
  const held = new Map();
  // Calls `getToken(name)`: it may throw, give something else, or never settle.
  const ask = async (name) => {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)));
    try {
      const given = await Promise.race([options().getToken(name), late]);
      const { user, password } = given;
      return strings(typeof given === 'string' ? { secret: given } : { user, password });
    } catch {
      return {};
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    holds: (name) => held.has(name),
    forget: () => held.clear(),
    /**
     * What a call is given: `secret` or `user` and `password` of this name, `csrf` from a `source`
     * (`cookie`, `meta`, `global`) by its name there, and the page's own `headers`; texts all.
     * `held` says that the secret is from an earlier call, so that a fresh one may do better.
     */
    async of(name, source, token) {
      const all = { headers: strings(options().headers), held: held.has(name) };
      try {
        const csrf = SOURCES[source]?.(token);
        if (typeof csrf === 'string' && csrf) all.csrf = csrf;
      } catch {
        // A page's own global may throw when it is read.
      }
      if (name) {
        const secret = held.get(name) ?? (await ask(name));
        if (secret.secret || secret.user) held.set(name, secret);
        Object.assign(all, secret);
      }
      return all;
    },
  };
};
