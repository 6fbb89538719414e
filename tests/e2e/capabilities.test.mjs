// What a backend cannot do is not shown, in the browser; and a page that takes people from one
// backend and requests from another, each with its own address, sign-in and paging.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSmallServer } from './harness/small_server.mjs';
import { openStage } from './harness/stage.mjs';
import { launcher, openPanel, panel, tab, until } from './harness/widget.mjs';

async function openPage(visitor, config, { body = '', script = '' } = {}) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
    <script src="/entraide/entraide.js" defer data-context="none"></script><script src="/host.js" defer></script></head><body>${body}</body></html>`;
  const setUp = `${script}; entraide.configure({ config: ${JSON.stringify(config)}, getToken: window.getToken });`;
  await visitor.context.route('**/host.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await visitor.context.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: setUp }));
  await visitor.context.grantPermissions(['local-network-access']);
  return visitor.open('/host.html');
}

const without = (...names) => ({ extends: 'entraide', base: '/api', operations: Object.fromEntries(names.map((name) => [name, null])) });
const WRITES = ['requests.create', 'answers.create', 'answers.accept', 'thanks.create', 'requests.pass', 'requests.close'];
const REQUESTS = [...WRITES, 'requests.list', 'requests.get', 'requests.similar', 'events'];
const tabs = (page) => panel(page).getByRole('navigation').getByRole('button').allInnerTexts();
const names = (list) => list.map((name) => name.replace(/\s*\d.*/s, '').trim());

describe('what a backend can do', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('shows colleagues alone where there is nothing else, and tells the page that nobody can be asked', async (t) => {
    const page = await openPage(await stage.visitor(t), without('me', ...REQUESTS), {
      body: '<button data-entraide-ask="Who?">Ask here</button><entraide-directory></entraide-directory>',
    });
    await launcher(page).click();
    const search = panel(page).getByRole('searchbox');
    await search.waitFor();
    assert.deepEqual(names(await tabs(page)), ['Colleagues']);
    const rows = panel(page).getByRole('list', { name: 'Colleagues found' }).locator('li[aria-posinset]');
    await rows.first().waitFor();
    assert.equal(await panel(page).getByRole('button', { name: /^Ask / }).count(), 0);
    // A search that finds nobody offers no way to ask everyone.
    await search.fill('xyzxyzxyz');
    await panel(page).getByText('Nobody found').waitFor();
    assert.equal(await panel(page).getByRole('button', { name: 'Ask everyone' }).count(), 0);
    await search.fill('');
    await rows.first().locator('button').first().click();
    await panel(page).getByRole('article').waitFor();
    assert.equal(await panel(page).getByRole('button', { name: /^Ask/ }).count(), 0);
    // What the page asks for leads nowhere, and it hears so.
    await page.evaluate(() => {
      window.told = [];
      window.entraide.on('entraide-error', (event) => window.told.push(event.detail.reason));
      window.entraide.ask({ question: 'Who?' });
    });
    await page.waitForFunction(() => window.told.length === 1);
    await page.evaluate('entraide.open("inbox")');
    await panel(page).getByRole('article').waitFor();
    await page.getByText('Ask here').click();
    await page.waitForFunction(() => window.told.length === 2);
    assert.equal((await page.evaluate('entraide.search("a", { limit: 3 })')).length, 3);
  });

  it('shows requests alone where there is no directory', async (t) => {
    const page = await openPage(await stage.visitor(t), without('people.list', 'people.search', 'people.get', 'skills.list'), {
      body: '<entraide-person person="vm-0002"></entraide-person>',
    });
    await openPanel(page);
    assert.deepEqual(names(await tabs(page)), ['Ask', 'My questions', 'Help others']);
    assert.equal(await panel(page).getByRole('combobox', { name: /colleague/i }).count(), 0);
    // Nothing to be tried again where there is nothing.
    await page.locator('entraide-person').getByText('This is not possible here.').waitFor();
    assert.equal(await page.locator('entraide-person').getByRole('button').count(), 0);
    await page.evaluate('entraide.search("a").then(() => (window.said = "found"), (error) => (window.said = error.message))');
    await page.waitForFunction(() => window.said === 'This is not possible here.');
  });

  it('shows no way to write where everything is read only', async (t) => {
    const visitor = await stage.visitor(t);
    const page = await openPage(visitor, without(...WRITES));
    await launcher(page).click();
    await panel(page).getByRole('searchbox').waitFor();
    assert.deepEqual(names(await tabs(page)), ['Colleagues', 'My questions', 'Help others']);
    await tab(page, 'My questions').click();
    await panel(page).getByRole('heading', { name: 'My questions' }).waitFor();
    await until('the list', async () => (await panel(page).locator('.loading').count()) === 0);
    assert.equal(await panel(page).getByRole('button', { name: 'Ask a question' }).count(), 0);
    await tab(page, 'Help others').click();
    const line = panel(page).locator('button.request').first();
    if (await line.count()) {
      await line.click();
      await panel(page).getByRole('article').waitFor();
      assert.equal(await panel(page).locator('form, textarea').count(), 0);
      assert.equal(await panel(page).getByRole('button', { name: /not now|not my area|i know who/i }).count(), 0);
    }
  });

  it('asks for nothing that the backend is not told', async (t) => {
    const config = { extends: 'entraide', base: '/api', operations: { 'requests.create': { body: { visibility: null, to: null, details: null } } } };
    const page = await openPage(await stage.visitor(t), config);
    await openPanel(page, 'Ask');
    await panel(page).getByRole('textbox').first().waitFor();
    assert.equal(await panel(page).getByRole('radio').count(), 0);
    assert.equal(await panel(page).getByRole('textbox').count(), 1, 'the question alone');
    await tab(page, 'Colleagues').click();
    await panel(page).getByRole('list', { name: 'Colleagues found' }).locator('li[aria-posinset]').first().waitFor();
    assert.equal(await panel(page).getByRole('button', { name: /^Ask [A-Z]/ }).count(), 0);
  });

  it('takes people from one backend and requests from another, each by its own ways', async (t) => {
    const visitor = await stage.visitor(t);
    // Another API for people: another origin, paging by offset, a key of its own; its `login` is
    // what the requests' backend calls them, so that is their identifier here.
    const staff = (await (await visitor.context.request.get('/api/people?limit=60')).json()).items;
    const rows = staff.map(({ id, name, title, skills }, i) => ({ nr: i, login: id, display: name, role: title, tags: skills.map((skill) => skill.name).join(';') }));
    const mayRead = ({ headers }) => headers['x-staff-key'] === 'people-key';
    const people = await startSmallServer(t, {
      'GET /v2/staff': (call) => {
        if (!mayRead(call)) return { status: 401, body: { message: 'who?' } };
        const from = Number(call.url.searchParams.get('skip'));
        return { body: { rows: rows.slice(from, from + 25), total: rows.length } };
      },
      'GET /v2/staff/': (call) => {
        const row = rows.find(({ login }) => login === decodeURIComponent(call.url.pathname.split('/').pop()));
        return row && mayRead(call) ? { body: row } : { status: 404, body: {} };
      },
    });
    const config = {
      parts: {
        people: {
          name: 'staff', base: `${people.url}/v2`, auth: { kind: 'key', header: 'X-Staff-Key' },
          paging: { kind: 'offset', total: 'total', max: 25 },
          records: { person: { id: 'login', name: 'display', title: 'role', skills: { select: 'tags', split: ';' } } },
          operations: {
            'people.list': { call: 'GET /staff', query: { skip: '{=offset}', top: '{=limit}' }, items: 'rows' },
            'people.get': 'GET /staff/{id}',
          },
        },
        requests: { extends: 'entraide', name: 'help', base: '/api', auth: { kind: 'bearer' } },
      },
    };
    const asked = [];
    visitor.context.on('request', async (request) => {
      const { pathname, origin } = new URL(request.url());
      if (pathname.startsWith('/api/') || origin === people.url) asked.push([pathname, await request.allHeaders()]);
    });
    const script = `window.askedFor = new Set(); window.getToken = (name) => { askedFor.add(name); return name === 'staff' ? 'people-key' : 'help-token'; }`;
    const page = await openPage(visitor, config, { script });
    await openPanel(page, 'Colleagues');
    const found = panel(page).getByRole('list', { name: 'Colleagues found' }).locator('li[aria-posinset]');
    await until('all pages of people', async () => /60 colleagues/.test(await panel(page).locator('#found').innerText()));
    const helper = staff.find(({ id }) => id !== 'vm-0001');
    await panel(page).getByRole('searchbox').fill(helper.name);
    await found.filter({ hasText: helper.name }).first().getByRole('button', { name: `Ask ${helper.name}` }).click();
    const question = panel(page).getByRole('textbox').first();
    await question.fill('Which form is for two backends?');
    await panel(page).getByRole('button', { name: 'Continue' }).click();
    await panel(page).getByText(helper.name).first().waitFor();
    await panel(page).locator('button.primary').first().click();
    await panel(page).getByRole('article').getByText('Which form is for two backends?').waitFor();
    // It went to the one who was chosen from the other backend.
    const mine = await (await visitor.context.request.get('/api/requests?scope=mine')).json();
    const posted = mine.items.find(({ question }) => question === 'Which form is for two backends?');
    assert.deepEqual(posted.asked.map(({ id }) => id), [helper.id]);
    // The answer comes from the requests' backend, is accepted and thanked; nobody knows here who
    // looks, but that backend lists the question as theirs.
    const answered = await fetch(`${stage.url}/api/requests/${posted.id}/answers`, {
      method: 'POST',
      headers: { 'X-Demo-Person': helper.id, 'Content-Type': 'application/json' },
      body: JSON.stringify({ text: 'It is form 7.' }),
    });
    assert.equal(answered.status, 201);
    await tab(page, 'My questions').click();
    await panel(page).locator('button.request').filter({ hasText: 'two backends' }).click();
    await panel(page).getByText('It is form 7.').waitFor({ timeout: 25_000 });
    await panel(page).getByRole('button', { name: /solved/i }).click();
    await panel(page).getByRole('button', { name: /^Thank/ }).click();
    await panel(page).locator('form.thank button[type=submit]').click();
    await until('the thanks at the other backend', async () => {
      const { thanks, status } = await (await visitor.context.request.get(`/api/requests/${posted.id}`)).json();
      return status === 'solved' && thanks.length === 1;
    });
    // Each backend got its own secret, and neither the other's.
    assert.deepEqual((await page.evaluate('[...askedFor]')).sort(), ['help', 'staff']);
    for (const [path, headers] of asked) {
      if (path.startsWith('/api/')) assert.ok(!JSON.stringify(headers).includes('people-key'), path);
      else assert.ok(!JSON.stringify(headers).includes('help-token'), path);
    }
    assert.ok(people.asked.length >= 3, 'pages by offset');
    assert.ok(people.asked.every(({ headers }) => headers['x-staff-key'] === 'people-key'));
  });
});
