// From the fetched file to a compiled module, or to words for the page's owner.

/** What went wrong: `unloaded`, `refused` or `broken`, words that are shown, and how in detail. */
export const failure = (kind, message, detail = message) => ({ kind, message, detail });

const REFUSED = {
  en: 'For the page’s owner: the Content-Security-Policy needs ’wasm-unsafe-eval’ in script-src.',
  fr: 'Pour l’administrateur de la page : la Content-Security-Policy doit contenir ’wasm-unsafe-eval’ dans script-src.',
};

// The smallest module there is: where it does not compile, none will.
const mayCompile = () => {
  try {
    return !!new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return false;
  }
};

/** Compiles what `fetched` (a promise of a response) brings. */
export const compile = async (fetched, lang) => {
  let url = 'entraide.wasm';
  try {
    const response = await fetched;
    url = response.url;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // Only as this type is it compiled while it arrives; servers that do not know it send others.
    return /^application\/wasm\b/i.test(response.headers.get('content-type'))
      ? { url, module: await WebAssembly.compileStreaming(response) }
      : { url, module: await WebAssembly.compile(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError && !mayCompile()) {
      throw failure('refused', REFUSED[lang.slice(0, 2).toLowerCase()] || REFUSED.en, error.message);
    }
    // A page's own `fetch` may reject with anything.
    throw failure('unloaded', `${url}: ${error?.message ?? error}`);
  }
};
