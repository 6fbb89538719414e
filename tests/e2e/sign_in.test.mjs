// How a backend learns who is asking, in a page of somebody else: tokens from the page's callback,
// tokens against request forgery, and a configuration that is fetched. The API is the real one
// behind a gate of the test's own.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStage } from './harness/stage.mjs';
import { until } from './harness/widget.mjs';

/** Opens a page with a directory, behind a `gate` that sees each call's headers and may refuse it. */
async function openPage(visitor, { script = '', attributes = 'data-base="/api"', gate = () => true, head = '', prepare = () => {} }) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}
    <link rel="icon" href="data:,"><script src="/entraide/entraide.js" defer ${attributes}></script>
    <script src="/host.js" defer></script></head><body><entraide-directory></entraide-directory></body></html>`;
  await visitor.context.route('**/host.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await visitor.context.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await visitor.context.route('**/api/**', async (route) => {
    const headers = await route.request().allHeaders();
    if (gate(headers)) return route.continue();
    return route.fulfill({ status: 401, contentType: 'application/json', body: '{}' });
  });
  // Routes of the test's own go before these, and are there before the page is.
  await prepare();
  return visitor.open('/host.html');
}

const people = (page) => page.locator('entraide-directory [part~=result] li[aria-posinset]').first();
const row = (page) => page.locator('entraide-directory li[aria-posinset]').first();
const words = (page, text) => page.locator('entraide-directory').getByText(text).first();

describe('signing in', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('asks the page for a token once, and anew when it has run out', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/401/);
    let good = 'first';
    const seen = new Set();
    const page = await openPage(visitor, {
      script: `window.asked = []; window.token = 'first';
        entraide.configure({ getToken: async (name) => { asked.push(name); return token; }, headers: { 'X-Page': 'yes', 'X-None': 7 },
          config: { extends: 'entraide', auth: { kind: 'bearer', secret: 'hr', optional: false } } });`,
      gate: (headers) => {
        seen.add(`${headers['x-page']} ${headers['x-none']}`);
        return headers.authorization === `Bearer ${good}`;
      },
    });
    // All pages of people are here: nothing else is called by itself, nor refused for its old token.
    await words(page, /^2,000 colleagues$/).waitFor();
    assert.deepEqual([...seen], ['yes undefined']);
    const asked = await page.evaluate('asked');
    assert.ok(asked.length > 0 && asked.every((name) => name === 'hr'), String(asked));
    good = 'second';
    await page.evaluate('window.token = "second"; window.asked.length = 0');
    // Whatever is asked of the backend next finds out.
    await people(page).locator('button, a').first().click();
    await page.waitForFunction('asked.length === 1');
  });

  it('says that somebody is not signed in where the page gives no token, and tries again', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      script: `window.getToken = () => { throw new Error('not yet'); };
        entraide.configure({ getToken: (name) => window.getToken(name),
          config: { extends: 'entraide', auth: { kind: 'bearer', optional: false } } });`,
      gate: (headers) => headers.authorization === 'Bearer late',
    });
    await words(page, /sign in again/i).waitFor();
    await page.evaluate('window.getToken = () => Promise.resolve("late")');
    await page.locator('entraide-directory').getByRole('button', { name: /again|sign/i }).first().click();
    await people(page).waitFor();
  });

  for (const [what, where, more] of [
    ['a cookie', { cookie: 'XSRF' }, { script: 'document.cookie = "XSRF=a%2Fb";' }],
    ['the page', { meta: 'token' }, { head: '<meta name="token" content="a/b">' }],
    ['a global', { global: 'site.nonce' }, { script: 'window.site = { nonce: "a/b" };' }],
  ]) {
    it(`sends a token against request forgery from ${what}`, async (t) => {
      const config = { extends: 'entraide', auth: { kind: 'cookie', csrf: { ...where, header: 'X-Token', on: 'all' } } };
      const page = await openPage(await stage.visitor(t), {
        ...more,
        script: `${more.script ?? ''} entraide.configure({ config: ${JSON.stringify(config)} });`,
        gate: (headers) => headers['x-token'] === 'a/b',
      });
      await people(page).waitFor();
    });
  }

  for (const [what, auth, given, header, value] of [
    ['a key in a header of its own', { kind: 'key', header: 'X-Api-Key', prefix: 'Key ' }, '"k3y"', 'x-api-key', 'Key k3y'],
    ['user name and password', { kind: 'basic' }, '{ user: "ada", password: "pä:ss" }', 'authorization', `Basic ${Buffer.from('ada:pä:ss').toString('base64')}`],
    ['a token', { kind: 'bearer', secret: 'hr' }, 'name + "-token"', 'authorization', 'Bearer hr-token'],
  ]) {
    it(`sends ${what} that the page gives, and sends it anew once where it is refused`, async (t) => {
      const visitor = await stage.visitor(t);
      visitor.expect(/401/);
      let refuse = false;
      const refused = [];
      const page = await openPage(visitor, {
        script: `window.asked = 0; entraide.configure({ getToken: (name) => { asked += 1; return ${given}; },
          config: ${JSON.stringify({ extends: 'entraide', auth: { ...auth, optional: false } })} });`,
        gate: (headers) => {
          assert.equal(headers[header], value);
          if (refuse) refused.push(header);
          return !refuse;
        },
      });
      // All pages of people are here: nothing else is called by itself.
      await words(page, /^2,000 colleagues$/).waitFor();
      const before = await page.evaluate('asked');
      refuse = true;
      await row(page).locator('button, a').first().click();
      await page.waitForFunction((n) => window.asked === n + 1, before);
      await until('it was sent once more', () => refused.length >= 2);
      await page.waitForTimeout(500);
      assert.equal(refused.length, 2, 'once more, and then no more');
      assert.equal(await page.evaluate('asked'), before + 1);
    });
  }

  it('sends a token against request forgery with what changes something, as it is at that moment', async (t) => {
    const visitor = await stage.visitor(t);
    const config = { extends: 'entraide', auth: { kind: 'cookie', csrf: { cookie: 'csrftoken', header: 'X-CSRFToken' } } };
    const seen = [];
    const page = await openPage(visitor, {
      script: `document.cookie = 'csrftoken=first'; entraide.configure({ config: ${JSON.stringify(config)} });`,
      gate: (headers) => seen.push(headers['x-csrftoken'] ?? '-'),
    });
    await people(page).waitFor();
    assert.deepEqual([...new Set(seen)], ['-'], 'reading needs none');
    await page.evaluate('document.cookie = "csrftoken=second"; entraide.ask({ question: "Who knows the token?" })');
    const box = page.locator('entraide-launcher').getByRole('dialog');
    await box.getByRole('button', { name: 'Continue' }).click();
    await box.locator('button.primary').first().click();
    await box.getByRole('article').waitFor();
    assert.deepEqual(seen.filter((token) => token !== '-'), ['second']);
  });

  for (const [status, said] of [
    [429, /too much at once/],
    [503, /server has a problem/],
  ]) {
    it(`says so at ${status}, and goes on when the backend says`, async (t) => {
      const visitor = await stage.visitor(t);
      visitor.expect(new RegExp(String(status)));
      let calls = 0;
      const late = [];
      const prepare = () =>
        visitor.context.route('**/api/people?**', async (route) => {
          calls += 1;
          late.push(Date.now());
          if (calls > 1) return route.fallback();
          return route.fulfill({ status, headers: { 'retry-after': '3' }, contentType: 'application/json', body: '{}' });
        });
      const page = await openPage(visitor, { script: 'entraide.configure({ config: { extends: "entraide" } });', prepare });
      await words(page, said).waitFor();
      await row(page).waitFor();
      assert.ok(late.length >= 2 && late[1] - late[0] >= 2_900, String(late));
    });
  }

  it('reads a configuration by its address, and says where it cannot', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/404/, /console error: entraide: /);
    let found = false;
    await visitor.context.route('**/mapping.json', (route) =>
      found ? route.fulfill({ contentType: 'application/json', body: '\u{FEFF}{"extends": "entraide"}' }) : route.fulfill({ status: 404, body: 'no' }),
    );
    const page = await openPage(visitor, { attributes: 'data-config="/mapping.json" data-base="/api"' });
    await words(page, '/mapping.json: HTTP 404').waitFor();
    found = true;
    await page.evaluate('entraide.configure({})');
    await people(page).waitFor();
  });

  it('takes the last of several configurations, whichever comes first', async (t) => {
    const visitor = await stage.visitor(t);
    await visitor.context.route('**/slow.json', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.fulfill({ contentType: 'application/json', body: '{"extends": "nothing-like-that"}' });
    });
    const page = await openPage(visitor, {});
    await people(page).waitFor();
    const slow = page.waitForResponse('**/slow.json');
    await page.evaluate('entraide.configure({ config: "/slow.json" }); entraide.configure({ config: { extends: "entraide" } })');
    await slow;
    // Time for it to be taken, if it were.
    await page.waitForTimeout(300);
    assert.equal((await page.evaluate('entraide.diagnose()')).problem, undefined);
    await people(page).waitFor();
  });

  it('starts on what was configured while it was loading', async (t) => {
    const visitor = await stage.visitor(t);
    let configured = false;
    await visitor.context.route('**/first.json', async (route) => {
      const messages = { err_signed_out: 'Who are you?' };
      if (!configured) await route.request().frame().evaluate((it) => window.entraide.configure({ messages: it }), messages);
      configured = true;
      const config = { extends: 'entraide', auth: { kind: 'bearer', optional: false } };
      await route.fulfill({ contentType: 'application/json', body: JSON.stringify(config) });
    });
    const page = await openPage(visitor, { attributes: 'data-base="/api" data-config="/first.json"' });
    await words(page, 'Who are you?').waitFor();
  });

  it('leaves an answer that is longer than the mapping allows', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      script: 'entraide.configure({ config: { extends: "entraide", maxBytes: 2000 } });',
    });
    await page.waitForFunction(async () => (await window.entraide.diagnose()).operations['people.list'].error === 'too-large');
  });
});
