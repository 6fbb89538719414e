// The whole story with two people, and a third: a colleague found by skill, a question written
// with the widget's help, answered on another page, accepted, thanked, passed on, closed. Each
// step is done on the screen by one and seen by the other, and then looked up in the database.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asked, everybody, get, post, statusOf } from './harness/api.mjs';
import { openStage } from './harness/stage.mjs';
import { badge, closed, hasFocus, holds, launcher, openPanel, row, tab, until } from './harness/widget.mjs';

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const firstName = (person) => person.name.split(' ')[0];

/** Somebody whom the story can use: free, with a name of their own, and never thanked so far. */
function choose(people, wanted) {
  const namesakes = groupBy(people, (p) => p.name);
  const found = people.find(
    (person) =>
      namesakes.get(person.name).length === 1 &&
      person.availability.presence === 'available' &&
      person.availability.load.open === 0 &&
      person.availability.load.weeklyLimit === undefined &&
      person.skills.every((skill) => skill.evidence.accepted + skill.evidence.thanks === 0) &&
      wanted(person),
  );
  assert.ok(found, 'the demo company has nobody like this');
  return found;
}

const groupBy = (items, key) => items.reduce((map, item) => map.set(key(item), [...(map.get(key(item)) ?? []), item]), new Map());
const knows = (person, skill) => person.skills.some((s) => s.name === skill);

