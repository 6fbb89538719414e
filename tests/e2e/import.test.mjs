// From an export as HR departments make them to colleagues on the screen: the real command, then
// the real server on what it left, then the real directory.

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inRoot } from '../../tools/build/paths.mjs';
import { run } from '../../tools/build/run.mjs';
import { everybody } from './harness/api.mjs';
import { openStage } from './harness/stage.mjs';
import { openPanel, panel, row, tab, until } from './harness/widget.mjs';

/** A stage on a database that `entraide-server import` made of this file and nothing else. */
async function stageOf(file) {
  let report;
  const stage = await openStage({
    fill: async (program, db) => ({ output: report } = await run(program, ['import', file, '--db', db], { capture: true })),
  });
  return { stage, report };
}

const importAgain = async (stage, file, more = {}) => run(stage.program, ['import', file, '--db', stage.db], { capture: true, ...more });
const rows = (directory) => directory.locator('li[aria-posinset]');
const nameOf = (text) => text.replace(' · This is you', '');

/** Whether markup from a cell became more than text. */
const markup = (page) =>
  page.evaluate(() => [...document.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? [...e.shadowRoot.querySelectorAll('b:not(button b), img:not(.avatar img), script, font')] : [])).map((e) => e.outerHTML));

// A photo on another host is what the page's policy refuses; initials stand in its place.
const PHOTO = /photos\.valmer\.example/;

describe('an export with every fault', () => {
  const file = inRoot('server', 'tests', 'fixtures', 'effectifs.csv');
  let stage;
  let report;
  before(async () => {
    ({ stage, report } = await stageOf(file));
  });
  after(() => stage?.close());

  it('is imported without a flag, and every loss is told with its line', () => {
    assert.match(report, /windows-1252/);
    assert.match(report, /“Prénom usuel” -> given-name/);
    assert.match(report, /^10 people, 5 lines rejected, 7 values dropped/m);
    for (const line of ['line 9, id: no identifier', 'line 10: no name', 'line 20: holds nothing but', 'line 5, photo: “javascript:alert(1)”', 'line 11, skills: “=cmd|']) {
      assert.ok(report.includes(line), `the report says “${line}”`);
    }
    assert.match(report, /^10 added, 0 changed, 0 unchanged$/m);
  });

  it('shows these colleagues, found without accents, and markup as text', async (t) => {
    const visitor = await stage.visitor(t, { as: 'A001', locale: 'fr-FR' });
    visitor.expect(PHOTO);
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await directory.getByText('10 collègues', { exact: true }).waitFor();
    const names = (await rows(directory).locator('.name').allTextContents()).map((name) => name.replace(' · C’est vous', ''));
    // A given name in markup stays as it is written: a person is not left out for it.
    assert.ok(names.includes('<b>Léo</b>'), names.join(', '));
    assert.ok(names.includes('Iñaki MacDonald') || names.some((name) => /^Iñaki Mac ?Donald$/i.test(name)), 'the later line of one identifier');
    assert.ok(!names.some((name) => name.startsWith('Jürgen')), 'the earlier line is replaced');
    assert.deepEqual(await markup(page), []);
    const face = rows(directory).filter({ hasText: 'Maëlle Le Goff' }).locator('.avatar');
    await until('initials where the photo is refused', async () => (await face.innerText()).trim() === 'MG');
    await directory.getByRole('searchbox').fill('maelle');
    await until('one is found', async () => (await rows(directory).count()) === 1);
    await rows(directory).getByRole('button').first().click();
    await directory.getByRole('heading', { name: 'Maëlle Le Goff' }).waitFor();
    for (const skill of ['Excel', 'TVA intracommunautaire', 'PL/SQL']) await directory.getByText(skill, { exact: true }).waitFor();
    await directory.getByText('français, anglais').waitFor();
    await directory.getByRole('button', { name: 'Retour' }).click();
    // Three spellings are one skill.
    await directory.getByRole('searchbox').fill('');
    await directory.getByRole('button', { name: 'Filtres' }).click();
    assert.equal(await directory.getByRole('group', { name: 'Compétence' }).getByRole('checkbox', { name: /excel/i }).count(), 1);
  });

  it('changes nothing when it is imported again, nor when something else is', async () => {
    const before = await everybody(stage, 'A001');
    const { output } = await importAgain(stage, file);
    assert.match(output, /^0 added, 0 changed, 10 unchanged$/m);
    assert.deepEqual(await everybody(stage, 'A001'), before);

    const other = join(dirname(stage.db), 'invoices.csv');
    writeFileSync(other, 'Invoice;Amount\n1;20,50\n2;13,00\n');
    const { code, output: said } = await importAgain(stage, other, { allowFailure: true });
    assert.notEqual(code, 0);
    assert.match(said, /--map|column/i, 'it says what to do');
    assert.deepEqual(await everybody(stage, 'A001'), before);
  });

  it('a line that changed is seen in the directory that is open, after a reload', async (t) => {
    const visitor = await stage.visitor(t, { as: 'A001' });
    visitor.expect(PHOTO);
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await directory.getByText('10 colleagues', { exact: true }).waitFor();
    const more = join(dirname(stage.db), 'more.csv');
    writeFileSync(more, '\ufeffid,name,title,skills\nA008,Jean Œuvrard,Notary,droit du travail\nA099,Nora Newcomer,Fitter,"Welding, Excel"\n');
    const { output } = await importAgain(stage, more);
    assert.match(output, /^1 added, 1 changed, 0 unchanged$/m);
    await page.reload();
    await directory.getByText('11 colleagues', { exact: true }).waitFor();
    await directory.getByRole('searchbox').fill('notary');
    await until('by the new title', async () => (await rows(directory).locator('.name').allTextContents()).join() === 'Jean Œuvrard');
  });
});

