// Every screen for everybody: checked by axe-core against WCAG 2.2 A and AA in light and dark,
// in French and English, narrow and wide; walked through by keyboard alone; zoomed, in forced
// colours, without motion.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { asked, post } from './harness/api.mjs';
import { openStage } from './harness/stage.mjs';
import { closed, gone, launcher, openPanel, panel, tab, until } from './harness/widget.mjs';

const axe = createRequire(import.meta.url)('axe-core');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const WORDS = {
  'en-GB': {
    ask: 'Ask', directory: 'Colleagues', mine: 'My questions', inbox: 'Help others',
    question: 'Your question', next: 'Continue', review: 'One last look', filters: 'Filters', found: 'Colleagues found',
    empty: 'Your question', private: 'Only those I ask', missing: 'Write your question first, one sentence is enough.',
  },
  'fr-FR': {
    ask: 'Demander', directory: 'Collègues', mine: 'Mes questions', inbox: 'Aider',
    question: 'Votre question', next: 'Continuer', review: 'Un dernier regard', filters: 'Filtres', found: 'Collègues trouvés',
    empty: 'Votre question', private: 'Seulement les personnes sollicitées', missing: 'Écrivez d’abord votre question, une phrase suffit.',
  },
};

/** Checks what is in the widget's elements; the page around it is not ours to judge. */
async function check(page, screen, problems) {
  // Colours that are half-way between two states are nobody's.
  await page.evaluate(() => Promise.all([...document.querySelectorAll('*')].flatMap((e) => e.shadowRoot?.getAnimations?.() ?? []).map((a) => a.finished.catch(() => {}))));
  const { violations } = await page.evaluate(
    async (tags) => {
      const elements = [...document.querySelectorAll('*')].filter((e) => e.localName.startsWith('entraide-'));
      return window.axe.run({ include: elements.map((e) => [e.localName]) }, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    },
    TAGS,
  );
  for (const { id, help, nodes } of violations) {
    for (const { target, failureSummary } of nodes) problems.push(`${screen}: ${id} (${help}) at ${target.flat().join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`);
  }
  const sideways = await page.evaluate(() => {
    const root = document.querySelector('entraide-launcher').shadowRoot;
    const box = root.querySelector('[part=panel]');
    if (!box || !box.matches(':popover-open')) return [];
    const { right, left } = box.getBoundingClientRect();
    return [...box.querySelectorAll('*')]
      .filter((e) => !e.closest('.sr, [hidden]') && e.checkVisibility())
      .filter((e) => {
        const r = e.getBoundingClientRect();
        // What scrolls or is cut inside of something else is not out of the panel.
        for (let up = e.parentElement; up && up !== box; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return up.scrollWidth > up.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(up).overflowX);
        return r.width > 0 && (r.right > right + 1 || r.left < left - 1);
      })
      .map((e) => `${e.localName}.${e.className}`);
  });
  if (sideways.length) problems.push(`${screen}: wider than the panel: ${[...new Set(sideways)].slice(0, 5).join(', ')}`);
}

/** What has the focus, from the page down into the widget. */
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return 'nothing';
    const label = element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent;
    return `${element.localName} ${label}`.replace(/\s+/g, ' ').trim();
  });

