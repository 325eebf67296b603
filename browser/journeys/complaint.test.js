// A client files a complaint by the firm's link, stops halfway, goes on, adds a paper;
// the handler finds it as it came in.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { Pace } from '../house/pace.js';
import { press } from '../house/staff.js';

const next = (page) => page.getByRole('button', { name: 'Volgende' }).click();

test('a complaint by a link, without an account, and what the handler sees of it', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.at(`/klacht/${d.told.firm}`));
  await look(page, d.wire, 'klacht-begin');
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await next(page);
  assert.equal(await page.locator('[role="alert"] a').count(), 1);
  await look(page, d.wire, 'klacht-verhaal-fout');
  await page.getByLabel('Vertel het in uw eigen woorden').fill('Mijn nummer is 111222333.');
  await next(page);
  assert.match(await page.locator('[role="alert"]').innerText(), /burgerservicenummer/);
  await page.getByLabel('Vertel het in uw eigen woorden').fill('De rente op mijn brief klopt niet.');
  await next(page);
  const own = page.url().replace(/\/vraag\/.*/, '');

  // Later, on another device and without script.
  const later = await visitor(t, { javaScriptEnabled: false });
  await later.goto(own);
  assert.match(later.url(), /\/vraag\/2$/, 'the link goes on where it was');
  await later.getByLabel('Een vergoeding in geld').check();
  await next(later);
  await later.getByLabel('Product of dienst').fill('hypotheek');
  await next(later);
  await later.getByLabel('Voor iemand anders').check();
  await next(later);
  assert.match(await later.locator('[role="alert"]').innerText(), /Vul de naam in/);
  await later.getByLabel('Naam van die ander').fill('B. Smit');
  await next(later);

  await page.goto(`${own}/vraag/5`);
  await next(page);
  assert.equal(await page.locator('[role="alert"] a').count(), 4, 'all faults at once, each with a link');
  await look(page, d.wire, 'klacht-wie-fout');
  await page.getByLabel('Naam').fill('A. Jansen');
  await page.getByLabel('Straat en huisnummer').fill('Dorpsstraat 1');
  await page.getByLabel('Plaats').fill('Ons Dorp');
  await page.getByLabel('E-mailadres').fill('jansen@voorbeeld.nl');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Klacht versturen' }).waitFor();
  await look(page, d.wire, 'klacht-overzicht');
  await page.getByRole('button', { name: 'Klacht versturen' }).click();
  await page.getByText(/K-\d{4}-\d{4}/).first().waitFor();
  const text = await page.locator('main').innerText();
  assert.match(text, /uiterlijk op/);
  assert.match(text, /Kifid/);
  assert.match(text, /U klaagt voor B. Smit/);
  await look(page, d.wire, 'klacht-volgen');
  await page.getByLabel('Bestand', { exact: true }).setInputFiles({ name: 'machtiging.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.getByRole('button', { name: 'Bestand versturen' }).click();
  assert.match(await page.locator('main').innerText(), /machtiging\.pdf/);
  const number = /K-\d{4}-\d{4}/.exec(await page.locator('h1').innerText())[0];

  const work = await visitor(t);
  const handler = d.told.accounts.find((a) => a.role === 'handler');
  await work.goto(d.at('/werk'));
  await work.getByLabel('E-mailadres').fill(handler.email);
  await work.getByLabel('Wachtwoord').fill(handler.password);
  await work.getByRole('button', { name: 'Aanmelden' }).click();
  await work.goto(d.at('/werk/klachten'));
  await look(work, d.wire, 'klachten');
  await work.getByRole('link', { name: number }).click();
  await work.waitForURL(/klachten\/[0-9a-f-]{36}$/);
  assert.match(await work.locator('main').innerText(), /De rente op mijn brief klopt niet\./);
  await look(work, d.wire, 'klacht');

  await work.goto(d.at('/werk/klachten/importeren'));
  const send = async (rows, mode) => {
    await work.getByLabel('Bestand met klachten').setInputFiles({ name: 'oud.csv', mimeType: 'text/csv', buffer: Buffer.from(`kenmerk;ontvangen;wijze;soort;woorden;naam;adres;plaats\n${rows}`) });
    await work.getByLabel(mode).check();
    await press(work, 'Bestand versturen');
  };
  await send('OUD-1;gisteren;brief;klacht;De rente.;A. Jansen;;Ons Dorp\n', 'Een proef');
  assert.match(await work.locator('main').innerText(), /2 fouten/);
  await look(work, d.wire, 'klachten-importeren', { brief: true });
  const [kept] = await Promise.all([work.waitForEvent('download'), work.getByRole('link', { name: '1 rij met fouten downloaden' }).click()]);
  assert.equal(kept.suggestedFilename(), 'oud-met-fouten.csv');
  assert.match((await readFile(await kept.path())).toString(), /fouten[\s\S]*OUD-1[\s\S]*adres: /);
  await send('OUD-1;2026-01-05;brief;klacht;De rente.;A. Jansen;Dorpsstraat 1;Ons Dorp\n', 'De klachten inlezen');
  await work.getByText('Een bestand terugdraaien').click();
  await work.getByLabel('Welk bestand?').selectOption({ index: 1 });
  await press(work, 'Terugdraaien');
  await work.getByText('Zeg waarom').first().waitFor();
  await work.getByLabel('Waarom?').fill('Een proef.');
  await press(work, 'Terugdraaien');
  assert.match(await work.locator('main').innerText(), /1 weg, 0 gebleven/);
});