describe('the export that lies beside the project', () => {
  const file = inRoot('..', 'shared', 'data', 'annuaire.csv');
  const there = existsSync(file);
  let stage;
  let report;
  before(async () => {
    if (there) ({ stage, report } = await stageOf(file));
    else console.log(`\n*** ${file} is not there, so its import is NOT tested ***\n`);
  });
  after(() => stage?.close());
  const options = { skip: !there && 'the export is not there' };

  it('gives everybody who has an identifier and a name', options, async () => {
    assert.match(report, /windows-1252/);
    assert.match(report, /^1199 added, 0 changed, 0 unchanged$/m);
    const people = await everybody(stage, 'M00001');
    assert.equal(people.length, 1199);
    const spellings = new Set(people.flatMap((p) => p.skills.map((s) => s.name)).filter((name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() === 'excel'));
    assert.deepEqual([...spellings], ['Excel']);
    const { output } = await importAgain(stage, file);
    assert.match(output, /^0 added, 0 changed, 1199 unchanged$/m);
    assert.deepEqual(await everybody(stage, 'M00001'), people);
  });

  it('finds them, and asks one', { ...options, timeout: 180_000 }, async (t) => {
    const people = await everybody(stage, 'M00001');
    const marked = people.find((p) => p.name.includes('<img'));
    const visitor = await stage.visitor(t, { as: 'M00001' });
    const page = await visitor.open('/demo/people.html');
    const directory = page.locator('entraide-directory');
    await directory.getByText('1,199 colleagues', { exact: true }).waitFor();
    await directory.getByRole('searchbox').fill(marked.name);
    await until('markup in a name is text', async () => nameOf(await rows(directory).locator('.name').first().textContent()) === marked.name);
    assert.deepEqual(await markup(page), []);

    const someone = people.find((p) => p.id !== 'M00001' && /[éèêëçï]/.test(p.name) && !/[?<]/.test(p.name) && p.skills.length > 2 && people.filter((q) => q.name === p.name).length === 1);
    const plain = someone.name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    await directory.getByRole('searchbox').fill(plain);
    await row(directory, someone.name).first().getByRole('button', { name: `Ask ${someone.name}` }).click();
    await directory.getByRole('textbox', { name: 'Your question' }).waitFor();
    await directory.getByRole('button', { name: `Remove ${someone.name}` }).waitFor();

    const box = await openPanel(page);
    await box.getByRole('textbox', { name: 'Your question' }).fill(`Who can help me with ${someone.skills[0].name}?`);
    await box.getByText('They could help').waitFor();
    await tab(page, 'Colleagues').click();
    await panel(page).getByRole('searchbox').fill(someone.skills[0].name);
    await panel(page).getByText(`Knows ${someone.skills[0].name}`, { exact: false }).first().waitFor();
  });
});
