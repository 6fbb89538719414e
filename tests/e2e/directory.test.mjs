// The directory at ten thousand people: imported by the real command, searched at the speed of
// a slow computer, walked through by keyboard, filtered, and found again by its address.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../../tools/build/run.mjs';
import { crowd, toCsv } from './harness/crowd.mjs';
import { openStage } from './harness/stage.mjs';
import { holds, openPanel, until } from './harness/widget.mjs';

const COUNT = 10_000;
const people = crowd(COUNT);

const number = (n) => n.toLocaleString('en');
const colleagues = (n) => `${number(n)} colleague${n === 1 ? '' : 's'}`;
const found = (directory) => directory.locator('#found');
const rows = (directory) => directory.locator('li[aria-posinset]');
/** The row that has the focus: its place, how many there are, and what it says. */
const focused = (page) =>
  page.evaluate(() => {
    const inner = document.querySelector('entraide-directory').shadowRoot.activeElement;
    const row = inner?.closest('li[aria-posinset]');
    return row && { at: Number(row.ariaPosInSet), of: Number(row.ariaSetSize), seen: row.getBoundingClientRect().bottom <= row.parentElement.getBoundingClientRect().bottom + 1 && row.getBoundingClientRect().top >= row.parentElement.getBoundingClientRect().top - 1 };
  });

/** Opens the directory's page and waits until everybody is there. */
async function openDirectory(visitor, path = '/demo/people.html') {
  const page = await visitor.open(path);
  const directory = page.locator('entraide-directory');
  await directory.getByText(/^[\d,]+ colleagues?$/).waitFor({ timeout: 60_000 });
  return { page, directory, search: directory.getByRole('searchbox') };
}

