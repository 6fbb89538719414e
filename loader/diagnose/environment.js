// The page around the widget, as far as it matters to whether the widget can work.

/** Hears what the Content-Security-Policy refuses from now on; `seen` are directives with origins. */
export const watchPolicy = () => {
  const seen = [];
  const refused = [];
  const hear = ({ effectiveDirective, blockedURI }) => {
    let where = blockedURI;
    try {
      where = new URL(blockedURI).origin;
    } catch {
      // A word such as `inline` or `trusted-types-sink`.
    }
    seen.push(`${effectiveDirective} ${where}`);
    if (effectiveDirective === 'connect-src') refused.push(where);
  };
  document.addEventListener('securitypolicyviolation', hear);
  return {
    seen,
    refuses: (origin) => refused.includes(origin),
    stop: () => document.removeEventListener('securitypolicyviolation', hear),
  };
};

const stored = () => {
  try {
    localStorage.setItem('entraide:probe', '1');
    localStorage.removeItem('entraide:probe');
    return true;
  } catch {
    return false;
  }
};

// How many posts wait, without a word of them.
const waiting = () => {
  try {
    return JSON.parse(localStorage.getItem('entraide:outbox') ?? '[]').length;
  } catch {
    return 0;
  }
};

/** Page, browser, language and storage. The page is told by its origin alone. */
export const environment = (widget, { lang, backend, config, base }) => ({
  browser: navigator.userAgent,
  page: { origin: location.origin, secure: isSecureContext, framed: window !== top },
  policy: {
    meta: [...document.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')].map((meta) => meta.content),
    trustedTypes: 'trustedTypes' in window,
    // Patched by the page, so it may behave as no browser does.
    ownFetch: !/\[native code\]/.test(Function.prototype.toString.call(fetch)),
  },
  locale: { language: lang, texts: /^fr\b/i.test(lang) ? 'fr' : 'en', direction: getComputedStyle(document.documentElement).direction },
  settings: { backend: config == null ? String(backend ?? 'entraide') : typeof config === 'string' ? config.split(/[?#]/)[0] : 'a document', base: base ?? null },
  online: navigator.onLine,
  storage: stored(),
  elements: [...widget.surfaces.keys()].map(({ localName }) => localName),
  waiting: waiting(),
});