describe('for everybody', () => {
  let stage;
  let thread;
  before(async () => {
    stage = await openStage();
    // A thread with all that a thread can have, of the one who looks.
    thread = await post(stage, '/requests', 'vm-0001', {
      question: 'How do I read a pump curve?',
      details: 'There are four lines,\nand one is dashed.',
      skills: ['pump curves', 'Excel'],
      to: ['vm-0002', 'vm-0003'],
      context: { title: 'A page', url: 'https://intranet.example/page' },
    });
    await post(stage, `/requests/${thread.id}/answers`, 'vm-0002', { text: 'The dashed one is NPSH.\nIt must stay below yours.' });
    await post(stage, `/requests/${thread.id}/answers`, 'vm-0001', { text: 'Below which?' });
    await post(stage, '/requests', 'vm-0002', { question: 'Can you look at my drawing?', to: ['vm-0001'] });
  });
  after(() => stage?.close());

  for (const locale of ['en-GB', 'fr-FR']) {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [320, 1280]) {
        it(`every screen, ${locale}, ${colorScheme}, ${width} px`, { timeout: 240_000 }, async (t) => {
          const words = WORDS[locale];
          // axe-core is put into the page, which its policy would rightly refuse.
          const visitor = await stage.visitor(t, { locale, colorScheme, width, height: width === 320 ? 640 : 800, bypassCSP: true });
          await visitor.context.addInitScript(axe.source);
          const problems = [];
          const page = await visitor.open('/');
          await launcher(page).waitFor();
          await check(page, 'closed', problems);
          const box = await openPanel(page);
          await box.getByRole('textbox', { name: words.question }).waitFor();
          await check(page, 'ask', problems);
          await box.getByRole('button', { name: words.next }).click();
          await box.getByText(words.missing).waitFor();
          await check(page, 'ask, nothing written', problems);
          await box.getByRole('textbox', { name: words.question }).fill('Pivot table groups dates by month but mixes the years');
          await box.getByRole('button', { name: /^(Add|Ajouter) pivot tables/ }).click();
          await box.locator('.candidate').first().getByRole('button').last().click();
          await box.locator('summary').first().click();
          await check(page, 'ask, filled', problems);
          await box.getByRole('combobox').first().pressSequentially('exc');
          await box.getByRole('option').first().waitFor();
          await page.keyboard.press('ArrowDown');
          await check(page, 'ask, choosing a skill', problems);
          await page.keyboard.press('Escape');
          await box.getByRole('radio', { name: words.private }).check();
          await box.getByRole('button', { name: words.next }).click();
          await box.getByRole('heading', { name: words.review }).waitFor();
          await check(page, 'review', problems);

          await tab(page, words.directory).click();
          await box.getByRole('list', { name: words.found }).getByRole('button').first().waitFor();
          await box.getByRole('searchbox').fill('excel');
          await check(page, 'directory', problems);
          await box.getByRole('button', { name: words.filters }).click();
          await box.getByRole('checkbox').first().check();
          await check(page, 'directory, filters', problems);
          await box.getByRole('button', { name: words.filters }).click();
          await box.getByRole('searchbox').fill('zzzzqqqqxx');
          await box.locator('.empty').waitFor();
          await check(page, 'directory, nobody', problems);
          await box.getByRole('searchbox').fill('');
          await box.getByRole('list', { name: words.found }).getByRole('button').first().click();
          await box.getByRole('article').waitFor();
          await check(page, 'card', problems);
          await tab(page, words.mine).click();
          await box.getByText('How do I read a pump curve?').waitFor();
          await check(page, 'mine', problems);
          await box.getByRole('button', { name: /^How do I read a pump curve\?/ }).click();
          await box.getByText('The dashed one is NPSH.').waitFor();
          await box.getByRole('button', { name: /^(Thank|Remercier) / }).click();
          await box.getByRole('combobox').waitFor();
          await check(page, 'thread', problems);
          await tab(page, words.inbox).click();
          await box.getByRole('button', { name: /^Can you look at my drawing\?/ }).click();
          await box.getByRole('button', { name: /I know who|Je sais qui/ }).click();
          await box.getByRole('combobox').waitFor();
          await check(page, 'thread of another', problems);
          await tab(page, words.inbox).click();
          await box.getByRole('button', { name: /^Can you look at my drawing\?/ }).waitFor();
          await check(page, 'inbox', problems);

          const inPage = await visitor.open('/demo/inbox.html');
          await inPage.locator('entraide-inbox').getByRole('button', { name: /^Can you look at my drawing\?/ }).waitFor();
          await inPage.locator('entraide-ask').scrollIntoViewIfNeeded();
          await inPage.locator('entraide-ask').getByRole('textbox', { name: words.question }).waitFor();
          // What is fixed lies over whatever is scrolled under it (the launcher, the page's own bar
          // at the top), and axe takes what happens to be there for out of reach.
          await inPage.evaluate(() => {
            document.querySelector('entraide-launcher').setAttribute('launcher', 'none');
            document.querySelector('.bar').style.setProperty('position', 'static', 'important');
          });
          await check(inPage, 'elements in the page', problems);
          assert.deepEqual([...new Set(problems)], []);
        });
      }
    }
  }

  it('says what broke to everybody too', async (t) => {
    const visitor = await stage.visitor(t, { bypassCSP: true });
    visitor.expect(/\b500\b/);
    await visitor.context.addInitScript(axe.source);
    await visitor.context.route('**/api/**', (route) => route.fulfill({ status: 500, body: '' }));
    const problems = [];
    const page = await visitor.open('/');
    const box = await openPanel(page, 'Help others');
    await box.getByRole('alert').first().waitFor();
    await check(page, 'broken', problems);
    await tab(page, 'Colleagues').click();
    await box.getByRole('alert').first().waitFor();
    await check(page, 'directory, broken', problems);
    assert.deepEqual(problems, []);
  });

  it('asks with the keyboard alone', { timeout: 180_000 }, async (t) => {
    const page = await (await stage.visitor(t, { as: 'vm-0004' })).open('/');
    const { keyboard } = page;
    await launcher(page).waitFor();
    const box = panel(page);
    /** Steps forward until `what` has the focus. */
    const tabTo = async (what, most = 25) => {
      const seen = [];
      for (let i = 0; i < most; i += 1) {
        const now = await focused(page);
        if (what.test(now)) return seen;
        seen.push(now);
        await keyboard.press('Tab');
      }
      assert.fail(`${what} is not reached: ${seen.join(' → ')}`);
    };
    await launcher(page).focus();
    await keyboard.press('Enter');
    await box.getByRole('textbox', { name: 'Your question' }).waitFor();
    await until('the question has the focus', async () => /^textarea Your question/.test(await focused(page)));
    const question = 'Can somebody check the pivot tables of the May report?';
    await keyboard.type(question);
    await box.getByRole('button', { name: 'Add pivot tables' }).waitFor();
    // The order of the keys is the order of the screen.
    const order = await tabTo(/^button (Add )?pivot tables|^button Add pivot tables/);
    assert.ok(order.some((e) => /^textarea Details/.test(e)), order.join(' → '));
    await keyboard.press('Enter');
    await box.getByRole('button', { name: 'Remove pivot tables' }).waitFor();
    await until('the focus stays in the panel', async () => box.evaluate((e) => e.getRootNode().activeElement !== null && e.contains(e.getRootNode().activeElement)));
    await tabTo(/^button Ask \S+ \S+/);
    const name = /^button Ask (.*)$/.exec(await focused(page))[1];
    await keyboard.press('Space');
    await box.getByRole('button', { name: `Remove ${name}` }).waitFor();
    await until('the focus stays in the panel', async () => box.evaluate((e) => e.contains(e.getRootNode().activeElement)));
    await tabTo(/^input Add somebody by name/);
    await keyboard.type('adrian');
    await box.getByRole('option').first().waitFor();
    await keyboard.press('ArrowDown');
    const active = () =>
      page.evaluate(() => {
        const root = document.querySelector('entraide-launcher').shadowRoot;
        return root.getElementById(root.activeElement.getAttribute('aria-activedescendant'))?.getAttribute('aria-selected');
      });
    await until('the chosen option is told', async () => (await active()) === 'true');
    await keyboard.press('Enter');
    await box.getByRole('button', { name: /^Remove Adrian/ }).waitFor();
    // Escape closes the list first, and only then the panel.
    await keyboard.type('ad');
    await box.getByRole('option').first().waitFor();
    await keyboard.press('Escape');
    await gone(box.getByRole('option'), 'the list');
    assert.ok(await box.isVisible());
    for (let i = 0; i < 2; i += 1) await keyboard.press('Backspace');
    await tabTo(/^button Continue/);
    await keyboard.press('Enter');
    await until('“Send” has the focus', async () => /^button Send/.test(await focused(page)));
    await keyboard.press('Enter');
    await box.getByRole('heading', { name: question }).waitFor();
    await until('the thread’s heading has the focus', async () => (await focused(page)) === `h3 ${question}`);
    assert.equal((await asked(stage, 'vm-0004', question)).length, 1);
    // Tabs, list, and back.
    await tabTo(/^button My questions/);
    await keyboard.press('Enter');
    await until('the list’s heading has the focus', async () => /^h3 /.test(await focused(page)));
    await tabTo(new RegExp(`^button ${question.slice(0, 20)}`));
    await keyboard.press('Enter');
    await until('the thread’s heading has the focus', async () => (await focused(page)) === `h3 ${question}`);
    await tabTo(/^button Close without an answer/);
    await keyboard.press('Enter');
    await box.getByText('Closed', { exact: true }).waitFor();
    await until('the focus stays in the panel', async () => box.evaluate((e) => e.contains(e.getRootNode().activeElement)));
    await keyboard.press('Escape');
    await closed(page);
    await until('the launcher has the focus', () => page.evaluate(() => document.activeElement.localName === 'entraide-launcher'));
    await until('its button has it', async () => /^button /.test(await focused(page)));
  });

  it('gives the focus back to where it was opened from', async (t) => {
    const page = await (await stage.visitor(t)).open('/');
    const link = page.getByRole('link', { name: 'Stuck on something? Ask a colleague' });
    await link.focus();
    await page.keyboard.press('Enter');
    await until('the question has the focus', async () => /^textarea Your question/.test(await focused(page)));
    await page.keyboard.press('Escape');
    await until('the link has the focus again', async () => (await focused(page)) === 'a Stuck on something? Ask a colleague');
    await launcher(page).focus();
    await page.keyboard.press('Space');
    await until('the question has the focus', async () => /^textarea Your question/.test(await focused(page)));
    await panel(page).getByRole('button', { name: 'Close', exact: true }).click();
    await until('the launcher has the focus', () => page.evaluate(() => document.activeElement.localName === 'entraide-launcher'));
  });

  it('leaves nobody who tabs behind the panel', async (t) => {
    const page = await (await stage.visitor(t)).open('/');
    await openPanel(page);
    await until('the question has the focus', async () => /^textarea Your question/.test(await focused(page)));
    const hidden = [];
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press(i < 30 ? 'Tab' : 'Shift+Tab');
      const covered = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        // Ours: what has the focus is seen, at least in part (WCAG 2.4.11).
        if (!element?.getRootNode().host?.localName.startsWith('entraide-launcher')) return undefined;
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        const at = (x, y) => element.getRootNode().elementFromPoint(x, y);
        const points = [[left + 2, top + 2], [right - 2, top + 2], [(left + right) / 2, (top + bottom) / 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
        const seen = width > 0 && points.some(([x, y]) => { const hit = at(x, y); return hit && (element.contains(hit) || hit.contains(element)); });
        return seen ? undefined : `${element.localName} ${element.textContent.trim().slice(0, 30)}`;
      });
      if (covered) hidden.push(covered);
    }
    assert.deepEqual([...new Set(hidden)], []);
  });

  for (const [what, options, width, height] of [
    ['at 200 % zoom', { deviceScaleFactor: 2 }, 640, 400],
    ['at 400 % zoom', { deviceScaleFactor: 4 }, 320, 256],
    ['at 320 px', {}, 320, 568],
  ]) {
    it(`fits ${what}, and nothing is out of reach`, async (t) => {
      const page = await (await stage.visitor(t, { ...options, width, height })).open('/');
      const box = await openPanel(page);
      const field = box.getByRole('textbox', { name: 'Your question' });
      await field.fill('Which pump curves do I need for glycol at 35 % in the test bench of hall B?');
      await box.getByText('They could help').waitFor();
      // What goes along with the question is said in whole, at any width.
      const title = box.getByText('Home – Maison Valmer');
      await title.scrollIntoViewIfNeeded();
      const cut = await title.evaluate((element) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (walker.nextNode()) if (walker.currentNode.data.includes('Home – Maison Valmer')) range.selectNodeContents(walker.currentNode);
        const clip = (element.closest('.clip') ?? element).getBoundingClientRect();
        const { right, bottom } = range.getBoundingClientRect();
        return right > clip.right + 1 || bottom > clip.bottom + 1;
      });
      assert.ok(!cut, 'the title of the page that goes along is cut off');
      const send = box.getByRole('button', { name: 'Continue' });
      await send.scrollIntoViewIfNeeded();
      const within = async (locator, name) => {
        const { x, y, width: w, height: h } = await locator.boundingBox();
        assert.ok(x >= -1 && x + w <= width + 1 && y >= -1 && y + h <= height + 1, `${name} is at ${x},${y} and ${w}×${h} big, in ${width}×${height}`);
        return { w, h };
      };
      await within(send, '“Continue”');
      await within(box, 'the panel');
      const view = await box.locator('.view').boundingBox();
      assert.ok(view.height >= 90, `only ${view.height} px are left for what one came for`);
      for (const section of ['Colleagues', 'My questions', 'Help others', 'Ask']) {
        await tab(page, section).click();
        const wide = await box.evaluate((e) => [...e.querySelectorAll('*')].filter((x) => /auto|scroll/.test(getComputedStyle(x).overflowX) && x.scrollWidth > x.clientWidth + 1).map((x) => `${x.localName}.${x.className}`));
        assert.deepEqual(wide, [], `${section} scrolls sideways`);
      }
      await box.getByRole('button', { name: 'Close', exact: true }).click();
      await closed(page);
    });
  }

  it('is drawn in forced colours, and without motion', async (t) => {
    const page = await (await stage.visitor(t, { forcedColors: 'active', reducedMotion: 'reduce' })).open('/');
    await openPanel(page, 'Colleagues');
    const box = panel(page);
    await box.getByRole('list', { name: 'Colleagues found' }).getByRole('button').first().waitFor();
    const drawn = await box.evaluate((e) => {
      const style = getComputedStyle(e);
      const button = getComputedStyle(e.querySelector('.tab[aria-current]'));
      const other = getComputedStyle(e.querySelector('.tab:not([aria-current])'));
      return {
        border: parseFloat(style.borderTopWidth) > 0 || style.outlineStyle !== 'none',
        // The current section differs by more than a background, which is not painted here.
        current: ['borderTopWidth', 'borderTopStyle', 'borderTopColor', 'color', 'fontWeight', 'textDecorationLine', 'outlineStyle', 'boxShadow'].filter((p) => button[p] !== other[p]),
        moving: e.getRootNode().getAnimations().filter((a) => a.playState === 'running' && a.effect.getComputedTiming().duration > 10).length,
      };
    });
    assert.ok(drawn.border, 'the panel has an edge');
    assert.equal(drawn.moving, 0);
    assert.ok(drawn.current.length > 0, 'the current section can be told');
    // The focus is seen.
    const search = box.getByRole('searchbox');
    await search.focus();
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.querySelector('entraide-launcher').shadowRoot.activeElement);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    assert.ok(ring, 'what has the focus has an outline');
  });

  it('does not move for those who asked for that', async (t) => {
    const page = await (await stage.visitor(t, { reducedMotion: 'reduce' })).open('/');
    await launcher(page).click();
    const moving = await page.evaluate(async () => {
      const root = document.querySelector('entraide-launcher').shadowRoot;
      let most = 0;
      for (let i = 0; i < 30; i += 1) {
        most = Math.max(most, root.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 10).length);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      return most;
    });
    assert.equal(moving, 0);
  });
});
