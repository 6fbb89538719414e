// A new user connects three APIs that were never seen before, by clicks alone, and ends with a
// working directory each time: their own sign-in, their own shape, their own paging. Then what
// goes wrong is told in words, and the element is there for everybody.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { names } from './harness/answers.mjs';
import { launchChromium } from './harness/chromium.mjs';
import { SLOW, slowDown } from './harness/slow.mjs';
import { nameOf, posted, setupPage, skipping, tokens } from './harness/unseen.mjs';
import { until } from './harness/widget.mjs';

const axe = createRequire(import.meta.url)('axe-core');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe('connecting a backend', () => {
  let browser;
  let page1;
  let staff;
  let records;
  before(async () => {
    [browser, staff, records] = await Promise.all([launchChromium(), skipping(), tokens()]);
    page1 = await setupPage({ connect: [staff.url, records.url, 'http://127.0.0.1:9'] });
  });
  after(async () => {
    await browser?.close();
    for (const it of [page1, staff, records]) it?.server.closeAllConnections?.(), it?.server.close();
  });

  /** Opens the page; what it complains about fails the test, unless `expected` says so. */
  const visit = async (t, { expected = [], lang = 'en', ...options } = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
    context.setDefaultTimeout(20_000 * SLOW);
    const complaints = [];
    const page = await context.newPage();
    await slowDown(page);
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
    t.after(async () => {
      await context.close();
      assert.deepEqual(complaints.filter((text) => !expected.some((pattern) => pattern.test(text))), [], 'the page complained');
    });
    await page.goto(`${page1.url}/?lang=${lang}`);
    const box = page.locator('entraide-setup');
    await box.getByRole('heading', { name: lang === 'fr' ? 'Connecter un système' : 'Connect a backend' }).waitFor();
    const people = box.getByRole('region', { name: lang === 'fr' ? '1. Collègues' : '1. Colleagues' });
    const requests = box.getByRole('region', { name: '2. Questions' });
    const finish = box.getByRole('region', { name: lang === 'fr' ? '3. Configuration terminée' : '3. Finished configuration' });
    const directory = box.locator('entraide-directory');
    return { page, box, people, requests, finish, directory };
  };
  const row = (part, label) => part.locator('.fields > li').filter({ has: part.page().getByLabel(label, { exact: true }) });
  const documentOf = async (finish) => JSON.parse(await finish.getByRole('region', { name: 'The configuration' }).innerText());
  const shows = async (directory, name) => {
    await directory.scrollIntoViewIfNeeded();
    await until(`the directory shows ${name}`, async () => (await names(directory).allInnerTexts()).includes(name));
  };

  it('an API behind a key, two envelopes deep, that skips and takes', { timeout: 180_000 }, async (t) => {
    const { page, people, finish, directory } = await visit(t, { expected: [/401/] });
    await people.getByLabel('Address that lists colleagues').fill(`${staff.url}/v9/staff?skip=0&take=10`);
    await people.getByRole('button', { name: 'Call it' }).click();
    await people.getByText('It wants to know who asks (401)').waitFor();
    await people.getByLabel('How does it know who asks?').selectOption({ label: 'By a key in a header' });
    await people.getByLabel('Name of the header').fill('X-Staff-Key');
    await people.getByLabel('Key', { exact: true }).fill('k-123');
    await people.getByRole('button', { name: 'Call it' }).click();
    await people.getByText('Entries that came: 10 of 60.').waitFor();
    // What it cannot know is the rank: it is pointed at.
    assert.equal(await people.getByLabel('Title', { exact: true }).inputValue(), '-1');
    await people.getByRole('button', { name: 'rank: Welder' }).first().click();
    await people.getByRole('group', { name: '“rank” is the:' }).getByRole('button', { name: 'Title' }).click();
    await until('the title was pointed at', async () => /Welder[\s\S]*you pointed at it/.test(await row(people, 'Title').innerText()));
    assert.match(await row(people, 'Name').innerText(), /sure: made of “given” and “family”/);
    if (!/label/.test(await people.getByLabel('Skills', { exact: true }).locator('option:checked').innerText())) {
      await people.getByRole('button', { name: 'label: welding' }).first().click();
      await people.getByRole('group').getByRole('button', { name: 'Skills' }).click();
    }
    await shows(directory, nameOf(0));
    const document = await documentOf(finish);
    assert.deepEqual(document.auth, { kind: 'key', header: 'X-Staff-Key' });
    assert.equal(document.operations['people.list'].paging.kind, 'offset');
    assert.equal(document.records.person.skills, 'crafts[].label');
    assert.ok(!JSON.stringify(document).includes('k-123'), 'a secret is in the document');
    // All pages come, 25 at a time whatever was asked for.
    await until('everybody is counted', async () => /60/.test(await directory.locator('.found').innerText()));
    assert.match(await finish.getByRole('region', { name: 'Who gives the secret' }).innerText(), /return token/);
    await page.close();
  });

  it('an API behind a token, with a cursor and odd names', { timeout: 180_000 }, async (t) => {
    const { people, finish, directory } = await visit(t, { expected: [/404/] });
    await people.getByLabel('How does it know who asks?').selectOption({ label: 'By a token (Bearer)' });
    await people.getByLabel('Token').fill('t-456');
    await people.getByLabel('Address that lists colleagues').fill(`${records.url}/who/list`);
    await people.getByLabel('Address that lists colleagues').press('Enter');
    await people.getByText('Entries that came: 20.').waitFor();
    for (const [value, what] of [[`caption: ${nameOf(0)}`, 'Name'], ['does_well: welding, contracts', 'Skills'], ['what: Welder', 'Title']]) {
      await people.getByRole('button', { name: value }).first().click();
      await people.getByRole('group').getByRole('button', { name: what, exact: true }).click();
    }
    await shows(directory, nameOf(0));
    await until('everybody is counted', async () => /45/.test(await directory.locator('.found').innerText()));
    const document = await documentOf(finish);
    assert.deepEqual(document.records.person.skills, { select: 'does_well', split: ',' });
    assert.equal(document.operations['people.list'].paging.kind, 'cursor');
    assert.equal(document.records.person.team, 'info.unit');
  });

  it('an API on the page’s own host behind a cookie, and a test request into its tickets', { timeout: 180_000 }, async (t) => {
    // Whether one ticket can be read alone is tried, and it cannot.
    const { box, people, requests, finish, directory } = await visit(t, { expected: [/404/] });
    await people.getByLabel('Address that lists colleagues').fill('/intranet/api/colleagues');
    await people.getByLabel('How does it know who asks?').selectOption({ label: 'By being signed in (the browser’s cookie)' });
    await people.getByRole('button', { name: 'Call it' }).click();
    await people.getByText('Entries that came: 12.').waitFor();
    await people.getByText('One entry can also be read alone, at /colleagues/{id}.').waitFor();
    await shows(directory, nameOf(0));
    await until('everybody is counted', async () => /36/.test(await directory.locator('.found').innerText()));

    await requests.getByLabel('What is it?').selectOption({ label: 'Something else: I have its address' });
    await requests.getByLabel('Address that lists questions').fill('/intranet/api/tickets');
    await requests.getByLabel('How does it know who asks?').selectOption({ label: 'By being signed in (the browser’s cookie)' });
    await requests.getByRole('button', { name: 'Call it' }).click();
    await requests.getByText('Entries that came: 2.').waitFor();
    assert.equal(posted.length, 0, 'something was sent unasked');
    await requests.getByLabel('Question for the test').fill('How do pumps work?');
    await requests.getByRole('button', { name: 'Send a test request' }).click();
    await requests.getByText('It was taken: 201').waitFor();
    await requests.getByText('The new entry is 901.').waitFor();
    assert.equal(posted.length, 1);
    assert.equal(posted[0].subject, 'How do pumps work?');
    const document = await documentOf(finish);
    assert.deepEqual(document.auth, { kind: 'cookie' });
    assert.equal(document.base, '/intranet/api');
    assert.deepEqual(document.operations['people.get'], { call: 'GET /colleagues/{id}', item: 'person' });
    assert.deepEqual(document.records.request.status.values, { new: 'open', resolved: 'solved', '*': 'open' });
    await box.getByText('The widget can: find colleagues, show one colleague, ask, list questions').waitFor();
    // Who is shown from the directory comes from the address of one.
    await directory.getByRole('button', { name: new RegExp(nameOf(1)) }).first().click();
    await directory.getByText('Buyer').first().waitFor();
  });

  it('says in words what is wrong and what to do', { timeout: 180_000 }, async (t) => {
    const { people } = await visit(t, { expected: [/./] });
    const address = people.getByLabel('Address that lists colleagues');
    for (const [where, words] of [
      ['nonsense', /This is no address/],
      ['/intranet/nothing', /There is nothing at this address \(404\)/],
      ['http://127.0.0.1:9/people', /Nothing answers at this address/],
      ['http://127.0.0.1:7/people', /Add its origin to connect-src: http:\/\/127\.0\.0\.1:7/],
      ['/', /A web page came instead of data/],
      ['/intranet/api/colleagues/1', /This is one entry, not a list/],
    ]) {
      await address.fill(where);
      await people.getByRole('button', { name: 'Call it' }).click();
      await until(`${where}: ${words}`, async () => words.test(await people.innerText()));
    }
    await people.getByLabel('What is it?').selectOption({ label: 'Something else: I paste what it answers' });
    await people.getByLabel('What it answers (JSON)').fill('[{"id": 1, "name": "Ada Byron"}, ');
    await people.getByRole('button', { name: 'Read it' }).click();
    await people.getByText('This is no JSON').waitFor();
    await people.getByLabel('What it answers (JSON)').fill('[{"id": 1, "name": "Ada Byron"}]');
    await people.getByRole('button', { name: 'Read it' }).click();
    await people.getByText('Entries that came: 1.').waitFor();
  });

  it('takes a preset where there is one', { timeout: 180_000 }, async (t) => {
    const { people, finish } = await visit(t, { expected: [/404/] });
    await people.getByLabel('What is it?').selectOption({ label: 'Entraide' });
    await people.getByLabel('Address of the system').fill('/entraide-api');
    await people.getByRole('button', { name: 'Connect' }).click();
    await until('the document extends the preset', async () => (await documentOf(finish)).extends === 'entraide');
  });

  for (const lang of ['en', 'fr']) {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [320, 1280]) {
        it(`is there for everybody: ${lang}, ${colorScheme}, ${width} px`, { timeout: 180_000 }, async (t) => {
          // axe-core is put into the page, which its policy would rightly refuse; without the element
          // the page has no backend, which it says.
          const { page, box, people, requests, directory } = await visit(t, { lang, colorScheme, viewport: { width, height: 800 }, bypassCSP: true, expected: [/404/, /it must say where the backend is/] });
          await page.evaluate(axe.source);
          const problems = [];
          const check = async (screen) => {
            const { violations } = await page.evaluate((tags) => window.axe.run({ include: [['entraide-setup']] }, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
            for (const { id, nodes } of violations) for (const { target, failureSummary } of nodes) problems.push(`${screen}: ${id} at ${target.flat().join(' ')}: ${failureSummary}`);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (wide > 1) problems.push(`${screen}: the page scrolls sideways by ${wide} px`);
          };
          const [send, address] = lang === 'fr' ? ['Appeler', /Adresse qui liste/] : ['Call it', /Address that lists/];
          await check('empty');
          await people.getByLabel(address).fill('/intranet/api/colleagues');
          // By keyboard alone: the form is sent by Enter.
          await page.keyboard.press('Enter');
          await people.locator('.came').waitFor();
          const leaf = people.locator('button.leaf').nth(1);
          await leaf.focus();
          await page.keyboard.press('Enter');
          await people.locator('.asking button').first().waitFor();
          const active = (pattern) => until(`the focus is at ${pattern}`, async () => pattern.test(await page.evaluate(() => document.querySelector('entraide-setup').shadowRoot.activeElement?.className)));
          await active(/^chip$/);
          await check('pointing');
          await page.keyboard.press('Escape');
          await active(/leaf/);
          await requests.locator('select').first().selectOption('address');
          await requests.getByLabel(address).fill('/intranet/api/tickets');
          await requests.getByRole('button', { name: send }).click();
          await requests.locator('.came').waitFor();
          await directory.scrollIntoViewIfNeeded();
          await directory.locator('li[aria-posinset] .name').first().waitFor();
          await check('all');
          if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/setup-${lang}-${colorScheme}-${width}.png`, fullPage: true });
          await box.evaluate((element) => element.remove());
          assert.deepEqual(problems, []);
        });
      }
    }
  }
});
