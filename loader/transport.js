// HTTP over the page's `fetch`, which pages patch: it may throw, reject with anything, or answer
// with something that is no response.

/**
 * Sends a request and reads the whole response, within its time (milliseconds) and its bytes.
 * Gives `{status, url, headers, body}`, headers as lines of `name: value`; or `{problem}`, which is
 * `offline`, `timeout`, `too-large` (with `bytes`, as far as they are known), `header` (with
 * `header`, the one that no page may send) or `moved`: the call was redirected to another origin,
 * or a write was redirected at all, which browsers turn into a reading that proves nothing. (A web
 * page, like one to sign in, is handed on whatever led to it.) Never rejects.
 */
export const exchange = async (url, { method = 'GET', headers = '', body, credentials }, timeout, most) => {
  const signal = AbortSignal.timeout(timeout);
  let problem = 'header';
  let header;
  let bytes = 0;
  const count = (length) => {
    bytes = length;
    if (bytes > most) throw (problem = 'too-large');
  };
  try {
    const given = new Headers();
    for (const line of headers.split('\n')) {
      const at = line.indexOf(':');
      header = line.slice(0, at);
      if (header) given.append(header, line.slice(at + 1));
    }
    problem = '';
    const response = await fetch(url, { method, headers: given, body, credentials, signal });
    if (!(response instanceof Response)) throw response;
    const { redirected, url: end } = response;
    const away = redirected && (method !== 'GET' || new URL(end).origin !== new URL(url, location).origin);
    if (away && !/html/i.test(response.headers.get('content-type'))) throw (problem = 'moved');
    let lines = '';
    response.headers.forEach((value, name) => (lines += `${name}: ${value}\n`));
    count(+response.headers.get('content-length'));
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    bytes = 0;
    // In pieces, so that an endless body is left when it is too long.
    for (let piece; reader && !(piece = await reader.read()).done; ) {
      try {
        count(bytes + piece.value.length);
      } catch (error) {
        // Nobody waits for the rest; how that ends is of no interest.
        reader.cancel().catch(() => {});
        throw error;
      }
      text += decoder.decode(piece.value, { stream: true });
    }
    return { status: response.status, url: response.url, headers: lines, body: text + decoder.decode() };
  } catch {
    return { problem: problem || (signal.aborted ? 'timeout' : 'offline'), header, bytes };
  }
};
