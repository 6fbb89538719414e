// Nothing that a person wrote is lost, and nothing is sent twice: not by a reload, a server that
// is down, answers that make no sense, a second click, or another question that comes between.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asked, get, post } from './harness/api.mjs';
import { openStage } from './harness/stage.mjs';
import { closed, gone, holds, launcher, openPanel, panel, tab, until } from './harness/widget.mjs';

const question = (box) => box.getByRole('textbox', { name: 'Your question' });
const details = (box) => box.getByRole('textbox', { name: /^Details/ });
const send = async (box) => {
  await box.getByRole('button', { name: 'Continue' }).click();
  await box.getByRole('button', { name: 'Send', exact: true }).click();
};

describe('what is written', () => {
  let stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('survives a reload, whole', async (t) => {
    const page = await (await stage.visitor(t)).open('/');
    const box = await openPanel(page);
    await question(box).fill('Which seal for hot water?');
    await details(box).fill('Two lines,\nboth kept.');
    await box.getByRole('combobox', { name: 'Add a skill' }).fill('welding of seals');
    await page.keyboard.press('Enter');
    await box.getByRole('button', { name: 'Remove welding of seals' }).waitFor();
    await box.getByRole('combobox', { name: 'Add somebody by name' }).pressSequentially('adrian');
    await box.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    const asksAdrian = box.getByRole('button', { name: /^Remove Adrian \S+/ });
    await asksAdrian.waitFor();
    await box.getByRole('radio', { name: 'Only those I ask' }).check();
    await box.getByRole('button', { name: 'Do not send the page' }).click();
    await box.getByText('Your draft is kept on this device.').waitFor();
    await page.reload();
    await openPanel(page);
    await holds(question(box), 'Which seal for hot water?');
    await holds(details(box), 'Two lines,\nboth kept.');
    await box.getByRole('button', { name: 'Remove welding of seals' }).waitFor();
    await box.getByRole('button', { name: 'Send this page along' }).waitFor();
    await until('it is for those who are asked', () => box.getByRole('radio', { name: 'Only those I ask' }).isChecked());
    await asksAdrian.waitFor();

    // Also to the last look and back, and to the other pages of the site.
    await box.getByRole('radio', { name: 'Every colleague' }).check();
    await box.getByRole('button', { name: 'Continue' }).click();
    await box.getByRole('button', { name: 'Change it' }).click();
    await holds(question(box), 'Which seal for hot water?');
    await page.goto('/demo/policy.html');
    await openPanel(page);
    await holds(question(box), 'Which seal for hot water?');

    // "Start over" is what ends it.
    await box.getByRole('button', { name: 'Start over' }).click();
    await holds(question(box), '');
    await page.reload();
    await openPanel(page);
    await question(box).waitFor();
    assert.equal(await question(box).inputValue(), '');
  });

  it('an answer that is being written survives too', async (t) => {
    const request = await post(stage, '/requests', 'vm-0004', { question: 'Who has the torque table?', to: ['vm-0003'] });
    const page = await (await stage.visitor(t, { as: 'vm-0003' })).open('/');
    const box = await openPanel(page, 'Help others');
    await box.getByRole('button', { name: /^Who has the torque table\?/ }).click();
    await box.getByRole('textbox', { name: 'Your answer' }).fill('Half an answer');
    await page.reload();
    await openPanel(page, 'Help others');
    await box.getByRole('button', { name: /^Who has the torque table\?/ }).click();
    await holds(box.getByRole('textbox', { name: 'Your answer' }), 'Half an answer');
    await box.getByRole('button', { name: 'Send answer' }).click();
    await box.getByRole('heading', { name: '1 answer', exact: true }).waitFor();
    await page.reload();
    assert.deepEqual((await get(stage, `/requests/${request.id}`, 'vm-0004')).answers.map((a) => a.text), ['Half an answer']);
  });

  it('waits for a server that is down, beyond a reload, and arrives once', { timeout: 180_000 }, async (t) => {
    const words = 'Does anybody have the key of hall B?';
    const visitor = await stage.visitor(t, { as: 'vm-0005' });
    visitor.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch/);
    const page = await visitor.open('/');
    const box = await openPanel(page);
    await question(box).fill(words);
    // The site stands, its API does not: the page can be loaded again meanwhile.
    let down = true;
    await page.route('**/api/**', (route) => (down ? route.abort('connectionrefused') : route.continue()));
    await send(box);
    await box.getByText('Waiting for the network. Your words are kept; this is sent by itself.').waitFor();
    await box.getByText(words).waitFor();
    await page.reload();
    await openPanel(page, 'My questions');
    await box.getByText(words).first().waitFor();
    assert.deepEqual(await asked(stage, 'vm-0005', words), []);
    down = false;
    await until('it has arrived', async () => (await asked(stage, 'vm-0005', words)).length > 0, { timeout: 30_000, every: 500 });
    await page.reload();
    await openPanel(page, 'My questions');
    await box.getByRole('button', { name: new RegExp(`^${words.replace('?', '\\?')}`) }).waitFor();
    await gone(box.getByText('Waiting for the network'), 'what waited');
    // Nothing more goes out by itself.
    await page.waitForTimeout(1500);
    assert.equal((await asked(stage, 'vm-0005', words)).length, 1);
  });

  it('arrives by itself when a server that was stopped is back, though its answer was lost', { timeout: 180_000 }, async (t) => {
    const words = 'Is the compressor of line 2 still rented?';
    const visitor = await stage.visitor(t, { as: 'vm-0006' });
    visitor.expect(/ERR_|Failed to fetch|^.*: 50\d/);
    const page = await visitor.open('/');
    const box = await openPanel(page);
    await question(box).fill(words);
    // The first post arrives, and its answer does not: the widget cannot know.
    let lost = 0;
    await page.route('**/api/requests', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      await route.fetch();
      await stage.stopServer();
      await route.abort('connectionreset');
    });
    await send(box);
    await box.getByText('Waiting for the network. Your words are kept; this is sent by itself.').waitFor();
    await page.waitForTimeout(1500);
    await stage.startServer();
    await box.getByRole('heading', { name: words }).waitFor({ timeout: 30_000 });
    assert.equal((await asked(stage, 'vm-0006', words)).length, 1, 'posted once');
    assert.ok(lost >= 2, 'it was sent again');
  });

  for (const [what, answer, said, byItself] of [
    [
      'a fault of the server',
      { status: 500, contentType: 'application/problem+json', body: '{"title":"Internal","status":500}' },
      'The server has a problem. It is not your doing.',
      true,
    ],
    [
      'a web page',
      { status: 200, contentType: 'text/html', body: '<!doctype html><title>Sign in</title><form><input type=password></form>' },
      'A web page came instead of data, perhaps a sign-in page. Sign in on this site, then try again.',
      false,
    ],
    [
      'a session that has ended',
      { status: 401, contentType: 'application/json', body: '{}' },
      'Your session has ended. Sign in again on this site, then try again.',
      false,
    ],
    [
      'a refusal with a reason',
      { status: 422, contentType: 'application/problem+json', body: '{"title":"Invalid","status":422,"detail":"No questions on Sundays."}' },
      'The server did not accept it. No questions on Sundays.',
      false,
    ],
  ]) {
    it(`is kept where the answer is ${what}, and goes out with “Try now”`, async (t) => {
      const words = `Is this kept after ${what}?`;
      const visitor = await stage.visitor(t, { as: 'vm-0007' });
      visitor.expect(/\b(500|401|422)\b/);
      const page = await visitor.open('/');
      const box = await openPanel(page);
      await question(box).fill(words);
      await details(box).fill('And its details.');
      let broken = true;
      const posts = [];
      await page.route('**/api/requests', (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        posts.push(route.request().headers()['idempotency-key']);
        return broken ? route.fulfill(answer) : route.continue();
      });
      await send(box);
      await box.getByText(said).waitFor();
      await box.getByText(words).waitFor();
      await box.getByText(byItself ? /^Not sent yet: / : /^Not sent: /).waitFor();
      await page.reload();
      await openPanel(page);
      await box.getByText(words).waitFor();
      await until('it was tried again after the reload, and said so', async () => posts.length >= 2 && (await box.getByText(said).count()));
      broken = false;
      await box.getByRole('button', { name: 'Try now' }).click();
      await until('it has arrived', async () => (await asked(stage, 'vm-0007', words)).length === 1);
      await until('it is said no more', async () => (await box.getByText(said).count()) === 0);
      assert.equal(new Set(posts).size, 1, 'one key for all tries');
      const [kept] = await asked(stage, 'vm-0007', words);
      assert.equal(kept.details, 'And its details.');
    });
  }

  it('is not sent again where it arrived and the answer cannot be read', async (t) => {
    const words = 'Did this arrive?';
    const page = await (await stage.visitor(t, { as: 'vm-0012' })).open('/');
    let posts = 0;
    await page.route('**/api/requests', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      posts += 1;
      await route.fetch();
      return route.fulfill({ status: 201, contentType: 'application/json', body: '{"id": ' });
    });
    const box = await openPanel(page);
    await question(box).fill(words);
    await send(box);
    await box.getByRole('button', { name: /^Did this arrive\?/ }).waitFor();
    await page.waitForTimeout(1500);
    assert.equal(posts, 1);
    assert.equal((await asked(stage, 'vm-0012', words)).length, 1);
    assert.equal(await box.getByText(/^Not sent/).count(), 0);
  });

  it('goes back into its form with “Edit” where it was refused', async (t) => {
    const visitor = await stage.visitor(t, { as: 'vm-0008' });
    visitor.expect(/\b422\b/);
    const page = await visitor.open('/');
    const box = await openPanel(page);
    await question(box).fill('A question with a flaw?');
    await details(box).fill('Kept.');
    let broken = true;
    await page.route('**/api/requests', (route) =>
      broken && route.request().method() === 'POST'
        ? route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"status":422,"detail":"A flaw."}' })
        : route.continue(),
    );
    await send(box);
    await box.getByText('A flaw.').waitFor();
    broken = false;
    await box.getByRole('button', { name: 'Edit', exact: true }).click();
    await holds(question(box), 'A question with a flaw?');
    await holds(details(box), 'Kept.');
    await question(box).fill('A question without a flaw?');
    await send(box);
    await box.getByRole('heading', { name: 'A question without a flaw?' }).waitFor();
    assert.equal((await asked(stage, 'vm-0008', 'A question with a flaw?')).length, 0);
    assert.equal((await asked(stage, 'vm-0008', 'A question without a flaw?')).length, 1);
  });

  it('is posted once by a double click', async (t) => {
    const words = 'Clicked twice, asked once?';
    const page = await (await stage.visitor(t, { as: 'vm-0009' })).open('/');
    const posts = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    const box = await openPanel(page);
    await question(box).fill(words);
    await box.getByRole('button', { name: 'Continue' }).dblclick();
    await box.getByRole('button', { name: 'Send', exact: true }).dblclick();
    await box.getByRole('heading', { name: words }).waitFor();
    await page.waitForTimeout(500);
    assert.equal((await asked(stage, 'vm-0009', words)).length, 1);
    assert.equal(posts.filter((url) => url.endsWith('/api/requests')).length, 1);
  });

  it('is put aside when a page begins another question, and can be continued or discarded', async (t) => {
    const page = await (await stage.visitor(t, { as: 'vm-0010' })).open('/');
    const box = await openPanel(page);
    await question(box).fill('The first question?');
    await details(box).fill('With details.');
    await page.evaluate(() => {
      const trigger = document.createElement('button');
      trigger.dataset.entraideAsk = 'The second question?';
      trigger.dataset.entraideSkills = 'Excel';
      trigger.textContent = 'Ask about this';
      document.querySelector('h1').after(trigger);
    });
    await page.getByRole('button', { name: 'Ask about this' }).click();
    await until('the second is there', async () => (await question(box).inputValue()) === 'The second question?');
    await box.getByRole('button', { name: 'Remove Excel' }).waitFor();
    await box.getByText('You began another question').waitFor();
    await box.getByText('The first question?').waitFor();
    await box.getByRole('button', { name: 'Continue it' }).click();
    await holds(question(box), 'The first question?');
    await holds(details(box), 'With details.');
    await box.getByText('The second question?').waitFor();
    // Both survive a reload.
    await page.reload();
    await openPanel(page);
    await until('both are there', async () => {
      const seen = [await question(box).inputValue(), ...(await box.getByText(/^The (first|second) question\?$/).allTextContents())];
      return [...new Set(seen)].sort().join() === 'The first question?,The second question?';
    });
    await box.getByRole('button', { name: 'Discard it' }).click();
    await gone(box.getByText('You began another question'), 'the other question');
    await page.reload();
    await openPanel(page);
    await question(box).waitFor();
    assert.equal(await box.getByText('You began another question').count(), 0);
  });

  it('opens as before when the same trigger is used again', async (t) => {
    const page = await (await stage.visitor(t, { as: 'vm-0010' })).open('/demo/inbox.html');
    await page.evaluate(() => {
      const trigger = document.createElement('button');
      trigger.dataset.entraideAsk = 'Asked by a trigger?';
      trigger.textContent = 'Ask about this';
      document.querySelector('h1').after(trigger);
    });
    for (let i = 0; i < 2; i += 1) {
      await page.getByRole('button', { name: 'Ask about this' }).click();
      await question(panel(page)).waitFor();
      await until('it is filled', async () => (await question(panel(page)).inputValue()) === 'Asked by a trigger?');
      await page.keyboard.press('Escape');
      await closed(page);
    }
    await openPanel(page);
    await question(panel(page)).waitFor();
    assert.equal(await panel(page).getByText('You began another question').count(), 0);
    await tab(page, 'My questions').click();
    await panel(page).getByText('You have not asked anything yet').waitFor();
  });

  it('says beforehand where the browser keeps nothing', async (t) => {
    const visitor = await stage.visitor(t, { as: 'vm-0011' });
    await visitor.context.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
      Storage.prototype.setItem = refuse;
    });
    const page = await visitor.open('/');
    const box = await openPanel(page);
    await question(box).fill('Is this kept?');
    await box.getByText('This browser does not let us keep drafts. Send before you leave the page.').waitFor();
    await send(box);
    await box.getByRole('heading', { name: 'Is this kept?' }).waitFor();
    assert.equal((await asked(stage, 'vm-0011', 'Is this kept?')).length, 1);
  });
});
