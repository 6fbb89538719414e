// Calls that need others, in a real browser: a token that only a call gives goes before, what a list
// leaves out comes after, and where that fails people are shown all the same.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStage } from './harness/stage.mjs';

const config = {
  base: '/hr',
  auth: { kind: 'cookie', csrf: { call: 'GET /token', token: "header('x-token')", header: 'X-Token', on: 'all' } },
  records: { person: { id: 'id', name: 'name', skills: "lookup($.then[][], 'of', [id])[].skill" } },
  operations: {
    'people.list': {
      call: 'GET /people',
      items: 'first',
      then: { ids: '[].id', batch: 2, call: 'POST /skills', body: { of: '{=ids}' } },
    },
  },
};

/** Opens a page with a directory on a backend of the test's own; gives the page and what it was asked. */
async function openPage(visitor, skills) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
    <link rel="icon" href="data:,"><script src="/entraide/entraide.js" defer></script>
    <script src="/host.js" defer></script></head><body><entraide-directory></entraide-directory></body></html>`;
  const script = `entraide.configure({ config: ${JSON.stringify(config)} });`;
  const asked = [];
  await visitor.context.route('**/host.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await visitor.context.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await visitor.context.route('**/hr/**', async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    const token = await request.headerValue('x-token');
    asked.push(`${request.method()} ${pathname} ${request.postData() ?? ''}`.trim());
    if (pathname === '/hr/token') return route.fulfill({ headers: { 'X-Token': 't1' }, json: {} });
    if (token !== 't1') return route.fulfill({ status: 403, json: { message: 'no token' } });
    if (pathname === '/hr/people') return route.fulfill({ json: ['Ada', 'Ben', 'Cara'].map((name, at) => ({ id: at, name })) });
    return skills(route, JSON.parse(request.postData()).of);
  });
  return { page: await visitor.open('/host.html'), asked };
}

const directory = (page) => page.locator('entraide-directory');

describe('calls that need others', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('fetches a token before, and asks in batches for what the list leaves out', async (t) => {
    const { page, asked } = await openPage(await stage.visitor(t), (route, of) =>
      route.fulfill({ json: of.map((id) => ({ of: id, skill: `Trade ${id}` })) }),
    );
    for (const at of [0, 1, 2]) await directory(page).getByText(`Trade ${at}`).first().waitFor();
    assert.deepEqual(asked, ['GET /hr/token', 'GET /hr/people', 'POST /hr/skills {"of":[0,1]}', 'POST /hr/skills {"of":[2]}']);
  });

  it('shows people without what could not be had, and does not press a backend that has enough', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/429/);
    const { page, asked } = await openPage(visitor, (route) => route.fulfill({ status: 429, json: {} }));
    await directory(page).getByText('Cara').first().waitFor();
    assert.equal(asked.filter((call) => call.startsWith('POST')).length, 1);
  });
});