// A client on a telephone types 36 words a minute (Palin and others, How do people type on
// mobile devices, 2019: the mean of 37,000), reads each page whole at 238 words a minute
// (Brysbaert, How many words do we read per minute, 2019), and has to think of what to say.
test('a client files a complaint in under three minutes', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  const pace = new Pace({ key: 60 / (36 * 5), word: 60 / 238 });
  const read = async () => {
    const all = await page.locator('main').innerText();
    const unseen = await page.locator('main .unseen').allInnerTexts(); // for a screen reader only
    pace.read(all.split('\n').filter((line) => !unseen.includes(line)).join('\n'));
  };
  const go = async (name) => {
    await page.getByRole('button', { name }).click();
    pace.press();
    await page.waitForLoadState();
    await read();
  };
  await page.goto(d.at(`/klacht/${d.told.firm}`));
  await read();
  await go('Beginnen');
  const story = 'De rente in mijn brief van mei is hoger dan u mij beloofde.';
  await page.getByLabel('Vertel het in uw eigen woorden').fill(story);
  pace.compose(story);
  await go('Volgende');
  await page.getByLabel('Een vergoeding in geld').check();
  pace.press();
  await go('Volgende');
  await page.getByLabel('Product of dienst').fill('hypotheek');
  pace.type('hypotheek');
  await go('Volgende');
  await page.getByLabel('Voor mijzelf').check();
  pace.press();
  await go('Volgende');
  for (const [label, text] of [['Naam', 'A. Jansen'], ['Straat en huisnummer', 'Dorpsstraat 1'], ['Plaats', 'Ons Dorp'], ['E-mailadres', 'jansen@voorbeeld.nl']]) {
    await page.getByLabel(label).fill(text);
    pace.type(text);
  }
  await go('Volgende');
  await page.getByRole('button', { name: 'Klacht versturen' }).click();
  pace.press();
  await page.getByText(/K-\d{4}-\d{4}/).first().waitFor();
  t.diagnostic(`a client takes ${Math.round(pace.seconds)} seconds by the keystroke-level model`);
  assert.ok(pace.seconds < 180, `a client takes ${Math.round(pace.seconds)} seconds`);
});

test('a complaint by phone that is saved again after the back button', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const handler = d.told.accounts.find((a) => a.role === 'handler');
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(handler.email);
  await page.getByLabel('Wachtwoord').fill(handler.password);
  await press(page, 'Aanmelden');
  await page.goto(d.at('/werk/klachten/nieuw'));
  const words = page.getByLabel('De klacht, zoals zij binnenkwam');
  const fill = async (text) => {
    await words.fill(text);
    await page.getByLabel('Naam', { exact: true }).fill('A. Jansen');
    await page.getByLabel('Straat en huisnummer').fill('Dorpsstraat 1');
    await page.getByLabel('Plaats').fill('Ons Dorp');
  };
  await fill('De rente klopt niet, zei de klant.');
  await press(page, 'Klacht bewaren');
  const first = page.url();
  assert.match(first, /klachten\/[0-9a-f-]{36}$/);

  await page.goBack();
  await fill('De rente klopt niet, zei de klant.'); // whatever the browser kept of it
  await press(page, 'Klacht bewaren');
  assert.equal(page.url(), first, 'saved twice it is one complaint');

  await page.goBack();
  await fill('De rente klopt niet, en de kosten ook niet.');
  await press(page, 'Klacht bewaren');
  assert.match(await page.locator('main').innerText(), /Dit formulier hebt u al verstuurd/);
  assert.equal(await words.inputValue(), 'De rente klopt niet, en de kosten ook niet.');
  assert.equal(d.at(await page.getByRole('link', { name: 'de klacht die u ermee opschreef' }).getAttribute('href')), first);
  await look(page, d.wire, 'klacht-al-verstuurd');
  await press(page, 'Klacht bewaren');
  assert.match(page.url(), /klachten\/[0-9a-f-]{36}$/);
  assert.notEqual(page.url(), first, 'sent anew it is a second one');
});
