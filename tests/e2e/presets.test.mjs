// Presets by name: one file beside the script for each, of which a page loads the one that it
// uses, and clear words where there is none.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { openStage } from './harness/stage.mjs';
import { dist } from '../../tools/build/paths.mjs';

const NAMES = readdirSync(join(dist, 'presets'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -5));

/** Opens a page with a directory and these attributes of the script; `script` runs beside it. */
async function openPage(visitor, attributes, script = '') {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
    <script src="/entraide/entraide.js" defer ${attributes}></script><script src="/host.js" defer></script></head>
    <body><entraide-directory></entraide-directory></body></html>`;
  visitor.presets = [];
  await visitor.context.route('**/host.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await visitor.context.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  visitor.context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.includes('/presets/')) visitor.presets.push(pathname);
  });
  return visitor.open('/host.html');
}

const people = (page) => page.locator('entraide-directory [part~=result] li[aria-posinset]').first();
const words = (page, text) => page.locator('entraide-directory').getByText(text).first();

describe('presets by name', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('loads the one that the script names, and no other', async (t) => {
    const visitor = await stage.visitor(t);
    const page = await openPage(visitor, 'data-backend="entraide" data-base="/api"');
    await people(page).waitFor();
    // Configuring again asks for nothing that is here.
    await page.evaluate('entraide.configure({ lang: "fr" })');
    await page.locator('entraide-directory [lang=fr]').waitFor();
    assert.deepEqual(visitor.presets, ['/entraide/presets/entraide.json']);
  });

  it('loads it while the Wasm is on its way', async (t) => {
    const visitor = await stage.visitor(t);
    let asked;
    const preset = new Promise((resolve) => (asked = resolve));
    await visitor.context.route('**/entraide.wasm*', async (route) => {
      // The Wasm does not come before the preset was asked for.
      await preset;
      await route.continue();
    });
    await visitor.context.route('**/presets/entraide.json*', async (route) => {
      asked();
      await route.continue();
    });
    const page = await openPage(visitor, 'data-base="/api"');
    await people(page).waitFor();
  });

  it('loads none for a document that extends none', async (t) => {
    const visitor = await stage.visitor(t);
    const config = {
      records: { person: { id: 'id', name: 'name' } },
      operations: { 'people.list': { call: 'GET /people', items: 'items' } },
    };
    const page = await openPage(visitor, 'data-base="/api"', `entraide.configure({ config: ${JSON.stringify(config)} })`);
    await people(page).waitFor();
    assert.deepEqual(visitor.presets, []);
  });

  it('loads what the parts of a document extend, each once', async (t) => {
    const visitor = await stage.visitor(t);
    const config = {
      parts: {
        people: { extends: 'entraide', base: '/api' },
        requests: { extends: 'entraide', base: '/api', operations: { events: null } },
      },
    };
    await visitor.context.route('**/mapping.json', (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(config) }));
    const page = await openPage(visitor, 'data-config="/mapping.json"');
    await people(page).waitFor();
    assert.deepEqual(visitor.presets, ['/entraide/presets/entraide.json']);
  });

  it('names those that ship where there is no such preset, also in the console, and leaves its folder for no name', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/console error: entraide: there is no preset/);
    for (const name of ['entraid', '../integrity', 'https://evil.example/x']) {
      const told = visitor.context.waitForEvent('console', (message) => message.text().startsWith('entraide: there is no preset'));
      const page = await openPage(visitor, `data-backend="${name}" data-base="/api"`);
      await told;
      await words(page, `there is no preset \`${name}\`; there are: ${NAMES.join(', ')}`).waitFor();
      await page.close();
    }
    assert.deepEqual(visitor.presets, []);
  });

  for (const [what, answer, said] of [
    ['is missing', { status: 404, body: 'no' }, /entraide\.json\S*: HTTP 404 \(the folder `presets` belongs beside entraide\.js\)/],
    ['is a web page', { contentType: 'text/html', body: '<!doctype html><title>Sign in</title>' }, /a web page came instead of JSON/],
    ['extends a preset', { contentType: 'application/json', body: '{"extends":"entraide"}' }, /the preset `entraide` extends a preset/],
    ['is no JSON', { contentType: 'application/json', body: '{"name":' }, /this is not JSON/],
  ]) {
    it(`says that a preset ${what}, and works once it is mended`, async (t) => {
      const visitor = await stage.visitor(t);
      visitor.expect(/404/, /console error: entraide: /);
      let broken = true;
      await visitor.context.route('**/presets/entraide.json*', (route) => (broken ? route.fulfill(answer) : route.continue()));
      const page = await openPage(visitor, 'data-base="/api"');
      await words(page, said).waitFor();
      broken = false;
      await page.evaluate('entraide.configure({})');
      await people(page).waitFor();
    });
  }

  it('reads every preset that ships, and says in words what a page must add', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/./);
    const page = await openPage(visitor, 'data-base="/nowhere" data-launcher="none"');
    for (const name of NAMES) {
      const { requires = {}, settings = {} } = JSON.parse(readFileSync(join(dist, 'presets', `${name}.json`), 'utf8'));
      const given = Object.fromEntries(Object.keys(requires).map((key) => [key, settings[key] ?? 'x']));
      await page.evaluate((config) => window.entraide.configure({ config }), { extends: name, base: '/nowhere', settings: given });
      const { problem } = await page.evaluate('entraide.diagnose()');
      assert.equal(problem ?? null, null, name);
    }
    assert.equal(new Set(visitor.presets).size, NAMES.length);
  });
});
