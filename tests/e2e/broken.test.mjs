// What comes in the place of data: pages, errors, nothing, something else, too late, in a circle.
// It is said in words that a person understands, the rest of the widget goes on, and a retry works.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ME, answerBy, json, names, person } from './harness/answers.mjs';
import { openStage } from './harness/stage.mjs';
import { gone, openPanel, panel, until } from './harness/widget.mjs';

describe('what comes in the place of data', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const deepJson = `{"items":[${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}]}`;
  for (const [what, answer, said] of [
    ['a web page', { contentType: 'text/html', body: '<!doctype html><title>Sign in</title><h1>Sign in</h1>' }, 'A web page came instead of data'],
    ['a web page that says it is JSON', { contentType: 'application/json', body: '<!doctype html><title>Sign in</title>' }, /A web page came instead of data|cannot be read/],
    ['JSON that is cut off', json('{"items":[{"id":"1","na'), 'cannot be read'],
    ['nested five thousand deep', json(deepJson), /cannot be read|too large/],
    ['nothing at all', json(''), /cannot be read|No colleagues yet/],
    ['null', json('null'), /cannot be read|No colleagues yet/],
    ['a number', json('7'), /cannot be read|No colleagues yet/],
    ['an object of something else', json({ people: [] }), /cannot be read|No colleagues yet/],
    ['a body of 40 MB', json(`{"items":[],"x":"${'x'.repeat(40 << 20)}"}`), /too large/],
    ['a refusal', { status: 403, contentType: 'application/json', body: '{"message":"no"}' }, 'You are not allowed to do this here.'],
    ['too much at once', { status: 429, headers: { 'Retry-After': '1' }, body: '' }, 'That was too much at once.'],
    ['a gateway that is down', { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }, 'The server has a problem. It is not your doing.'],
    ['a redirect to a sign-in page', { status: 302, headers: { Location: '/demo/policy.html' } }, 'A web page came instead of data'],
  ]) {
    it(`where the answer is ${what}, that is said, and “Try again” works`, { timeout: 180_000 }, async (t) => {
      const visitor = await stage.visitor(t);
      visitor.expect(/\b(403|429|502)\b/);
      let broken = true;
      await answerBy(visitor, { 'GET /people': (route) => (broken ? route.fulfill(answer) : route.continue()) });
      const page = await visitor.open('/demo/people.html');
      const directory = page.locator('entraide-directory');
      await directory.getByText(said).waitFor({ timeout: 20_000 });
      const isEmpty = (await directory.getByText('No colleagues yet').count()) > 0;
      // The rest goes on.
      await openPanel(page, 'Help others');
      await panel(page).getByRole('heading', { name: 'Where you can help' }).waitFor();
      await page.keyboard.press('Escape');
      broken = false;
      if (isEmpty) return;
      const again = directory.getByRole('button', { name: 'Try again' });
      // Where the backend said how long to wait, it is tried again by itself too, whichever is first.
      await until('“Try again”, or everybody', async () => (await again.count()) || (await names(directory).count()) > 5);
      await again.click({ timeout: 2_000 }).catch(() => {});
      await until('everybody is there', async () => (await names(directory).count()) > 5);
      await gone(directory.getByText(said), 'what was said');
    });
  }

  it('a redirect to data is followed', async (t) => {
    const visitor = await stage.visitor(t);
    await answerBy(visitor, {
      'GET /people': (route) => (route.request().url().includes('moved') ? route.fallback() : route.fulfill({ status: 307, headers: { Location: '/api/people?limit=500&moved=1' } })),
    });
    const page = await visitor.open('/demo/people.html');
    await until('everybody is there', async () => (await names(page.locator('entraide-directory')).count()) > 5);
  });

  it('a slow answer is waited for in sight, and the page goes on meanwhile', async (t) => {
    const visitor = await stage.visitor(t);
    let answerNow;
    const wait = new Promise((resolve) => (answerNow = resolve));
    await answerBy(visitor, {
      'GET /people': async (route) => {
        await wait;
        return route.continue();
      },
    });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await directory.getByText('Loading…').waitFor({ state: 'attached' });
    await page.waitForTimeout(1500);
    await directory.getByRole('searchbox').fill('excel');
    const box = await openPanel(page);
    await box.getByRole('textbox', { name: 'Your question' }).fill('Does this go on?');
    answerNow();
    await names(directory).first().waitFor();
    await directory.getByText(/Knows Excel|Helped \d+ times? with Excel/).first().waitFor();
    assert.equal(await box.getByRole('textbox', { name: 'Your question' }).inputValue(), 'Does this go on?');
  });

  it('a list whose next page leads in a circle comes to an end', async (t) => {
    const visitor = await stage.visitor(t);
    let calls = 0;
    await answerBy(visitor, {
      'GET /me': json(ME),
      'GET /people': (route) => {
        calls += 1;
        return route.fulfill(json({ items: [person(`p${calls % 2}`, `Person ${calls % 2}`)], next: calls % 2 ? 'a' : 'b' }));
      },
    });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await directory.getByText('2 colleagues', { exact: true }).waitFor();
    await page.waitForTimeout(500);
    assert.ok(calls <= 4, `${calls} calls`);
  });
});
