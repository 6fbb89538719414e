// The host pages by themselves: they stand under the strict policy without a complaint, fit
// every width, and are as hostile as they claim to be. A widget that works in them has proved
// something only while this holds.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStage } from './harness/stage.mjs';
import { until } from './harness/widget.mjs';

const PAGES = {
  '/': { en: /^Good (morning|afternoon|evening), \S+/, fr: /^(Bonjour|Bonsoir), \S+/ },
  '/demo/people.html': { en: /^Who knows what$/, fr: /^Qui sait quoi$/ },
  '/demo/expenses.html': { en: /^Expense report$/, fr: /^Note de frais$/ },
  '/demo/policy.html': { en: /^Travel policy$/, fr: /^Politique voyages$/ },
  '/demo/inbox.html': { en: /^Questions$/, fr: /^Questions$/ },
};

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

describe('host pages', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const [path, headings] of Object.entries(PAGES)) {
    for (const [width, locale, colorScheme] of [
      [320, 'fr-FR', 'dark'],
      [1600, 'en-GB', 'light'],
    ]) {
      it(`${path} at ${width} px, ${locale}, ${colorScheme}`, async (t) => {
        const visitor = await stage.visitor(t, { width, locale, colorScheme });
        const page = await visitor.open(path);
        await page.waitForFunction((pattern) => new RegExp(pattern).test(document.querySelector('h1')?.textContent), headings[locale.slice(0, 2)].source);
        await page.waitForLoadState('networkidle');
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `the page is ${sideways} px too wide`);
      });
    }
  }

  it('are sent with the strict policy, word for word', async () => {
    for (const path of Object.keys(PAGES)) {
      const answer = await fetch(stage.url + path);
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers.get('content-security-policy'), POLICY, path);
    }
  });

  it('let one be another colleague, in this browser only', async (t) => {
    const one = await stage.visitor(t);
    const two = await stage.visitor(t, { as: 'vm-0002' });
    const page = await one.open('/');
    const other = await two.open('/');
    const name = (on) => on.locator('.who__label').textContent();
    await page.waitForFunction(() => document.querySelector('.who__label').textContent !== 'Sign in');
    await other.waitForFunction(() => document.querySelector('.who__label').textContent !== 'Sign in');
    const [first, second] = [await name(page), await name(other)];
    assert.notEqual(first, second);

    await page.locator('.who__button').click();
    await page.getByLabel('Search a colleague').fill(second);
    // A company of two thousand has namesakes; either of them will do.
    await page.locator('.drop__item', { hasText: second }).first().click();
    await page.waitForFunction((wanted) => document.querySelector('.who__label')?.textContent === wanted, second);
    assert.equal(await name(other), second);
  });

  it('change language and colours, and keep the choice', async (t) => {
    const visitor = await stage.visitor(t, { colorScheme: 'light' });
    const page = await visitor.open('/demo/policy.html');
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Politique voyages' }).waitFor();
    await page.getByRole('button', { name: 'Clair ou sombre' }).click();
    await page.reload();
    const state = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
    assert.deepEqual(state, ['fr', 'dark']);
  });

  it('count an expense report', async (t) => {
    const visitor = await stage.visitor(t, { locale: 'fr-FR' });
    const page = await visitor.open('/demo/expenses.html');
    const total = () => page.locator('#total').textContent();
    assert.match(await total(), /^418,40\s€$/);
    await page.getByRole('button', { name: 'Ajouter une ligne' }).click();
    const line = page.locator('.line').last();
    await line.getByLabel('Nature').selectOption('taxi');
    await line.getByLabel('Montant').fill('1 000,50');
    assert.match(await total(), /^1\s418,90\s€$/);
    await page.getByText('y avait-il un train').waitFor();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByText('Transmise à votre responsable').waitFor();
  });

  it('are hostile: patched fetch and prototypes, a bar above all, hotkeys', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/127\.0\.0\.1:1\b/);
    const page = await visitor.open('/');
    const host = await page.evaluate(async () => ({
      enumerable: Object.keys(Array.prototype),
      rejection: await fetch('http://127.0.0.1:1/').catch((error) => typeof error),
      bar: getComputedStyle(document.querySelector('.bar')).zIndex,
      rem: getComputedStyle(document.documentElement).fontSize,
      dialog: getComputedStyle(document.body.appendChild(document.createElement('dialog'))).display,
      unknown: getComputedStyle(document.body.appendChild(document.createElement('x-y'))).transform,
    }));
    assert.ok(host.enumerable.includes('remove'));
    assert.equal(host.rejection, 'string');
    assert.equal(host.bar, '2147483000');
    assert.equal(host.rem, '10px');
    assert.equal(host.dialog, 'none');
    assert.match(host.unknown, /^matrix/);

    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'site-search');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog', { name: 'Keyboard' }).count(), 0);
  });

  it('would not hide a violation from these tests', async (t) => {
    const visitor = await stage.visitor(t);
    const page = await visitor.open('/');
    await page.evaluate(() => {
      const sheet = document.createElement('style');
      sheet.textContent = 'body { color: red }';
      document.head.append(sheet);
      setTimeout(() => {
        throw new Error('uncaught on purpose');
      });
    });
    for (const pattern of [/CSP violation: style-src/, /uncaught on purpose/]) {
      await until(`${pattern} is heard`, () => pattern.test(visitor.complaints.join('\n')));
    }
    visitor.forgive();
  });
});
