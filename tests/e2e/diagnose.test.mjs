// `entraide.diagnose()` and `data-debug`: what a page's owner is told, each with what to change,
// and that nobody's name, words or secrets are in it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSmallServer } from './harness/small_server.mjs';
import { openStage } from './harness/stage.mjs';
import { until } from './harness/widget.mjs';

/** Opens a page that configures the widget so; `policy` is its content security policy. */
async function openPage(visitor, configuration, { attributes = '', policy, path = '/host.html' } = {}) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
    <script src="/entraide/entraide.js" defer ${attributes}></script><script src="/host.js" defer></script></head><body></body></html>`;
  await visitor.context.route('**/host.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: html, headers: policy ? { 'content-security-policy': policy } : {} }),
  );
  await visitor.context.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: `entraide.configure(${configuration});` }));
  // The page is the test's own, and not from this machine as the browser sees it.
  await visitor.context.grantPermissions(['local-network-access']);
  return visitor.open(path);
}

const diagnose = (page) => page.evaluate('entraide.diagnose()');

/** A staff directory of one page, with names that nothing else in a report could hold. */
const STAFF = [
  { uid: 'zq-anna-17', full: 'Zqanna Xyverson', job: 'Qqwelder', since: 'yesterday-ish', mail: 'zqanna@xyz.example' },
  { uid: 'zq-bert-18', full: 'Zqbert Yplomp', job: 'Qqpainter', since: 'some day' },
];
const NAMES = /zq|xyv|yplomp|qqw|qqp|yesterday|s3cr3t/i;
const document = (base, more = {}) => ({
  base,
  records: { person: { id: 'uid', name: 'full', title: 'job', team: 'unit', joined: 'since' } },
  operations: { 'people.list': { call: 'GET /staff', items: 'rows' }, 'people.get': { call: 'GET /staff/{id}' } },
  ...more,
});

describe('diagnosis', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('runs each read of the reference backend, and loads nothing of it before', async (t) => {
    const visitor = await stage.visitor(t);
    const files = [];
    visitor.context.on('request', (request) => files.push(new URL(request.url()).pathname));
    const page = await openPage(visitor, '{}', { attributes: 'data-base="/api"' });
    await page.evaluate('entraide.ready');
    assert.deepEqual(files.filter((path) => /diagnose|probe/.test(path)), []);
    const report = await diagnose(page);
    assert.equal(report.loaded, true);
    assert.equal(report.problem, undefined);
    const { operations } = report;
    for (const name of ['me', 'people.list', 'people.get', 'skills.list', 'requests.list all', 'requests.list inbox', 'requests.get', 'requests.similar']) {
      assert.equal(operations[name].status, 200, name);
      assert.equal(operations[name].error, null, name);
      assert.ok(operations[name].count > 0 || /similar|inbox/.test(name), `${name}: ${operations[name].count}`);
      assert.deepEqual(operations[name].defects, [], name);
    }
    assert.equal(operations['people.list'].mapped.name, operations['people.list'].count);
    assert.equal(operations['people.list'].raw.items[0].availability.presence, 'text');
    assert.match(operations['people.get'].call, /GET http:\S+\/api\/people\/\{…\}$/);
    assert.equal(operations['requests.create'].skipped, 'it would change something');
    assert.match(report.text, /people\.list: GET http\S+ -> 200/);
    // Nobody of the company is in it.
    const { items } = await (await visitor.context.request.get('/api/people?limit=500')).json();
    for (const { id, name } of items) assert.ok(!report.text.includes(name) && !report.text.includes(id), name);
    const whole = JSON.stringify(report);
    for (const { name, email } of items) assert.ok(!whole.includes(name) && !(email && whole.includes(email)), name);
  });

  it('shows raw beside mapped, what is missing and what was left out, and no value', async (t) => {
    const visitor = await stage.visitor(t);
    const server = await startSmallServer(t, {
      'GET /staff': () => ({ body: { rows: STAFF, byId: { 'zq-anna-17': STAFF[0], 'zq-bert-18': STAFF[1] } } }),
      'GET /staff/': () => ({ body: STAFF[0] }),
    });
    const page = await openPage(visitor, `{ config: ${JSON.stringify(document(server.url))}, headers: { 'X-Key': 's3cr3t' } }`);
    const report = await diagnose(page);
    const list = report.operations['people.list'];
    assert.equal(list.count, 2);
    assert.deepEqual(list.mapped, { id: 2, name: 2, title: 2 });
    assert.deepEqual(list.empty, ['joined', 'team']);
    assert.deepEqual(list.raw.rows, [{ uid: 'text', full: 'text', job: 'text', since: 'text', '*': 'text' }]);
    assert.equal(Object.keys(list.raw['*'])[0], '*', 'an object that is keyed by people names none');
    assert.deepEqual(list.defects.map(({ pointer, times }) => [pointer, times]), [['/*/joined', 2]]);
    assert.match(report.text, /mapped, and empty in all that came: joined, team/);
    assert.match(report.operations['people.get'].call, /GET http:\/\/127\.0\.0\.1:\d+\/staff\/\{…\}$/);
    assert.doesNotMatch(JSON.stringify(report), NAMES);
    assert.ok(server.asked.every(({ headers }) => headers['x-key'] === 's3cr3t'));
  });

  it('tells CORS, a policy, a server that is not there, a page to sign in and a refusal apart', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/CORS|Failed to load|ERR_|net::|policy|CSP|4\d\d|5\d\d/i);
    const shut = await startSmallServer(t, { 'GET /staff': () => ({ body: { rows: STAFF } }) }, { cors: false });
    let answer = { body: '<!doctype html><title>Sign in, Zqanna</title><form><input type="password"></form>' };
    const open = await startSmallServer(t, { 'GET /staff': () => answer });
    const page = await openPage(visitor, `{ config: ${JSON.stringify(document(shut.url))} }`, {
      policy: `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:; connect-src 'self' ${shut.url} ${open.url} http://127.0.0.1:9`,
    });
    const told = async (config) => {
      await page.evaluate((it) => window.entraide.configure({ config: it }), config);
      const report = await diagnose(page);
      assert.doesNotMatch(JSON.stringify(report), NAMES);
      const { error, advice, status, words } = report.operations['people.list'];
      return [error, advice?.join(' '), status, words];
    };
    const [cors, allow] = await told(document(shut.url));
    assert.equal(cors, 'cors');
    assert.match(allow, new RegExp(`Access-Control-Allow-Origin: ${stage.url}`));
    const [csp, connect] = await told(document('http://localhost:9'));
    assert.equal(csp, 'csp');
    assert.match(connect, /add http:\/\/localhost:9 to connect-src/);
    assert.equal((await told(document('http://127.0.0.1:9')))[0], 'offline');
    const [html, login] = await told(document(open.url));
    assert.equal(html, 'html');
    assert.match(login, /page to sign in/);
    answer = { status: 401, body: { detail: 'Zqanna is unknown' } };
    const [signedOut, token] = await told(document(open.url, { name: 'hr', auth: { kind: 'bearer', optional: true } }));
    assert.equal(signedOut, 'signed-out');
    assert.match(token, /getToken: \(name\) => … \}\), which is asked for `hr`/);
    answer = { status: 429, headers: { 'retry-after': '17' }, body: {} };
    const [many, wait] = await told(document(open.url));
    assert.equal(many, 'too-many');
    assert.match(wait, /wait 17 s/);
    answer = { body: { people: STAFF } };
    const [unreadable, place, , words] = await told(document(open.url));
    assert.equal(unreadable, 'unreadable');
    assert.match(`${place} ${words}`, /`items`/);
  });

  it('says what secrets there are, and no secret', async (t) => {
    const visitor = await stage.visitor(t);
    const server = await startSmallServer(t, { 'GET /staff': () => ({ body: { rows: STAFF } }) });
    const config = document(server.url, { name: 'hr', auth: { kind: 'bearer' } });
    const page = await openPage(visitor, `{ config: ${JSON.stringify(config)}, getToken: () => 's3cr3t' }`);
    const report = await diagnose(page);
    assert.deepEqual(report.signIn, { hr: { kind: 'bearer', secret: true } });
    assert.doesNotMatch(JSON.stringify(report), NAMES);
    await page.evaluate('entraide.configure({ getToken: () => null })');
    assert.deepEqual((await diagnose(page)).signIn, { hr: { kind: 'bearer', secret: false } });
  });

  it('explains a wrong document with its place and the nearest right thing', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/console error: entraide: \/operations\/peple\.list/);
    const page = await openPage(visitor, '{ config: { extends: "entraide", base: "/api", operations: { "peple.list": "GET /x" } } }');
    const { problem, text } = await diagnose(page);
    assert.match(problem, /\/operations\/peple\.list: .*did you mean `people\.list`\?/);
    assert.ok(text.includes(problem));
  });

  it('reports where the widget itself is refused', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/wasm|Wasm|WebAssembly/);
    const page = await openPage(visitor, '{}', {
      attributes: 'data-base="/api"',
      policy: "default-src 'self'; script-src 'self'; img-src data:; connect-src 'self'",
    });
    const report = await diagnose(page);
    assert.equal(report.loaded, false);
    assert.equal(report.failure.kind, 'refused');
    assert.match(report.text, /does not run: .*wasm-unsafe-eval/);
    assert.ok(report.violations.some((violation) => /script-src/.test(violation)), String(report.violations));
  });

  it('logs the report and shows a line for the owner with data-debug', async (t) => {
    const visitor = await stage.visitor(t);
    const logged = [];
    visitor.context.on('console', (message) => logged.push(message.text()));
    const page = await openPage(visitor, '{}', { attributes: 'data-base="/api" data-debug' });
    await page.locator('entraide-launcher [part=launcher]').click();
    await page.locator('entraide-launcher').getByText(/Diagnosis \(data-debug\): all is well/).waitFor();
    await page.locator('entraide-launcher').getByRole('button', { name: /copy the report/i }).click();
    await until('the button says what became of it', async () => (await page.locator('entraide-launcher').getByText(/Copied|It is in the console/).count()) === 1);
    await until('the report in the console', () => logged.some((text) => text.includes('people.list: GET')));
  });
});
