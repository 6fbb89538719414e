// A backend of somebody else's that does what none should: it never stops sending, never ends its
// list, sends people elsewhere and answers there. What the page gets is counted at the sockets of
// that backend, which also serves the page, since browsers keep pages of others from this machine.

import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { constants, createGzip } from 'node:zlib';
import { dist } from '../../tools/build/paths.mjs';
import { ME, names, person } from './harness/answers.mjs';
import { openStage } from './harness/stage.mjs';
import { openPanel, until } from './harness/widget.mjs';

const MB = 1_000_000;
const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*, Authorization' };
const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
  <script src="/entraide/entraide.js" defer></script><script src="/host.js" defer></script></head><body><entraide-directory></entraide-directory></body></html>`;
const TYPES = { js: 'text/javascript', wasm: 'application/wasm', css: 'text/css', json: 'application/json' };

/**
 * A backend below `/api` whose `answers` are values, or functions of request, response and address,
 * by method and path; `config` is over the mapping of the page that it serves at `/host.html`.
 */
async function openBackend(t, answers, config = {}) {
  const seen = [];
  const files = (path, response) => {
    if (path === '/host.html') return response.setHeader('Content-Type', 'text/html').end(HTML);
    const script = `entraide.configure({ getToken: () => 'secret', config: ${JSON.stringify({ extends: 'entraide', base: '/api', ...config })} });`;
    if (path === '/host.js') return response.setHeader('Content-Type', TYPES.js).end(script);
    const type = path.startsWith('/entraide/') && TYPES[path.split('.').pop()];
    if (!type) return response.writeHead(404).end();
    response.setHeader('Content-Type', type);
    return createReadStream(join(dist, path.slice('/entraide/'.length))).pipe(response);
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    if (request.method === 'OPTIONS') return response.writeHead(204, { ...CORS, 'Access-Control-Allow-Methods': '*' }).end();
    if (!url.pathname.startsWith('/api/')) return files(url.pathname, response);
    const key = `${request.method} ${url.pathname.slice(4)}`;
    seen.push({ key, url, headers: request.headers });
    request.resume();
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    const answer = answers[key];
    if (typeof answer === 'function') return answer(request, response, url);
    response.setHeader('Content-Type', 'application/json');
    response.statusCode = answer === undefined ? 404 : 200;
    return response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, seen, calls: (key) => seen.filter((call) => call.key === key) };
}

const json = (value) => (request, response) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
const redirect = (status, where) => (request, response) => response.writeHead(status, { Location: where }).end();
const page = (items, next) => ({ items, ...(next && { next }) });

describe('a hostile backend', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  /** A page with a directory on that backend. */
  const open = (visitor, backend) => visitor.open(`${backend.url}/host.html`);
  const says = (here, text) => here.locator('entraide-directory').getByText(text).first().waitFor();

  for (const packed of [false, true]) {
    it(`${packed ? 'a body that unpacks to a hundred times its bytes' : 'a body that never ends'} is left when it is too long`, { timeout: 180_000 }, async (t) => {
      const visitor = await stage.visitor(t);
      let sent = 0;
      let closed = false;
      const backend = await openBackend(t, {
        'GET /me': ME,
        'GET /people': (request, response) => {
          response.setHeader('Content-Type', 'application/json');
          if (packed) response.setHeader('Content-Encoding', 'gzip');
          response.on('close', () => (closed = true));
          // Flushed piece by piece, so that what was sent is what could be read.
          const out = packed ? createGzip({ flush: constants.Z_SYNC_FLUSH }) : response;
          if (packed) out.pipe(response);
          const piece = Buffer.alloc(100_000, ' ');
          const more = () => {
            if (closed || sent > 100 * MB) return out.end();
            sent += piece.length;
            // At a pace: packed, all of it fits into the buffers between here and the page.
            out.write(piece, () => setTimeout(more, packed ? 2 : 0));
          };
          out.write('{"items": [');
          more();
        },
      });
      const here = await open(visitor, backend);
      await says(here, 'too large');
      await until('the page hung up', () => closed);
      t.diagnostic(`${sent / MB} MB were sent before the page hung up`);
      assert.ok(sent < (packed ? 100 : 60) * MB, `${sent} bytes were sent`);
      assert.equal(backend.calls('GET /people').length, 1, 'asked once, and not again by itself');
    });
  }

  it('a length that is announced as too long is not read at all', async (t) => {
    const visitor = await stage.visitor(t);
    const backend = await openBackend(t, {
      'GET /me': ME,
      'GET /people': (request, response) => response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 * MB }).write('{'),
    });
    await says(await open(visitor, backend), 'too large');
  });

  const endless = {
    'the same page again and again': { make: () => page([ME, person('a', 'Anna')], String(Math.random())), people: 2, most: 2 },
    'cursors that go round in a circle': { make: (n) => page([person(`p${n}`, `Person ${n}`)], ['a', 'b', 'c'][n % 3]), people: 4, most: 4 },
    'empty pages for ever': { make: (n) => page(n ? [] : [ME], String(n)), people: 1, most: 22 },
    'one more person a page, for ever': { make: (n) => page([person(`p${n}`, `Person ${n}`)], String(n)), people: 2_001, most: 2_001 },
  };
  for (const [what, { make, people, most }] of Object.entries(endless)) {
    it(`a list that never ends is cut, and said to be: ${what}`, { timeout: 180_000 }, async (t) => {
      const visitor = await stage.visitor(t);
      let n = 0;
      const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': (...all) => json(make(n++))(...all) });
      const here = await open(visitor, backend);
      await here.locator('entraide-directory').getByText('Some colleagues may be missing').waitFor({ timeout: 60_000 });
      const found = await here.locator('entraide-directory #found').textContent();
      assert.equal(Number(/[\d,]+/.exec(found)[0].replaceAll(',', '')), people, found);
      await here.waitForTimeout(300);
      assert.ok(backend.calls('GET /people').length <= most, `${backend.calls('GET /people').length} calls`);
    });
  }

  it('a list that ends says nothing of the kind', async (t) => {
    const visitor = await stage.visitor(t);
    const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': (request, response, url) => json(url.searchParams.has('cursor') ? page([person('b', 'Ben')]) : page([ME, person('a', 'Anna')], 'n'))(request, response) });
    const here = await open(visitor, backend);
    await until('three are there', async () => (await names(here.locator('entraide-directory')).count()) === 3);
    assert.equal(await here.getByText('Some colleagues may be missing').count(), 0);
  });

  it('a person of one identifier on a later page takes nobody’s place', async (t) => {
    const visitor = await stage.visitor(t);
    const backend = await openBackend(t, {
      'GET /me': ME,
      'GET /people': (request, response, url) => json(url.searchParams.has('cursor') ? page([person('a', 'Mallory'), person('b', 'Ben')]) : page([ME, person('a', 'Anna')], 'n'))(request, response),
      'GET /people/b': person('a', 'Mallory'),
    });
    const here = await open(visitor, backend);
    const directory = here.locator('entraide-directory');
    await until('three are there', async () => (await names(directory).count()) === 3);
    // The answer about Ben is about somebody else.
    await names(directory).filter({ hasText: 'Ben' }).click();
    await directory.getByRole('heading', { name: 'Ben' }).waitFor();
    await until('it was asked', () => backend.calls('GET /people/b').length > 0);
    await here.waitForTimeout(300);
    await directory.getByRole('button', { name: 'Back' }).click();
    assert.deepEqual((await names(directory).allTextContents()).map((name) => name.split(' ·')[0]).sort(), ['Anna', 'Ben', 'Max Meier']);
  });

  it('a next page on another origin is never asked for', async (t) => {
    const visitor = await stage.visitor(t);
    const evil = await openBackend(t, { 'GET /people': page([person('m', 'Mallory')]) });
    for (const target of [`${evil.url}/api/people`, `${evil.url.slice(5)}/api/people`, `http://u:p@${evil.url.slice(7)}/api/people`, `\\\\${evil.url.slice(7)}/api/people`]) {
      const paged = { paging: { kind: 'url', next: 'next' } };
      const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': page([ME, person('a', 'Anna')], target) }, paged);
      const here = await open(visitor, backend);
      await until('two are there', async () => (await names(here.locator('entraide-directory')).count()) === 2);
      await here.waitForTimeout(200);
      await here.close();
    }
    assert.deepEqual(evil.seen, []);
  });

  it('who works here is not read from where a call was redirected to', async (t) => {
    const visitor = await stage.visitor(t);
    const evil = await openBackend(t, { 'GET /people': page([person('m', 'Mallory')]) });
    const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': redirect(307, `${evil.url}/api/people`) });
    const here = await open(visitor, backend);
    await says(here, 'not set up correctly');
    assert.equal(await here.getByText('Mallory').count(), 0);
    // The browser takes the token away on the way there (Fetch, "HTTP-redirect fetch").
    assert.ok(evil.calls('GET /people').every((call) => call.headers.authorization === undefined));
  });

  it('a redirect within its own origin is followed', async (t) => {
    const visitor = await stage.visitor(t);
    const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': redirect(308, '/api/people/'), 'GET /people/': page([ME, person('a', 'Anna')]) });
    const here = await open(visitor, backend);
    await until('two are there', async () => (await names(here.locator('entraide-directory')).count()) === 2);
  });

  it('a page to sign in is told from data, whatever its status', async (t) => {
    const visitor = await stage.visitor(t);
    const login = (request, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Sign in</title><form><input type="password"></form>');
    const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': redirect(302, '/api/login'), 'GET /login': login });
    await says(await open(visitor, backend), 'perhaps a sign-in page');
  });

  for (const status of [301, 302, 303, 307]) {
    it(`a question whose post is redirected (${status}) is not taken for sent`, async (t) => {
      const visitor = await stage.visitor(t);
      // Browsers make a GET of a redirected POST, and that succeeds.
      const backend = await openBackend(t, {
        'GET /me': ME,
        'GET /people': page([ME, person('a', 'Anna')]),
        'GET /requests': page([]),
        'POST /requests': redirect(status, '/api/requests/'),
        'GET /requests/': page([]),
        'POST /requests/': page([]),
      }, { operations: { 'requests.similar': null, events: null } });
      const here = await open(visitor, backend);
      const box = await openPanel(here, 'Ask');
      await box.getByRole('textbox', { name: 'Your question' }).fill('Where does this go?');
      await box.getByRole('button', { name: 'Continue' }).click();
      await box.getByRole('button', { name: 'Send', exact: true }).click();
      await box.getByText('Not sent:').waitFor();
      await box.getByText('Where does this go?').first().waitFor();
    });
  }

  it('identifiers are no paths and no headers', async (t) => {
    const visitor = await stage.visitor(t);
    const ids = ['a/b', 'a?x=1', 'a#b', '100%', 'a%2Fb', 'ä😀', 'a;b', 'a b', '12345678901234567890'];
    const odd = ['..', '.', 'x/../../admin', 'x\\..\\y'];
    const backend = await openBackend(t, { 'GET /me': ME, 'GET /people': page([ME, ...[...ids, ...odd].map((id, i) => person(id, `Person ${i}`))]) });
    visitor.expect(/\b404\b/);
    const here = await open(visitor, backend);
    const directory = here.locator('entraide-directory');
    await until('they are there', async () => (await names(directory).count()) >= 10);
    for (let i = 0; i < ids.length + odd.length; i += 1) {
      await names(directory).filter({ hasText: new RegExp(`^Person ${i}$`) }).click();
      await directory.getByRole('heading', { name: `Person ${i}` }).waitFor();
      await directory.getByRole('button', { name: 'Back' }).click();
    }
    const asked = backend.seen.filter(({ key }) => key.startsWith('GET /people/')).map(({ url }) => decodeURIComponent(url.pathname.slice('/api/people/'.length)));
    assert.deepEqual(asked.sort(), [...ids].sort());
    assert.ok(backend.seen.every(({ url }) => /^\/api\/(me|people|requests)(\/|$)/.test(url.pathname)), JSON.stringify(backend.seen.map((s) => s.key)));
  });
});
