// The question bank: one writes, another approves; files with faults; lapsing.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo, run } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

const author = 'eva@delinde.example';
const reviewer = 'tom@delinde.example';
const rows = (page) => page.locator('tbody tr');
const said = (page) => page.locator('main').innerText();

const fields = {
  Kenmerk: 'looptijd-verlengen',
  Situatie: 'Noor betaalt haar hypotheek in dertig jaar terug. Zij vraagt de aanbieder om er vijfendertig jaar van te maken.',
  Vraag: 'Wat verandert er voor Noor als de aanbieder dat goedvindt?',
  'Antwoord 1': 'Zij betaalt per maand minder, en in totaal meer rente.',
  'Antwoord 2': 'Zij betaalt per maand minder, en in totaal minder rente.',
  'Waarom antwoord 2 niet juist is': 'Zij is het geld langer schuldig en betaalt dus langer rente.',
  'Antwoord 3': 'Zij betaalt per maand meer, en in totaal minder rente.',
  'Waarom antwoord 3 niet juist is': 'Het aflossen wordt over meer maanden verdeeld.',
  'Juist, omdat': 'De schuld wordt over meer maanden verdeeld, en over die maanden rekent de aanbieder rente.',
  Bron: 'Voorwaarden De Linde Hypotheek, artikel 9',
  Familie: 'looptijd',
};

const chosen = { 'Juiste antwoord': '1', Product: 'mortgage', Onderdeel: 'product_risks', Soort: 'substantive', Kant: 'downside', Taal: 'nl' };

test('one writes a question, another approves it, and it is in use', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, author);
  await page.getByRole('link', { name: 'Inhoud', exact: true }).click();
  await look(page, d.wire, 'vragen');
  await page.getByRole('link', { name: 'Vraag schrijven' }).click();
  await look(page, d.wire, 'vraag-schrijven');
  await press(page, 'Bewaren als concept');
  assert.ok((await page.locator('[role="alert"] a').count()) > 0, 'an empty question is refused');
  await look(page, d.wire, 'vraag-schrijven-leeg', { brief: true });
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).first().fill(text);
  for (const [label, value] of Object.entries(chosen)) await page.getByLabel(label, { exact: true }).selectOption(value);
  await page.getByLabel('Gewicht').fill('2');
  await press(page, 'Nakijken zonder bewaren');
  await look(page, d.wire, 'vraag-nagekeken', { brief: true });
  assert.match(await said(page), /Zo ziet de klant de vraag/);
  await press(page, 'Bewaren als concept');
  await page.waitForURL(/\/vraag\/looptijd-verlengen$/);
  await look(page, d.wire, 'vraag-concept', { brief: true });
  await press(page, 'Aanbieden');
  assert.match(await said(page), /Ter beoordeling/);

  const other = await visitor(t);
  await signIn(other, d, reviewer);
  await other.goto(d.at('/werk/vragen') + '?stand=in_review');
  await other.getByRole('link', { name: 'looptijd-verlengen' }).click();
  assert.equal(await other.getByRole('link', { name: 'Bewerken' }).count(), 0, 'who reviews does not write');
  await look(other, d.wire, 'vraag-beoordelen', { brief: true });
  await press(other, 'Goedkeuren');
  assert.match(await said(other), /In gebruik/);
  await page.goto(d.at('/werk/vragen') + '?stand=active&zoek=looptijd-verlengen');
  assert.equal(await rows(page).count(), 1, 'the author finds it in use');
});

/** Makes a firm of one person beside the demo, as its operator would, and lets its owner in. */
async function office(t, d) {
  const passwords = path.join(d.data, 'password');
  await writeFile(passwords, 'een kantoor van een mens\n');
  const firm = (await run('firm', 'add', 'Kantoor Bos', '--one-person', '--data', d.data)).said.match(/[0-9a-f-]{36}/)[0];
  const person = async (email, name, ...roles) => {
    const { code, said } = await run('staff', 'add', email, '--data', d.data, '--firm', firm, '--name', name,
      ...roles.map((r) => `--role=${r}`), '--password-file', passwords, '--keep-password');
    assert.equal(code, 0, said);
    const page = await visitor(t);
    d.told.accounts.push({ email, password: 'een kantoor van een mens' });
    await signIn(page, d, email);
    return page;
  };
  return person;
}

