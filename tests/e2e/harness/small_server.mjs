// A small backend of a test's own: answers by path, remembers what was asked of it, and sends the
// headers that let a page of another origin read it.

import { createServer } from 'node:http';

/**
 * Starts a server on a free port of this machine. `answers` has a function for each
 * `METHOD /path` (the longest prefix wins), which gets `{url, headers, body}` and gives
 * `{status, headers, body}`; `cors: false` keeps the answers from pages of other origins.
 */
export async function startSmallServer(t, answers, { cors = true } = {}) {
  const asked = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const url = new URL(incoming.url, 'http://localhost');
    const allow = cors && incoming.headers.origin
      ? {
          'access-control-allow-origin': incoming.headers.origin,
          'access-control-allow-credentials': 'true',
          'access-control-allow-headers': incoming.headers['access-control-request-headers'] ?? '*',
          'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
          'access-control-expose-headers': 'Retry-After, ETag, Location, X-Total-Count',
        }
      : {};
    if (incoming.method === 'OPTIONS') {
      outgoing.writeHead(204, allow).end();
      return;
    }
    const call = `${incoming.method} ${url.pathname}`;
    asked.push({ call, query: Object.fromEntries(url.searchParams), headers: incoming.headers, body });
    const names = Object.keys(answers).filter((name) => call.startsWith(name));
    const name = names.sort((a, b) => b.length - a.length)[0];
    const answer = name ? await answers[name]({ url, headers: incoming.headers, body }) : { status: 404, body: { title: 'no such thing' } };
    const { status = 200, headers = {}, body: out = null } = answer;
    const isText = typeof out === 'string';
    outgoing.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...allow, ...headers });
    outgoing.end(isText ? out : JSON.stringify(out));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  }));
  return { url: `http://127.0.0.1:${server.address().port}`, asked };
}