describe('the story', () => {
  let stage;
  let people;
  before(async () => {
    stage = await openStage();
    people = await everybody(stage, 'vm-0001');
    assert.equal(people.length, 2000);
  });
  after(() => stage?.close());

  it('of a question between two people', { timeout: 240_000 }, async (t) => {
    const helper = choose(people, (p) => p.place === 'Lyon' && knows(p, 'métrologie'));
    const asker = choose(people, (p) => p.place === 'Manchester');
    const askers = await stage.visitor(t, { as: asker.id });
    const helpers = await stage.visitor(t, { as: helper.id });
    const page = await askers.open('/');
    const other = await helpers.open('/demo/inbox.html');
    const inbox = other.locator('entraide-inbox');
    await inbox.getByRole('heading', { name: 'Where you can help' }).waitFor();

    // Found by a skill, typed without its accent and with a slip, and told why.
    const box = await openPanel(page, 'Colleagues');
    const search = box.getByRole('searchbox', { name: 'Search by name, skill, team or place' });
    await search.waitFor();
    await hasFocus(search, 'the search');
    await page.keyboard.type('metrologei lyon');
    const list = box.getByRole('list', { name: 'Colleagues found' });
    const found = row(list, helper.name);
    await found.waitFor();
    await found.getByText('Knows métrologie', { exact: false }).waitFor();
    assert.ok((await found.locator('mark').allTextContents()).some((text) => /^métrolog/i.test(text)), 'what was found is marked');
    const shown = await list.getByRole('listitem').allTextContents();
    for (const text of shown) assert.match(text, /métrolog|metrolog/i, `why is this one here: ${text}`);

    // The card, and a question from it.
    await found.getByRole('button').first().click();
    await box.getByRole('heading', { name: helper.name }).waitFor();
    const card = box.getByRole('article', { name: helper.name });
    for (const text of [helper.title, 'Says they know', 'No open questions', 'Available']) {
      await card.getByText(text, { exact: true }).first().waitFor();
    }
    await card.getByText(`${helper.team} · ${helper.place}`).waitFor();
    for (const skill of helper.skills) await card.getByRole('button', { name: skill.name, exact: true }).waitFor();
    assert.equal(await card.getByText('Shown by help given').count(), 0);
    await card.getByRole('button', { name: `Ask ${firstName(helper)}`, exact: true }).click();
    await box.getByRole('button', { name: `Remove ${helper.name}` }).waitFor();

    // Skills are proposed from the words, colleagues from the skills, each with a reason.
    const question = 'The pivot table of our gauge list groups dates by month but mixes the years';
    const text = box.getByRole('textbox', { name: 'Your question' });
    await hasFocus(text, 'the question');
    await page.keyboard.type(question);
    await box.getByRole('button', { name: 'Add pivot tables' }).click();
    await box.getByRole('button', { name: 'Remove pivot tables' }).waitFor();
    await box.getByText('They could help').waitFor();
    const candidates = box.locator('li').filter({ has: page.getByRole('button', { name: /^Ask \S+ \S+/ }) });
    await candidates.filter({ hasText: 'pivot tables' }).first().waitFor();
    const proposed = await candidates.evaluateAll((items) => items.map((item) => item.innerText.split('\n').filter(Boolean)));
    assert.ok(proposed.length >= 1 && proposed.length <= 3, `few are proposed: ${proposed.length}`);
    for (const lines of proposed) {
      assert.ok(people.some((p) => lines.includes(p.name) && p.id !== asker.id && p.id !== helper.id), `a colleague who is not there yet: ${lines}`);
      assert.match(lines.join('\n'), /^(Knows|Helped|Job)/m, 'a reason in words');
    }
    const second = people.find((p) => proposed.some((lines) => lines.includes(p.name) && lines.join().includes('pivot tables')));
    await box.getByRole('button', { name: `Ask ${second.name}`, exact: true }).click();
    await box.getByRole('button', { name: `Remove ${second.name}` }).waitFor();

    // The page goes along only as long as one lets it.
    await box.getByText('Home – Maison Valmer').waitFor();
    await box.getByRole('button', { name: 'Do not send the page' }).click();
    await box.getByRole('button', { name: 'Send this page along' }).waitFor();
    assert.equal(await box.getByText('Home – Maison Valmer').count(), 0);

    // One like it was answered before: with its helper's name, readable, and the words stay.
    const similar = box.getByRole('region', { name: 'Answered before' });
    await similar.getByText('Pivot table groups dates by month but mixes the years').click();
    await similar.getByText(/^\s*.+ answered, /).first().waitFor();
    await similar.getByRole('button', { name: 'Read it all' }).first().click();
    await box.getByRole('heading', { name: 'Pivot table groups dates by month but mixes the years' }).waitFor();
    await box.getByText('Solved', { exact: true }).waitFor();
    await box.getByRole('button', { name: 'Back' }).click();
    await holds(text, question);
    for (const name of [helper.name, second.name, 'pivot tables']) await box.getByRole('button', { name: `Remove ${name}` }).waitFor();

    // A last look that names them, then the explicit send.
    await box.getByRole('button', { name: 'Continue' }).click();
    await box.getByRole('heading', { name: 'One last look' }).waitFor();
    await box.getByText(`This goes to ${helper.name} and ${second.name} and will be seen by every colleague.`).waitFor();
    assert.deepEqual(await asked(stage, asker.id, question), [], 'nothing is sent before “Send”');
    await box.getByRole('button', { name: 'Send', exact: true }).click();
    await box.getByRole('heading', { name: question }).waitFor();
    await box.getByText('Waiting for an answer').waitFor();
    await box.getByText('No answer yet').waitFor();

    const [kept] = await asked(stage, asker.id, question);
    assert.equal(kept.status, 'open');
    assert.equal(kept.context, undefined, 'the page was taken out');
    assert.deepEqual(kept.skills, ['pivot tables']);
    assert.deepEqual(kept.asked.map((p) => p.name).sort(), [helper.name, second.name].sort());

    // Elsewhere it arrives by itself, is opened, and answered.
    const arrived = inbox.getByRole('button', { name: new RegExp(`^${escape(question)}`) });
    await arrived.waitFor();
    await inbox.getByRole('heading', { name: 'Put to you' }).waitFor();
    await inbox.getByText('Asked you by name').waitFor();
    await launcher(other).getByText('1', { exact: true }).waitFor();
    await arrived.click();
    await inbox.getByRole('heading', { name: question }).waitFor();
    await inbox.getByText(`${asker.name} asks, just now`).waitFor();
    // The asker looks at something else meanwhile.
    await tab(page, 'Ask').click();
    await page.keyboard.press('Escape');
    await closed(page);
    assert.equal(await badge(page).textContent(), '');
    await inbox.getByRole('textbox', { name: 'Your answer' }).fill('Group by years as well:\nright-click a date, Group, tick Years and Months.');
    await inbox.getByRole('button', { name: 'Send answer' }).click();
    await inbox.getByRole('heading', { name: '1 answer', exact: true }).waitFor();
    await inbox.getByText('tick Years and Months.').waitFor();
    await holds(inbox.getByRole('textbox', { name: 'Your answer' }), '');

    // The asker hears of it without a reload: on the button, and in words.
    await launcher(page).getByText('1', { exact: true }).waitFor();
    await openPanel(page);
    await tab(page, 'My questions').getByText('1 new').waitFor();
    await tab(page, 'My questions').click();
    await box.getByRole('heading', { name: 'New answers' }).waitFor();
    await box.getByRole('button', { name: new RegExp(`^${escape(question)}`) }).click();
    await box.getByText('Group by years as well:').waitFor();
    await until('the badge is gone', async () => (await badge(page).textContent()) === '');
    // One more, while the asker looks at the thread: it comes, and is said to a screen reader.
    await inbox.getByRole('textbox', { name: 'Your answer' }).fill('In newer versions they are there already.');
    await inbox.getByRole('button', { name: 'Send answer' }).click();
    await box.getByText('In newer versions they are there already.').waitFor();
    await page.locator('[aria-live=polite]').getByText(`New answer from ${helper.name}`).waitFor({ state: 'attached' });

    // Accepted, and thanked for a skill with a word.
    const answer = box.getByRole('listitem').filter({ hasText: 'Group by years as well:' });
    await answer.getByRole('button', { name: 'This solved it' }).click();
    await box.getByText('Solved', { exact: true }).waitFor();
    assert.equal(await box.getByRole('button', { name: 'This solved it' }).count(), 0);
    await answer.getByRole('button', { name: `Thank ${firstName(helper)}` }).click();
    await answer.getByRole('combobox', { name: 'For which skill?' }).selectOption('pivot tables');
    await answer.getByRole('textbox', { name: /^A word with it/ }).fill('The report went out on time.');
    await answer.getByRole('button', { name: 'Send thanks' }).click();
    await box.getByText(new RegExp(`^You thank(ed)? ${escape(helper.name)} for pivot tables`)).waitFor();
    await box.getByText('The report went out on time.').waitFor();
    assert.equal(await box.getByRole('button', { name: `Thank ${firstName(helper)}` }).count(), 0, 'thanked once');
    await inbox.getByText(new RegExp(`^${escape(asker.name)} thank(s|ed) you for pivot tables`)).waitFor();
    await inbox.getByText('The report went out on time.').waitFor();
    await inbox.getByText('Solved', { exact: true }).waitFor();

    const whole = await get(stage, `/requests/${kept.id}`, asker.id);
    assert.equal(whole.status, 'solved');
    assert.deepEqual(whole.answers.map((a) => [a.author.id, a.accepted]), [[helper.id, true], [helper.id, false]]);
    assert.deepEqual(whole.thanks.map((t) => [t.from.id, t.to.id, t.skill, t.note]), [[asker.id, helper.id, 'pivot tables', 'The report went out on time.']]);
    const bystander = await get(stage, `/requests/${kept.id}`, people.find((p) => ![asker.id, helper.id].includes(p.id)).id);
    assert.deepEqual(bystander.thanks, [], 'thanks are seen by the two alone');
    assert.deepEqual((await get(stage, `/people/${helper.id}`, asker.id)).skills.find((s) => s.name === 'pivot tables').evidence, { accepted: 1, thanks: 1 });

    // And the helper's card shows what they have shown.
    await tab(page, 'Colleagues').click();
    await search.fill(helper.name);
    await row(list, helper.name).getByRole('button').first().click();
    await card.getByRole('heading', { name: 'Shown by help given' }).waitFor();
    await card.getByRole('button', { name: 'pivot tables · 1 accepted answer · 1 thank-you' }).waitFor();
  });

  it('of a question that is passed on, and one that is closed', { timeout: 180_000 }, async (t) => {
    const asker = choose(people, (p) => p.place === 'Dublin');
    const busy = choose(people, (p) => p.place === 'Stuttgart');
    const expert = choose(people, (p) => p.place === 'Nantes');
    const page = await (await stage.visitor(t, { as: asker.id })).open('/demo/policy.html');
    const one = await (await stage.visitor(t, { as: busy.id })).open('/');
    const two = await (await stage.visitor(t, { as: expert.id })).open('/demo/inbox.html');
    const theirs = two.locator('entraide-inbox');
    await theirs.getByRole('heading', { name: 'Where you can help' }).waitFor();

    // Asked by name, and only them.
    const question = 'Who signs off a trip to the test bench in Stuttgart?';
    const box = await openPanel(page);
    await box.getByRole('textbox', { name: 'Your question' }).fill(question);
    await box.getByRole('radio', { name: 'Only those I ask' }).check();
    await box.getByText('Choose somebody to ask first.').waitFor();
    const who = box.getByRole('combobox', { name: 'Add somebody by name' });
    await who.pressSequentially(busy.name);
    await box.getByRole('option', { name: new RegExp(`^${escape(busy.name)}`) }).first().click();
    await box.getByRole('button', { name: `Remove ${busy.name}` }).waitFor();
    assert.equal(await box.getByText('Choose somebody to ask first.').count(), 0);
    await box.getByRole('button', { name: 'Continue' }).click();
    await box.getByText(`This goes to ${busy.name}. Only they can see it.`).waitFor();
    await box.getByText('From the page Travel policy').waitFor();
    await box.getByRole('button', { name: 'Send', exact: true }).click();
    await box.getByText('Only those asked can see this').waitFor();
    const [kept] = await asked(stage, asker.id, question);
    assert.equal(kept.visibility, 'private');
    assert.match(kept.context.url, /\/demo\/policy\.html$/);
    assert.equal(await statusOf(stage, `/requests/${kept.id}`, expert.id), 404, 'nobody else can read it');

    // "I know who": one tap and a name, from the panel of the home page.
    const helping = await openPanel(one, 'Help others');
    await helping.getByRole('button', { name: new RegExp(`^${escape(question)}`) }).click();
    await helping.getByText('Not for you? Nobody is told, nothing is counted.').waitFor();
    await helping.getByRole('button', { name: 'I know who' }).click();
    await helping.getByRole('combobox', { name: 'Who could help?' }).pressSequentially(expert.name);
    await helping.getByRole('option', { name: new RegExp(`^${escape(expert.name)}`) }).first().click();
    await helping.getByRole('heading', { name: 'Where you can help' }).waitFor();
    await until('it has left the list of who passed', async () => (await helping.getByText(question).count()) === 0);

    await theirs.getByRole('button', { name: new RegExp(`^${escape(question)}`) }).waitFor();
    await box.getByText(`Asked: ${expert.name}`, { exact: true }).waitFor();
    const passed = await get(stage, `/requests/${kept.id}`, asker.id);
    assert.deepEqual(passed.asked.map((p) => p.id), [expert.id]);
    assert.doesNotMatch(JSON.stringify(passed), new RegExp(busy.id), 'who passed is told to nobody');

    // Closed without an answer: it stays among one's own, and leaves the other's list.
    await box.getByRole('button', { name: 'Close without an answer' }).click();
    await box.getByText('Closed', { exact: true }).waitFor();
    await until('it has left the list of who was asked', async () => (await theirs.getByText(question).count()) === 0);
    assert.equal((await get(stage, `/requests/${kept.id}`, asker.id)).status, 'closed');
    await tab(page, 'My questions').click();
    await box.getByRole('heading', { name: 'Done' }).waitFor();
    await box.getByText(question).waitFor();
  });

  it('in French, with a question for all who know', { timeout: 180_000 }, async (t) => {
    const asker = choose(people, (p) => p.place === 'Grenoble');
    const helper = choose(people, (p) => knows(p, 'notes de frais') && p.id !== asker.id);
    const french = { locale: 'fr-FR' };
    const page = await (await stage.visitor(t, { as: asker.id, ...french })).open('/demo/expenses.html');
    const other = await (await stage.visitor(t, { as: helper.id, ...french })).open('/demo/inbox.html');
    const inbox = other.locator('entraide-inbox');
    await inbox.getByRole('heading', { name: 'Où vous pouvez aider' }).waitFor();

    const question = 'Repas avec un fournisseur : quel plafond dans les notes de frais ?';
    const box = await openPanel(page);
    await box.getByRole('heading', { name: 'De quoi avez-vous besoin ?' }).waitFor();
    await box.getByRole('textbox', { name: 'Votre question' }).fill(question);
    await box.getByRole('button', { name: 'Ajouter notes de frais' }).click();
    await box.getByRole('button', { name: 'Retirer notes de frais' }).waitFor();
    await box.getByText('Ils pourraient aider').waitFor();
    await box.getByText(/Connaît notes de frais|A aidé \d+ fois sur notes de frais/).first().waitFor();
    await box.getByText('Notes de frais – Maison Valmer').waitFor();
    await box.getByRole('button', { name: 'Continuer' }).click();
    await box.getByText('La question sera visible par tous les collègues').waitFor();
    await box.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await box.getByText('En attente de réponse').waitFor();

    await inbox.getByRole('heading', { name: 'Sur ce que vous connaissez' }).waitFor();
    const arrived = inbox.getByRole('button', { name: new RegExp(`^${escape(question)}`) });
    await arrived.getByText('Vous connaissez notes de frais').waitFor();
    await arrived.click();
    await inbox.getByRole('textbox', { name: 'Votre réponse' }).fill('Trente euros par personne, avec le nom des invités.');
    await inbox.getByRole('button', { name: 'Envoyer la réponse' }).click();
    await box.getByText('Trente euros par personne').waitFor();
    await box.getByRole('button', { name: 'C’est résolu' }).click();
    await box.getByText('Résolu', { exact: true }).waitFor();
    await box.getByRole('button', { name: `Remercier ${firstName(helper)}` }).click();
    await box.getByRole('button', { name: 'Envoyer le merci' }).click();
    await box.getByText(new RegExp(`^Vous (avez remercié|remerciez) ${escape(helper.name)}`)).waitFor();
    await inbox.getByText(new RegExp(`^${escape(asker.name)} vous (a remercié|remercie)`)).waitFor();

    const [kept] = await asked(stage, asker.id, question);
    assert.equal(kept.status, 'solved');
    assert.equal(kept.context.title, 'Notes de frais – Maison Valmer');
    assert.deepEqual((await get(stage, `/people/${helper.id}`, asker.id)).skills.find((s) => s.name === 'notes de frais').evidence, { accepted: 1, thanks: 1 });
    // What was asked in words is in the page's language, and nothing is left in English.
    const words = await box.innerText();
    assert.doesNotMatch(words, /\b(Your|You|Answer|Solved|Thank|Ask)\b/);
  });

  it('where there are no events: an answer is heard of by asking for it', { timeout: 240_000 }, async (t) => {
    const asker = choose(people, (p) => p.place === 'Manchester' && p.team === 'Sales UK & Ireland');
    const helper = choose(people, (p) => p.place === 'Stuttgart' && knows(p, 'Excel'));
    const visitor = await stage.visitor(t, { as: asker.id });
    visitor.expect(/\b404\b/);
    await visitor.context.route('**/api/events', (route) => route.fulfill({ status: 404, body: '' }));
    const kept = await post(stage, '/requests', asker.id, { question: 'Is this heard without events?', to: [helper.id] });
    const page = await visitor.open('/demo/policy.html');
    const box = await openPanel(page, 'My questions');
    await box.getByText('Is this heard without events?').waitFor();
    await tab(page, 'Ask').click();
    await post(stage, `/requests/${kept.id}/answers`, helper.id, { text: 'It is.' });
    await launcher(page).locator('b').getByText('1').waitFor({ state: 'attached', timeout: 45_000 });
    await tab(page, 'My questions').getByText('1 new').waitFor();
    await tab(page, 'My questions').click();
    await box.getByRole('heading', { name: 'New answers' }).waitFor();
    // Also while the panel is closed, if more slowly.
    await box.getByRole('button', { name: /^Is this heard/ }).click();
    await box.getByText('It is.').waitFor();
    await tab(page, 'Ask').click();
    await page.keyboard.press('Escape');
    await until('the badge is gone', async () => (await badge(page).textContent()) === '');
    await post(stage, `/requests/${kept.id}/answers`, helper.id, { text: 'It still is.' });
    await until('the badge is back', async () => (await badge(page).textContent()) !== '', { timeout: 70_000, every: 1000 });
  });
});