describe('the directory of ten thousand people', () => {
  let stage;
  before(async () => {
    stage = await openStage({
      fill: async (program, db) => {
        const file = join(dirname(db), 'crowd.csv');
        writeFileSync(file, toCsv(people));
        await run(program, ['import', file, '--db', db], { capture: true });
      },
    });
  });
  after(() => stage?.close());

  const visitor = (t, options) => stage.visitor(t, { as: people[0].id, ...options });

  it('shows all of them in few rows', { timeout: 180_000 }, async (t) => {
    const { page, directory } = await openDirectory(await visitor(t));
    assert.equal(await found(directory).textContent(), colleagues(COUNT));
    const drawn = await rows(directory).count();
    assert.ok(drawn > 3 && drawn < 60, `${drawn} rows are drawn`);
    assert.equal(await rows(directory).first().getAttribute('aria-setsize'), String(COUNT));
    assert.equal(await rows(directory).first().getAttribute('aria-posinset'), '1');

    // By the wheel and by the bar: what is in sight is there, and it is the right ones.
    const list = directory.getByRole('list', { name: 'Colleagues found' });
    for (const part of [0.5, 0.9, 1, 0]) {
      await list.evaluate((element, part) => (element.scrollTop = part * (element.scrollHeight - element.clientHeight)), part);
      await until(`rows at ${part}`, () =>
        list.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          const seen = [...element.querySelectorAll('li[aria-posinset]')].filter((row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom);
          const covered = seen.reduce((sum, row) => sum + Math.min(bottom, row.getBoundingClientRect().bottom) - Math.max(top, row.getBoundingClientRect().top), 0);
          return covered > 0.95 * (bottom - top - 2);
        }),
      );
      assert.ok((await rows(directory).count()) < 60);
    }
    const heights = await rows(directory).evaluateAll((all) => [...new Set(all.map((row) => Math.round(row.getBoundingClientRect().height)))]);
    assert.equal(heights.length, 1, `rows are equally high: ${heights}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });

  it('is walked through by keyboard', { timeout: 180_000 }, async (t) => {
    const { page, directory, search } = await openDirectory(await visitor(t));
    await search.focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await until('two steps from the search to the first row', async () => {
      const now = await focused(page);
      return now?.at === 1 && now.of === COUNT && now.seen;
    });
    const press = async (key, at) => {
      await page.keyboard.press(key);
      const now = await until(`${key} goes to ${at}`, async () => {
        const now = await focused(page);
        // Where it has scrolled to, too.
        return now?.at === at && now.seen && now;
      }).catch(async (error) => assert.fail(`${error.message}; the focus is at ${JSON.stringify(await focused(page))}`));
      assert.equal(now.of, COUNT);
    };
    await press('ArrowDown', 2);
    await press('ArrowDown', 3);
    await press('ArrowUp', 2);
    await press('End', COUNT);
    assert.ok((await rows(directory).count()) < 60);
    await press('ArrowDown', COUNT);
    await press('ArrowUp', COUNT - 1);
    await press('ArrowUp', COUNT - 2);
    for (let i = 3; i < 20; i += 1) await press('ArrowUp', COUNT - i);
    await press('Home', 1);
    await press('ArrowUp', 1);
    await page.keyboard.press('PageDown');
    const paged = await until('a page further', async () => ((await focused(page))?.at > 1 ? focused(page) : undefined));
    assert.ok(paged.at > 2 && paged.at < 15, `PageDown goes to ${paged.at}`);
    await press('PageUp', 1);
    for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowDown');
    await until('thirty steps are thirty rows', async () => (await focused(page))?.at === 31);
    // And on: Enter opens the card, Back comes back.
    const name = await page.evaluate(() => document.querySelector('entraide-directory').shadowRoot.activeElement.querySelector('.name').textContent);
    await page.keyboard.press('Enter');
    await directory.getByRole('heading', { name }).waitFor();
    await directory.getByRole('button', { name: 'Back' }).click();
    await found(directory).getByText(colleagues(COUNT)).waitFor();
  });

  it('answers typing on a computer that is four times slower', { timeout: 240_000 }, async (t) => {
    const { page, directory, search } = await openDirectory(await visitor(t));
    await page.evaluate(() => {
      window.keys = [];
      window.long = [];
      window.addEventListener(
        'keydown',
        (event) => {
          // Emptying the field presses a key too.
          if (event.key.length > 1) return;
          // After the next frame has been drawn: its callback, then the first task behind it.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => keys.push(performance.now() - event.timeStamp);
            port2.postMessage(0);
          });
        },
        true,
      );
      new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const words = ['metrologie de base', 'controleur lyon', 'pauline marneau', 'excel nantes', 'etalonnge avancee'];
    let pressed = 0;
    for (const text of words) {
      await search.fill('');
      await search.focus();
      // The pace of somebody who types well.
      await page.keyboard.type(text, { delay: 120 });
      pressed += text.length;
      await until(`${text}: somebody is found`, async () => !(await found(directory).getByText(colleagues(COUNT)).count()) && (await rows(directory).count()) > 0);
    }
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const { keys, long } = await page.evaluate(() => ({ keys: window.keys, long: window.long }));
    assert.equal(keys.length, pressed);
    keys.sort((a, b) => a - b);
    const at = (part) => Math.round(keys[Math.min(keys.length - 1, Math.floor(part * keys.length))]);
    const over = long.filter((ms) => ms > 50);
    t.diagnostic(
      `keystroke to paint at 10,000 people and 4x slow-down: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms of ${pressed} keys; ` +
        `${over.length} tasks over 50 ms, the longest ${Math.round(Math.max(0, ...long))} ms`,
    );
    // "Good" and "poor" of web.dev/articles/inp, with room for a machine that others use too.
    assert.ok(at(0.5) <= 200, `half of the keys within 200 ms, not ${at(0.5)}`);
    assert.ok(at(0.95) <= 500, `19 of 20 keys within 500 ms, not ${at(0.95)}`);
  });

  it('is narrowed by facets that tell the truth', { timeout: 180_000 }, async (t) => {
    const { page, directory, search } = await openDirectory(await visitor(t));
    await directory.getByRole('button', { name: 'Filters' }).click();
    const group = (name) => directory.getByRole('group', { name });
    const inLyon = people.filter((p) => p.place === 'Lyon');
    const lyon = group('Place').getByRole('checkbox', { name: `Lyon ${number(inLyon.length)}` });
    await lyon.check();
    await found(directory).getByText(colleagues(inLyon.length), { exact: true }).waitFor();
    const both = inLyon.filter((p) => p.team === 'Qualité');
    await group('Team').getByRole('button', { name: /^All/ }).click();
    await group('Team').getByRole('checkbox', { name: `Qualité ${number(both.length)}` }).check();
    await found(directory).getByText(colleagues(both.length), { exact: true }).waitFor();
    const excel = both.filter((p) => p.skills.includes('Excel'));
    await group('Skill').getByRole('checkbox', { name: `Excel ${number(excel.length)}` }).check();
    await found(directory).getByText(colleagues(excel.length), { exact: true }).waitFor();
    await directory.getByRole('button', { name: 'Filters (3)' }).waitFor();
    const shown = await rows(directory).locator('.name').allTextContents();
    assert.ok(shown.length > 0);
    for (const name of shown) assert.ok(excel.some((p) => name.startsWith(p.name)), `${name} is not one of them`);
    // A second place is one more choice; a chip takes one out.
    const places = people.filter((p) => ['Lyon', 'Dublin'].includes(p.place) && p.team === 'Qualité' && p.skills.includes('Excel'));
    await group('Place').getByRole('checkbox', { name: /^Dublin/ }).check();
    await found(directory).getByText(colleagues(places.length), { exact: true }).waitFor();
    await directory.getByRole('button', { name: 'Remove Qualité' }).click();
    const wider = people.filter((p) => ['Lyon', 'Dublin'].includes(p.place) && p.skills.includes('Excel'));
    await found(directory).getByText(colleagues(wider.length), { exact: true }).waitFor();
    await search.fill('soudeur');
    const welders = wider.filter((p) => p.title === 'Soudeur');
    await until('words and facets together', async () => {
      const text = await found(directory).textContent();
      const n = Number(text.replace(/\D/g, ''));
      return n >= welders.length && n < wider.length;
    });
    await directory.getByRole('button', { name: 'Clear the search' }).click();
    await found(directory).getByText(colleagues(COUNT), { exact: true }).waitFor();
    assert.equal(await search.inputValue(), '');
    await until('the address is clean again', () => page.evaluate(() => location.search === ''));
  });

  it('keeps its search in the address, through a reload and in a link', { timeout: 180_000 }, async (t) => {
    const guest = await visitor(t);
    const { page, directory, search } = await openDirectory(guest);
    const steps = await page.evaluate(() => history.length);
    await search.pressSequentially('excel & café');
    await search.fill('excel');
    await directory.getByRole('button', { name: 'Filters' }).click();
    await directory.getByRole('group', { name: 'Place' }).getByRole('checkbox', { name: /^Nantes/ }).check();
    await directory.getByRole('button', { name: 'Remove Nantes' }).waitFor();
    const text = await found(directory).textContent();
    // Once typing rests.
    const query = () => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)));
    await until('the search is in the address', async () => (await query()).place === 'Nantes');
    assert.deepEqual(await query(), { q: 'excel', place: 'Nantes' });
    assert.equal(await page.evaluate(() => history.length), steps, '“back” leaves the page');
    await page.reload();
    await directory.getByRole('button', { name: 'Remove Nantes' }).waitFor();
    await holds(search, 'excel');
    await found(directory).getByText(text, { exact: true }).waitFor();
    const link = await openDirectory(guest, `/demo/people.html?skill=Excel&team=${encodeURIComponent('Qualité')}&mine=1#here`);
    await link.directory.getByRole('button', { name: 'Remove Excel' }).waitFor();
    await link.directory.getByRole('button', { name: 'Remove Qualité' }).waitFor();
    const wanted = people.filter((p) => p.team === 'Qualité' && p.skills.includes('Excel')).length;
    await found(link.directory).getByText(colleagues(wanted), { exact: true }).waitFor();
    await link.search.fill('lyon');
    await until('what is the page’s own stays', () => link.page.evaluate(() => new URLSearchParams(location.search).get('mine') === '1' && new URLSearchParams(location.search).get('q') === 'lyon' && location.hash === '#here'));
  });

  it('keeps it there by the script’s attribute too, and not unless the page wants it', { timeout: 180_000 }, async (t) => {
    const guest = await visitor(t);
    const html = (more) =>
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">` +
      `<script src="/entraide/entraide.js" defer data-base="/api" ${more}></script></head><body><entraide-directory></entraide-directory></body></html>`;
    await guest.context.route('**/linked.html*', (route) => route.fulfill({ contentType: 'text/html', body: html('data-deep-link') }));
    await guest.context.route('**/plain.html*', (route) => route.fulfill({ contentType: 'text/html', body: html('') }));
    const linked = await openDirectory(guest, '/linked.html?q=excel');
    await holds(linked.search, 'excel');
    await linked.search.fill('excel lyon');
    await until('in the address', () => linked.page.evaluate(() => new URLSearchParams(location.search).get('q') === 'excel lyon'));
    const plain = await openDirectory(guest, '/plain.html?q=excel');
    assert.equal(await plain.search.inputValue(), '');
    await plain.search.fill('lyon');
    await plain.page.waitForTimeout(500);
    assert.equal(await plain.page.evaluate(() => location.search), '?q=excel');
  });

  it('says so when nobody is found, and leads on', { timeout: 180_000 }, async (t) => {
    const { directory, search } = await openDirectory(await visitor(t));
    await search.fill('zzzzqqqq xxyyzz');
    await directory.getByText('Nobody found', { exact: true }).waitFor();
    await directory.getByText('Try fewer words, another spelling, or ask everyone: somebody may know.').waitFor();
    await directory.getByRole('button', { name: 'Ask everyone' }).click();
    await directory.getByRole('textbox', { name: 'Your question' }).waitFor();
    await directory.getByRole('button', { name: 'Remove zzzzqqqq xxyyzz' }).waitFor();
    await directory.getByRole('button', { name: 'Back' }).click();
    await holds(search, 'zzzzqqqq xxyyzz');
    await directory.getByRole('button', { name: 'Clear the search' }).last().click();
    await found(directory).getByText(colleagues(COUNT), { exact: true }).waitFor();
    // A part of the words: the closest, and that is said.
    await search.fill('excel zzzzqqqq');
    await directory.getByText('Nobody matches all of these words. These colleagues come closest.').waitFor();
    await until('the closest are shown', async () => (await rows(directory).count()) > 0);
  });

  it('shows the first while the others arrive, what has arrived when that breaks, and nothing kindly', { timeout: 180_000 }, async (t) => {
    const guest = await visitor(t);
    guest.expect(/\b500\b/);
    let answers = 0;
    let broken = true;
    let goOn;
    const seen = new Promise((resolve) => (goOn = resolve));
    await guest.context.route('**/api/people?*', async (route) => {
      answers += 1;
      const number = answers;
      if (number === 3) await seen;
      return number >= 4 && broken ? route.fulfill({ status: 500, body: '' }) : route.continue();
    });
    const page = await guest.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await directory.getByText(/^[\d,]+ of 10,000 colleagues loaded$/).waitFor();
    await until('the first are shown before the last are there', async () => (await rows(directory).count()) > 0);
    goOn();
    await directory.getByText('The server has a problem. It is not your doing.').waitFor();
    await found(directory).getByText('1,500 colleagues').waitFor();
    await directory.getByRole('searchbox').fill('excel');
    await until('those who are there can be searched', async () => !(await found(directory).getByText('1,500 colleagues').count()) && (await rows(directory).count()) > 0);
    broken = false;
    await directory.getByRole('button', { name: 'Try again' }).click();
    await directory.getByRole('searchbox').fill('');
    await found(directory).getByText(colleagues(COUNT), { exact: true }).waitFor({ timeout: 30_000 });

    const empty = await visitor(t);
    await empty.context.route('**/api/people?*', (route) => route.fulfill({ contentType: 'application/json', body: '{"items":[],"total":0}' }));
    const other = await empty.open('/');
    const box = await openPanel(other, 'Colleagues');
    await box.getByText('No colleagues yet').waitFor();
    await box.getByText('As soon as people are in the directory, you will find them here.').waitFor();
  });
});