test('a firm of one person approves its own question after a day, or has another look', async (t) => {
  const d = await demo(t);
  const person = await office(t, d);
  const owner = await person('bos@kantoorbos.example', 'Nina Bos', 'author', 'reviewer', 'publisher', 'compliance');
  await owner.goto(d.at('/werk/vragen/nieuw'));
  for (const [label, text] of Object.entries(fields)) await owner.getByLabel(label).first().fill(text);
  for (const [label, value] of Object.entries(chosen)) await owner.getByLabel(label, { exact: true }).selectOption(value);
  await owner.getByLabel('Gewicht').fill('2');
  await press(owner, 'Bewaren als concept');
  await press(owner, 'Aanbieden');
  await press(owner, 'Goedkeuren');
  assert.match(await said(owner), /24 uur|een dag/, 'the page says when the owner may approve it');
  assert.doesNotMatch(await said(owner), /In gebruik sinds/);
  await look(owner, d.wire, 'vraag-eenpersoons', { brief: true });

  const guest = await person('mees@collega.example', 'Mees de Wit', 'reviewer');
  await guest.goto(d.at('/werk/vragen') + '?stand=in_review');
  await guest.getByRole('link', { name: 'looptijd-verlengen' }).click();
  await press(guest, 'Goedkeuren');
  assert.match(await said(guest), /In gebruik/);
});

const head = 'kenmerk,product,onderdeel,familie,soort,kant,gewicht,bron,situatie,vraag,juist antwoord,juist omdat,antwoord 1,fout omdat 1,antwoord 2,fout omdat 2,antwoord 3,fout omdat 3';
const good = (id) => `${id},mortgage,product,${id},substantive,neutral,2,Voorwaarden,,Wat is het onderpand van een hypotheek?,1,Het huis is de zekerheid.,Het huis,,Het inkomen,Dat is geen zekerheid.,De auto,Die hoort er niet bij.`;
const file = (...lines) => ({ name: 'vragen.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...lines].join('\n')) });

test('a file with faults keeps nothing and names them all; mended it is taken', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, { acceptDownloads: true });
  await signIn(page, d, author);
  await page.goto(d.at('/werk/vragen/importeren'));
  await look(page, d.wire, 'vragen-importeren');
  const bad = [
    good('proef-een'),
    good('proef-twee').replace(',mortgage,', ',auto,'),
    good('proef-drie').replace(',2,Voorwaarden', ',veel,Voorwaarden'),
    good('proef-vier').replace('De auto', 'Klant 111222333'),
    good('proef-een'),
  ];
  await page.getByLabel('Bestand').setInputFiles(file(...bad));
  await press(page, 'Bestand nakijken');
  const faults = await rows(page).allInnerTexts();
  for (const row of ['3', '4', '5', '6']) assert.ok(faults.some((f) => f.startsWith(`${row}\t`) || f.startsWith(row)), `row ${row} is named: ${faults}`);
  assert.ok(!(await page.content()).includes('111222333'), 'a citizen service number is not shown again');
  await look(page, d.wire, 'vragen-importeren-fouten', { brief: true });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Foute regels downloaden (CSV)' }).click()]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  await page.goto(d.at('/werk/vragen') + '?zoek=proef-een');
  assert.equal(await rows(page).count(), 0, 'nothing was kept');

  await page.goto(d.at('/werk/vragen/importeren'));
  await page.getByLabel('Bestand').setInputFiles(file(good('proef-een'), good('proef-twee'), good('proef-drie')));
  await press(page, 'Bestand nakijken');
  assert.match(await said(page), /3 nieuwe vragen/);
  await look(page, d.wire, 'vragen-importeren-klaar', { brief: true });
  await press(page, 'Importeren');
  assert.match(await said(page), /De vragen staan in de bank/);
  await page.goto(d.at('/werk/vragen') + '?zoek=proef-');
  assert.equal(await rows(page).count(), 3);
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await press(page, 'Gekozen vragen laten vervallen');
  await look(page, d.wire, 'vragen-vervallen', { brief: true });
  await page.getByLabel('Waarom de vragen vervallen').fill('Waren een proef.');
  await press(page, 'Laten vervallen');
  assert.match(await said(page), /3 vragen zijn vervallen/);
});

test('the bank on a telephone, in every state of a question', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  await signIn(page, d, author);
  for (const state of ['draft', 'in_review', 'returned', 'active', 'retired']) {
    await page.goto(`${d.at('/werk/vragen')}?stand=${state}`);
    assert.ok((await rows(page).count()) > 0, `the demo has a question that is ${state}`);
    await rows(page).first().getByRole('link').first().click();
    await look(page, d.wire, `vraag-${state}`, { brief: true });
  }
  await page.goto(d.at('/werk/toets-nodig'));
  await look(page, d.wire, 'toets-nodig');
});
