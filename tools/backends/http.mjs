// Calls that fill a backend: JSON in, JSON out, and an error that shows what the backend said.

/** Sends a request; `json` is sent as JSON. Gives the answer's JSON, or throws where it is no success. */
export async function call(method, url, { json, form, headers = {}, type = 'application/json' } = {}) {
  const { value } = await exchange(method, url, { json, form, headers, type });
  return value;
}

/** As `call`, and gives the status and the headers beside the value. */
export async function exchange(method, url, { json, form, headers = {}, type = 'application/json' } = {}) {
  const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  const kind = json === undefined ? form && 'application/x-www-form-urlencoded' : type;
  const response = await fetch(url, {
    method,
    headers: { ...(kind ? { 'Content-Type': kind } : {}), ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (response.status >= 400) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 600)}`);
  let value = text;
  try {
    value = JSON.parse(text);
  } catch {
    // What is no JSON is given as it is.
  }
  return { value, status: response.status, headers: response.headers };
}

/** Calls `work` for each item, a few at a time; gives the results in the items' order. */
export async function each(items, work, atOnce = 4) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
