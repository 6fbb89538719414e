// Answers that nobody should send: with fields of the wrong type, without what is needed, with
// markup and scripts in every string, endless. What is sound in them is shown, nothing in them
// runs, and the rest of the widget goes on.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ME, answerBy, json, names, people, person, request } from './harness/answers.mjs';
import { openStage } from './harness/stage.mjs';
import { openPanel, tab, until } from './harness/widget.mjs';

/** Whether anything that came in an answer has run, or has become more than text. */
async function nothingRan(page) {
  const seen = await page.evaluate(() => {
    const roots = [...document.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? []);
    const within = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
    return {
      pwned: window.__pwned,
      elements: within('script, iframe, object, embed, base, link, meta, img[src="x"], [onerror], [onload], [onclick], [style*=fixed]').map((e) => e.outerHTML),
      links: within('[href], [src], [action], [formaction]')
        .map((e) => e.getAttribute('href') ?? e.getAttribute('src') ?? '')
        .filter((url) => !/^(https?:|mailto:)/i.test(url)),
    };
  });
  assert.deepEqual(seen, { pwned: undefined, elements: [], links: [] });
}

describe('hostile answers', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  const PAYLOADS = [
    '<img src=x onerror="window.__pwned=1">',
    '"><script>window.__pwned=2</script>',
    '<svg onload=window.__pwned=3>',
    "'-window.__pwned=4-'",
    '{{constructor.constructor("window.__pwned=5")()}}',
    '<style>*{display:none}</style><a href="javascript:window.__pwned=6">x</a>',
  ];
  const URLS = [
    'javascript:window.__pwned=7',
    ' JaVaScRiPt:window.__pwned=8',
    'java\tscript:window.__pwned=9',
    'data:text/html,<script>window.__pwned=10</script>',
    'vbscript:window.__pwned=11',
    'blob:https://x/1',
    'javascript&colon;window.__pwned=12',
  ];
  for (const bypassCSP of [false, true]) {
    it(`markup in every string stays text, ${bypassCSP ? 'also without a policy that would stop it' : 'under the strict policy'}`, { timeout: 180_000 }, async (t) => {
      const visitor = await stage.visitor(t, { bypassCSP });
      const evil = (i) => PAYLOADS[i % PAYLOADS.length];
      const url = (i) => URLS[i % URLS.length];
      const one = (i) => ({
        id: `p${i}`,
        name: `${i} ${evil(i)}`,
        title: evil(i + 1),
        team: evil(i + 2),
        place: evil(i + 3),
        email: `x${evil(i)}@x.example`,
        photo: url(i),
        profile: url(i + 1),
        languages: ['fr', evil(i)],
        timeZone: evil(i),
        skills: PAYLOADS.map((name) => ({ name, declared: true, evidence: { accepted: 1, thanks: 2 } })),
        wants: PAYLOADS,
        about: PAYLOADS.join('\n'),
        availability: { presence: 'away', until: evil(i) },
      });
      const everybody = [ME, ...Array.from({ length: 8 }, (_, i) => one(i))];
      const ref = (i) => ({ id: `p${i}`, name: `${i} ${evil(i)}`, title: evil(i) });
      const evilRequest = (i, more) => ({
        id: `r${i}`,
        question: `Q${i} ${evil(i)}`,
        details: PAYLOADS.join('\n'),
        skills: PAYLOADS,
        asker: ref(1),
        asked: [{ id: 'me', name: evil(2) }, ref(3)],
        status: 'answered',
        context: { title: evil(i), url: url(i) },
        url: url(i + 1),
        created: '2026-01-05T08:00:00Z',
        answerCount: 2,
        answers: [
          { id: 'a1', author: ref(4), text: PAYLOADS.join('\n'), accepted: true, created: evil(1) },
          { id: 'a2', author: ref(5), text: evil(3) },
        ],
        thanks: [{ from: ref(1), to: { id: 'me', name: evil(0) }, skill: evil(1), note: evil(2) }],
        etag: evil(1),
        ...more,
      });
      await answerBy(visitor, {
        'GET /me': json(ME),
        'GET /people': people(...everybody),
        ...Object.fromEntries(everybody.map((p) => [`GET /people/${p.id}`, json(p)])),
        'GET /requests?scope=mine': json({ items: [evilRequest(20, { asker: ME })] }),
        'GET /requests?scope=inbox': json({ items: URLS.map((_, i) => evilRequest(i)) }),
        ...Object.fromEntries(URLS.map((_, i) => [`GET /requests/r${i}`, json(evilRequest(i))])),
        'GET /requests/similar': json({ items: [evilRequest(1, { status: 'solved' })] }),
        'POST /requests': { status: 422, contentType: 'application/problem+json', body: JSON.stringify({ title: evil(0), status: 422, detail: evil(1), type: url(0), errors: [{ pointer: evil(2), detail: evil(0) }] }) },
      });
      // The address that is none of a script is one of a picture that is not there.
      visitor.expect(/\b422\b/, /\b404\b/);
      const page = await visitor.open('/demo/people.html');
      const directory = page.locator('entraide-directory');
      await until('the directory shows them all', async () => (await names(directory).count()) === 9);
      assert.ok((await names(directory).allTextContents()).includes(`1 ${PAYLOADS[1]}`));
      await directory.getByRole('searchbox').fill('<img onerror');
      await directory.getByRole('button', { name: /^Filters/ }).click();
      await nothingRan(page);
      await directory.getByRole('searchbox').fill('script window');
      await nothingRan(page);
      await directory.getByRole('button', { name: 'Clear the search' }).click();
      await directory.getByRole('button', { name: /^Filters/ }).click();

      const box = await openPanel(page, 'Colleagues');
      for (let i = 0; i < 8; i += 1) {
        await names(box).filter({ hasText: `${i} ${evil(i)}` }).click();
        await box.getByRole('heading', { name: `${i} ${evil(i)}` }).waitFor();
        await nothingRan(page);
        await box.getByRole('button', { name: 'Back' }).click();
      }
      await tab(page, 'Help others').click();
      for (let i = 0; i < URLS.length; i += 1) {
        await box.getByRole('button', { name: `Q${i} ` }).click();
        await box.getByRole('heading', { name: `Q${i} ${evil(i)}` }).waitFor();
        await until('the thread is whole', () => box.getByRole('heading', { name: '2 answers' }).count());
        await nothingRan(page);
        await box.getByRole('button', { name: 'Back' }).click();
      }
      await tab(page, 'My questions').click();
      await box.getByRole('button', { name: /^Q20/ }).waitFor();
      await nothingRan(page);
      await tab(page, 'Ask').click();
      await box.getByRole('textbox', { name: 'Your question' }).fill('script window pwned src onerror constructor');
      await box.getByRole('region', { name: 'Answered before' }).locator('summary').first().click();
      await nothingRan(page);
      await box.getByRole('button', { name: 'Continue' }).click();
      await box.getByRole('button', { name: 'Send', exact: true }).click();
      await box.getByText('The server did not accept it.', { exact: false }).waitFor();
      await page.waitForTimeout(300);
      await nothingRan(page);
    });
  }

  it('people are shown as far as they are sound', async (t) => {
    const visitor = await stage.visitor(t);
    // The real server does not know these people when one looks at a card.
    visitor.expect(/\b404\b/);
    const deep = (n) => (n ? { deep: deep(n - 1) } : 'bottom');
    await answerBy(visitor, {
      'GET /me': json(ME),
      'GET /people': people(
        ME,
        person('g1', 'Anna Good'),
        null,
        7,
        'a text',
        [],
        {},
        { id: 'no-name' },
        { name: 'Nobody Without Identifier' },
        person('', 'Empty Identifier'),
        person({ id: 1 }, 'Object Identifier'),
        person(12, 'Number Identifier'),
        person('w1', 'Wrong Types', { title: { a: 1 }, team: 5, place: ['Lyon', 'Nantes'], email: 17, photo: {}, profile: [], languages: 'fr', timeZone: false, skills: 'Excel', wants: { a: 1 }, about: 3.5, joined: 'soon', availability: 'no' }),
        person('w2', 'Nulls Everywhere', { title: null, team: null, place: null, email: null, photo: null, skills: null, wants: null, languages: null, availability: null, about: null }),
        person('w3', 'Odd Skills', { skills: [null, 3, 'Welding', { name: null }, { name: 'Soldering', evidence: 'much' }, { level: 3 }, [], 'Welding'] }),
        person('w4', 'Odd Numbers', { availability: { presence: 'on the moon', load: { open: -4, recent: 1e300, weeklyLimit: 'two' } } }),
        person('w5', 'Deep Down', { about: deep(60) }),
        person('g1', 'Anna Good The Second'),
        { ID: 'case', Name: 'Wrong Case' },
        person('w6', '   \u0000\u202e  '),
        person('g2', 'Zoe Good\u202e\u0007'),
      ),
    });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await until('they are there', async () => (await names(directory).count()) >= 9);
    const shown = (await names(directory).allTextContents()).map((name) => name.replace(' · This is you', '')).sort();
    for (const name of ['Max Meier', 'Number Identifier', 'Wrong Types', 'Nulls Everywhere', 'Odd Skills', 'Odd Numbers', 'Deep Down', 'Zoe Good']) {
      assert.ok(shown.includes(name), `${name} is among ${shown}`);
    }
    assert.equal(shown.filter((name) => name.startsWith('Anna Good')).length, 1, 'an identifier counts once');
    assert.equal(shown.length, 9, `nobody else: ${shown}`);
    for (const name of ['Wrong Types', 'Odd Skills', 'Odd Numbers', 'Deep Down']) {
      await names(directory).filter({ hasText: name }).click();
      await directory.getByRole('heading', { name }).waitFor();
      await directory.getByRole('button', { name: 'Back' }).click();
    }
    await directory.getByRole('searchbox').fill('soldering');
    await until('found by what is sound', async () => (await names(directory).allTextContents()).join() === 'Odd Skills');
    await nothingRan(page);
  });

  it('requests and threads are shown as far as they are sound', async (t) => {
    const visitor = await stage.visitor(t);
    const thread = request('r1', 'Sound?', {
      status: 'levitating',
      visibility: 3,
      context: 'a text',
      created: 'yesterday',
      updated: 99,
      answerCount: 'many',
      answers: [
        null,
        { id: 'a1', author: { id: 'p1', name: 'Anna Good' }, text: 'First of this identifier.' },
        { id: 'a1', author: { id: 'p2', name: 'Ben Good' }, text: 'Second of this identifier.' },
        { id: 'a2', author: null, text: 'By nobody.' },
        { id: 'a3', author: { id: 'p3', name: 'Cem Good' } },
        { id: 'a4', author: 'p4', text: 'By a bare identifier.', created: -1, accepted: 'perhaps' },
        { author: { id: 'p3', name: 'Cem Good' }, text: 'Without an identifier.' },
        'text',
      ],
      thanks: [null, { from: 'p1' }, { from: { id: 'p9', name: 'Nadia Benali' }, to: { id: 'p1', name: 'Anna Good' }, skill: 4, note: ['a', 'b'] }],
    });
    await answerBy(visitor, {
      'GET /me': json(ME),
      'GET /people': people(ME),
      'GET /requests?scope=inbox': json({
        items: [null, 1, 'x', {}, { id: 'r0' }, { question: 'No identifier?' }, thread, request('r1', 'Sound, the second?'), request('r2', 'Types?', { asker: 5, asked: 'me', skills: { a: 1 }, status: {}, answerCount: [] })],
        next: { not: 'a cursor' },
        total: 'many',
      }),
      'GET /requests?scope=mine': json({ items: {} }),
      'GET /requests/r1': json(thread),
      'GET /requests/r2': json(request('r2', 'Types?', { asker: 5, asked: 'me', skills: { a: 1 }, status: {} })),
    });
    const page = await visitor.open('/');
    const box = await openPanel(page, 'Help others');
    await box.getByRole('button', { name: /^Types\?/ }).waitFor();
    assert.equal(await box.getByRole('button', { name: /^Sound/ }).count(), 1, 'an identifier counts once');
    assert.equal(await box.getByText('No identifier?').count(), 0);
    await box.getByRole('button', { name: /^Sound/ }).click();
    await box.getByText('Second of this identifier.').or(box.getByText('First of this identifier.')).first().waitFor();
    await box.getByText('By a bare identifier.').waitFor();
    assert.equal(await box.getByText('By nobody.').count(), 0);
    // What follows is drawn over it: a list with two of a kind must not break the next drawing.
    await box.getByRole('textbox', { name: 'Your answer' }).fill('Goes on.');
    await box.getByRole('button', { name: 'Back' }).click();
    await box.getByRole('button', { name: /^Types\?/ }).click();
    await box.getByRole('heading', { name: 'Types?' }).waitFor();
    await tab(page, 'My questions').click();
    await box.getByText('The server’s answer cannot be read.', { exact: false }).or(box.getByText('You have not asked anything yet')).first().waitFor();
    await tab(page, 'Ask').click();
    await box.getByRole('textbox', { name: 'Your question' }).waitFor();
    await nothingRan(page);
  });

  it('two of a kind in every list break nothing', async (t) => {
    const visitor = await stage.visitor(t);
    // The real server does not know these people when one looks at a card.
    visitor.expect(/\b404\b/);
    const twice = request('s1', 'Where is the torque table?', { status: 'solved', answers: [{ id: 'a', author: { id: 'p1', name: 'Anna' }, text: 'In the drawer.', accepted: true }] });
    await answerBy(visitor, {
      'GET /me': json(ME),
      // A skill, a team and a place of one name.
      'GET /people': people(ME, person('p1', 'Anna Good', { team: 'Excel', place: 'Excel', wants: ['Excel', 'excel'], languages: ['en', 'en', 'EN'] }), person('p2', 'Ben Good', { team: 'Available', place: 'Available', availability: { presence: 'available' }, skills: [{ name: 'Available' }] })),
      'GET /requests/similar': json({ items: [twice, twice, { ...twice, question: 'Another of this identifier?' }] }),
    });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await until('they are there', async () => (await names(directory).count()) === 3);
    await directory.getByRole('button', { name: /^Filters/ }).click();
    const boxes = directory.getByRole('checkbox', { name: /^Excel/ });
    for (const facet of ['Skill', 'Team', 'Place']) await directory.getByRole('group', { name: facet }).getByRole('checkbox', { name: /^Excel/ }).check();
    await until('one is left', async () => (await names(directory).count()) === 1);
    assert.equal(await boxes.count(), 3);
    await directory.getByRole('button', { name: 'Remove Excel' }).first().click();
    await until('two filters are left', async () => (await directory.getByRole('button', { name: 'Remove Excel' }).count()) === 2);
    await directory.getByRole('button', { name: 'Clear the search' }).click();
    await until('they are there again', async () => (await names(directory).count()) === 3);
    await names(directory).filter({ hasText: 'Anna Good' }).click();
    await directory.getByRole('heading', { name: 'Anna Good' }).waitFor();

    const box = await openPanel(page);
    const question = box.getByRole('textbox', { name: 'Your question' });
    await question.fill('Where is the torque table of line 2?');
    const similar = box.getByRole('region', { name: 'Answered before' });
    await similar.locator('summary').first().waitFor();
    await question.fill('short');
    await until('nothing is like it', async () => (await similar.count()) === 0);
    await question.fill('Where is the torque table of line 3?');
    await similar.locator('summary').first().click();
    await similar.getByRole('button', { name: 'Read it all' }).first().waitFor();
  });

  it('lone surrogates do not take the rest with them', async (t) => {
    const visitor = await stage.visitor(t);
    await answerBy(visitor, {
      'GET /me': json(ME),
      'GET /people': json('{"items":[{"id":"1","name":"Anna \\ud83d Good"},{"id":"2","name":"Ben \\udc00\\ud83d"},{"id":"3","name":"Cem \\ud83d\\ude00"},{"id":"4","name":"Dora \\\\ud83d"}]}'),
    });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await until('they are there', async () => (await names(directory).count()) === 4);
    const shown = await names(directory).allTextContents();
    assert.ok(shown.includes('Cem 😀') && shown.includes('Dora \\ud83d'), `pairs and texts stay: ${shown}`);
    assert.ok(shown.some((name) => name.startsWith('Ben')) && shown.some((name) => /^Anna.*Good$/.test(name)));
  });

  it('a text of a megabyte is cut, and a picture that is not there is replaced by initials', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/\b404\b/);
    const huge = 'x'.repeat(1 << 20);
    await answerBy(visitor, {
      'GET /me': json(ME),
      'GET /people': people(ME, person('p1', `Huge ${huge}`, { title: huge, about: huge, skills: [{ name: huge }], place: `${huge} end` }), person('p2', 'Paul Picture', { photo: '/no/such/picture.png' })),
    });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await until('they are there', async () => (await names(directory).count()) === 3);
    const longest = await names(directory).evaluateAll((all) => Math.max(...all.map((e) => e.textContent.length)));
    assert.ok(longest <= 120, `a name of ${longest} characters`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page grew sideways');
    const face = directory.getByRole('listitem').filter({ hasText: 'Paul Picture' }).locator('.avatar');
    await until('initials instead of a broken picture', async () => (await face.innerText()).trim() === 'PP');
  });

  it('a hundred thousand people in one answer are taken, and the page goes on', { timeout: 240_000 }, async (t) => {
    const visitor = await stage.visitor(t);
    const items = Array.from({ length: 100_000 }, (_, i) => ({ id: `p${i}`, name: `Person ${i}`, skills: [{ name: i % 2 ? 'Excel' : 'Word' }] }));
    await answerBy(visitor, { 'GET /me': json(ME), 'GET /people': people(...items) });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    const count = await until('some are there', async () => {
      const text = await directory.locator('#found').textContent({ timeout: 500 }).catch(() => '');
      return Number(/([\d,]+) colleagues?$/.exec(text)?.[1].replaceAll(',', '')) || undefined;
    }, { timeout: 90_000, every: 500 });
    assert.equal(count, 100_000, 'all are shown');
    assert.equal(await directory.getByText('Some colleagues may be missing').count(), 0);
    assert.ok((await directory.getByRole('listitem').count()) < 60, 'the list is not virtual');
    await directory.getByRole('searchbox').fill('Person 42');
    await names(directory).first().waitFor();
    assert.match(await names(directory).first().textContent(), /^Person 42/);
  });

  it('events that make no sense are passed over, and sound ones still heard', async (t) => {
    const visitor = await stage.visitor(t);
    visitor.expect(/\b404\b/, /ERR_/);
    const read = [];
    const known = request('r1', 'Is this heard?');
    await answerBy(visitor, {
      'GET /me': json(ME),
      'GET /requests?scope=inbox': json({ items: [] }),
      'GET /requests/r1': (route) => {
        read.push('r1');
        return route.fulfill(json(known));
      },
      'GET /events': {
        contentType: 'text/event-stream',
        body: [
          'event: request\ndata: not json',
          'event: request\ndata: {"id":{"a":1}}',
          'event: request\ndata: null',
          `event: request\ndata: ${JSON.stringify({ id: PAYLOADS[0] })}`,
          `event: request\ndata: ${JSON.stringify({ id: '../../demo/session' })}`,
          `event: request\ndata: {"id":"${'x'.repeat(1 << 20)}"}`,
          'event: surprise\ndata: {}',
          'data: {"id":"r1"}',
          'event: request\ndata: {"id":"r1"}',
          '',
        ].join('\n\n'),
      },
    });
    const page = await visitor.open('/');
    const wrong = [];
    page.on('request', (r) => /demo\/session/.test(r.url()) && wrong.push(r.url()));
    wrong.length = 0;
    const box = await openPanel(page, 'Help others');
    await box.getByRole('button', { name: /^Is this heard\?/ }).waitFor();
    assert.ok(read.length >= 1);
    assert.deepEqual(wrong, [], 'an identifier is no path');
    await nothingRan(page);
  });
});
