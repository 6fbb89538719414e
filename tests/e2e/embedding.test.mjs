// The widget in pages that somebody else made: strict policies, missing files, patched globals,
// elements that come and go, a fault of the widget itself. The pages are made here; the server
// and the widget are the real ones.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStage } from './harness/stage.mjs';
import { holds, until } from './harness/widget.mjs';

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const SCRIPT = '<script src="/entraide/entraide.js" defer data-base="/api"></script>';

const KEPT = 'Something broke here. Your text is kept.';

/** Opens a page with this body, head and policy, and with `script` run before all others. */
async function openPage(visitor, { body = '<div id="box"></div>', head = SCRIPT, policy = POLICY, script = '' } = {}) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
    <link rel="icon" href="data:,"><script src="/host.js"></script>${head}</head><body>${body}</body></html>`;
  await visitor.context.route('**/host.html*', (route) =>
    route.fulfill({ contentType: 'text/html', body: html, headers: { 'Content-Security-Policy': policy } }),
  );
  await visitor.context.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  return visitor.open('/host.html');
}

const button = (page) => page.locator('entraide-launcher [part=launcher]');
const panel = (page) => page.locator('entraide-launcher [part=panel]');
const question = (page) => panel(page).locator('textarea').first();
const asks = (page, words) =>
  page.waitForFunction((text) => document.querySelector('entraide-launcher').shadowRoot.querySelector('textarea')?.value === text, words);
const add = (page, tag) => page.evaluate((name) => document.getElementById('box').append(document.createElement(name)), tag);

describe('embedding', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('fetches the Wasm only when it is needed, and answers the keyboard alone', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      script: 'window.keys = []; document.addEventListener("keydown", (event) => keys.push(event.key));',
    });
    const fetched = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await button(page).waitFor();
    assert.deepEqual(fetched, []);
    await button(page).focus();
    await page.keyboard.press('Enter');
    await question(page).waitFor();
    assert.ok(fetched.includes('/entraide/entraide.wasm'));
    await until('the launcher says that it is open', async () => (await button(page).getAttribute('aria-expanded')) === 'true');
    await question(page).focus();
    await page.evaluate('keys.length = 0');
    await page.keyboard.type('a/b?');
    await holds(question(page), 'a/b?');
    assert.deepEqual(await page.evaluate('keys'), [], 'keys reached the page');
    await page.keyboard.press('Escape');
    await until('the launcher says so', async () => (await button(page).getAttribute('aria-expanded')) === 'false');
    await until('the launcher has the focus', () => page.evaluate('document.activeElement.localName === "entraide-launcher"'));
  });

  it('is started once, by a classic script and by a module', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      head: '<script type="module" src="/entraide/entraide.js"></script><script src="/entraide/entraide.js?2" defer></script>',
    });
    await button(page).waitFor();
    assert.equal(await page.locator('entraide-launcher').count(), 1);
  });

  it('keeps what was set and called before it was there', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      body: '<entraide-ask id="ask"></entraide-ask><div id="box"></div>',
      script: 'document.addEventListener("readystatechange", () => { if (window.ask && !window.entraide) ask.question = "Early?"; });',
    });
    assert.equal(await page.evaluate('ask.getAttribute("question")'), 'Early?');
    await page.waitForFunction(() => document.getElementById('ask').shadowRoot.querySelector('textarea')?.value === 'Early?');
    await page.evaluate('entraide.ask({ question: "Called?", skills: ["VAT"] })');
    await asks(page, 'Called?');
    const found = await page.evaluate('entraide.search("", { limit: 3 })');
    assert.equal(found.length, 3);
    const known = ['availability', 'id', 'languages', 'name', 'place', 'skills', 'team', 'title', 'wants', 'why'];
    assert.deepEqual(Object.keys(found[0]).sort(), known);
  });

  it('opens from marked elements, also inside of shadow roots', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      body: '<div id="box"></div><span id="mark" tabindex="0" data-entraide-ask="From a span?">?</span>',
    });
    await page.focus('#mark');
    await page.keyboard.press('Enter');
    await question(page).waitFor();
    await holds(question(page), 'From a span?');
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      const inner = document.createElement('button');
      inner.dataset.entraideAsk = 'From a shadow?';
      inner.textContent = 'inner';
      document.getElementById('box').attachShadow({ mode: 'open' }).append(inner);
    });
    await page.getByText('inner').click();
    await asks(page, 'From a shadow?');
  });

  it('lets a page change a question before it is posted, or cancel it', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      script: `window.seen = [];
        for (const name of ['before-post', 'request-posted']) document.addEventListener('entraide-' + name, (event) => {
          seen.push(name);
          if (name === 'before-post') { if (window.cancel) event.preventDefault(); event.detail.details = 'Added by the page.'; }
        });`,
    });
    const send = async () => {
      // The last look, then the explicit send.
      for (let i = 0; i < 2; i += 1) await panel(page).locator('button.primary').first().click();
    };
    await page.evaluate('window.cancel = true; entraide.ask({ question: "May this be posted?" })');
    await question(page).waitFor();
    await send();
    await page.waitForFunction(() => window.seen.length === 1);
    await page.evaluate('window.cancel = false');
    await panel(page).locator('button.primary').first().click();
    await page.waitForFunction(() => window.seen.includes('request-posted'));
    await panel(page).getByText('Added by the page.').waitFor();
  });

  it('survives its own fault: words, another try, the text kept', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/entraide: panicked/, /unreachable/);
    const page = await openPage(visitor);
    await button(page).click();
    await question(page).waitFor();
    await add(page, 'entraide-directory');
    await page.locator('entraide-directory input').first().waitFor();
    await question(page).fill('My precious words');
    // Drafts are kept once typing rests.
    await page.waitForFunction(() => Object.values(localStorage).some((text) => text.includes('precious')));
    await page.evaluate('entraide.diagnose({ panic: true })');
    await panel(page).getByText(KEPT).waitFor();
    await page.locator('entraide-directory').getByText(KEPT).waitFor();
    const report = await page.evaluate('entraide.diagnose()');
    assert.equal(report.loaded, true, 'whoever asks again starts it again');
    await question(page).waitFor();
    await holds(question(page), 'My precious words');
    await question(page).press('End');
    await page.keyboard.type('!');
    await holds(question(page), 'My precious words!');
    await page.evaluate('entraide.diagnose({ panic: true })');
    await panel(page).getByText('Try again').click();
    await question(page).waitFor();
    await page.locator('entraide-directory input').first().waitFor();
    await until('nothing is said of it any more', async () => (await page.getByText(KEPT).count()) === 0);
  });

  it('leaves the faults of the page to the page', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/a fault of the host/);
    const page = await openPage(visitor, {
      script: 'document.addEventListener("entraide-ready", () => { throw new Error("a fault of the host"); });',
    });
    await button(page).click();
    await question(page).waitFor();
    await page.waitForTimeout(200);
    assert.equal(await page.getByText(KEPT).count(), 0);
  });

  for (const [what, patch] of [
    ['rejects with nothing', 'window.fetch = () => Promise.reject(undefined)'],
    ['gives no response', 'window.fetch = () => ({ then: 1 })'],
    ['throws', 'window.fetch = () => { throw "patched"; }'],
  ]) {
    it(`says so where the page's fetch ${what}`, async (t) => {
      const page = await openPage(await stage.visitor(t));
      await button(page).click();
      await question(page).waitFor();
      await page.evaluate(patch);
      await add(page, 'entraide-directory');
      await page.locator('entraide-directory').getByText('There is no connection to the server.').waitFor();
      assert.equal(await page.getByText(KEPT).count(), 0);
    });
  }

  it('says what a page needs where its policy refuses the Wasm, or shows what the page has for that', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/wasm-unsafe-eval|WebAssembly|wasm-eval/);
    const page = await openPage(visitor, {
      policy: POLICY.replace(" 'wasm-unsafe-eval'", ''),
      body: '<entraide-directory><a slot="fallback" href="/people">The old directory</a></entraide-directory>',
    });
    await page.getByText('The old directory').waitFor();
    await button(page).click();
    await panel(page).getByText('wasm-unsafe-eval').waitFor();
    const report = await page.evaluate('entraide.diagnose()');
    assert.equal(report.failure.kind, 'refused');
    assert.ok(report.violations.length > 0);
    await panel(page).getByText('Close').click();
    await until('the panel is closed', async () => !(await panel(page).isVisible()));
  });

  it('comes back when a missing file does, and takes a wrong media type', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/404/);
    const page = await openPage(visitor);
    let missing = true;
    await page.route('**/entraide.wasm*', async (route) => {
      if (missing) return route.fulfill({ status: 404, body: 'gone' });
      const response = await route.fetch();
      return route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'text/plain' } });
    });
    await button(page).click();
    await panel(page).getByText('HTTP 404').waitFor();
    missing = false;
    await panel(page).getByText('Try again').click();
    await question(page).waitFor();
  });

  it('keeps its state in a move, and nothing of a thousand comings and goings', async (t) => {
    const page = await openPage(await stage.visitor(t));
    await add(page, 'entraide-directory');
    const search = page.locator('entraide-directory input').first();
    await search.fill('moved');
    await page.evaluate('document.body.prepend(document.querySelector("entraide-directory"))');
    await page.waitForTimeout(100);
    assert.equal(await search.inputValue(), 'moved');
    await page.evaluate('document.querySelector("entraide-directory").remove()');

    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const count = async () => {
      for (let i = 0; i < 4; i += 1) {
        await devtools.send('HeapProfiler.collectGarbage');
        await page.waitForTimeout(50);
      }
      const { metrics } = await devtools.send('Performance.getMetrics');
      const of = (name) => metrics.find((metric) => metric.name === name).value;
      const { memory } = await page.evaluate('entraide.diagnose()');
      return { nodes: of('Nodes'), listeners: of('JSEventListeners'), memory };
    };
    const comeAndGo = (times) =>
      page.evaluate(async (n) => {
        const box = document.getElementById('box');
        for (let i = 0; i < n; i += 1) {
          const element = document.createElement(`entraide-${['ask', 'directory', 'inbox'][i % 3]}`);
          const ready = new Promise((resolve) => element.addEventListener('entraide-ready', resolve, { once: true }));
          box.append(element);
          await ready;
          element.remove();
          await new Promise((resolve) => setTimeout(resolve));
        }
      }, times);
    await comeAndGo(120);
    const before = await count();
    await comeAndGo(1000);
    const later = await count();
    assert.ok(later.nodes - before.nodes < 10, `nodes: ${before.nodes}, then ${later.nodes}`);
    assert.ok(later.listeners - before.listeners < 5, `listeners: ${before.listeners}, then ${later.listeners}`);
    assert.equal(later.memory, before.memory, 'Wasm memory grew');
  });

  it('goes without a trace, and can come back', async (t) => {
    const page = await openPage(await stage.visitor(t), {
      policy: POLICY.replace(/require-trusted.*/, ''),
      body: '<entraide-directory></entraide-directory>',
    });
    await button(page).click();
    await question(page).waitFor();
    await page.evaluate('window.old = entraide; entraide.destroy(); old.ask({ question: "Anybody?" })');
    assert.equal(await page.evaluate('typeof window.entraide'), 'undefined');
    assert.equal(await page.locator('entraide-launcher').count(), 0);
    assert.equal(await page.evaluate('document.querySelector("entraide-directory").shadowRoot.childNodes.length'), 0);
    await page.evaluate(() => {
      const again = document.createElement('script');
      again.src = '/entraide/entraide.js?again';
      again.dataset.base = '/api';
      document.head.append(again);
    });
    await page.locator('entraide-directory input').first().waitFor();
    await button(page).waitFor();
  });
});
