// A compliance officer keeps the register of dispute bodies: what is asked is asked at
// once, the clock runs, and a dispute is answered and ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn, writeLetter } from '../house/staff.js';

test('dispute bodies: register, recognition, rules, members', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/geschilleninstanties'));
  await look(page, d.wire, 'geschilleninstanties', { brief: true });
  await page.getByRole('link', { name: 'GI-', exact: false }).last().click();
  await page.waitForURL(/geschilleninstanties\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('main').innerText(), /Geschillenloket/);
  await look(page, d.wire, 'geschilleninstantie');

  await page.goto(d.at('/werk/geschilleninstanties/nieuw'));
  await press(page, 'Inschrijven');
  assert.equal(await page.locator('[role="alert"] a').count(), 1);
  await look(page, d.wire, 'geschilleninstantie-fout', { brief: true });
  await page.getByLabel('Naam van de instantie').fill('Kamer voor Geldzaken');
  await page.keyboard.press('Enter'); // the form is sent from the keyboard
  await page.waitForURL(/geschilleninstanties\/[0-9a-f-]{36}$/);
  await page.getByText('Erkenning aangevraagd').click();
  await page.getByLabel('Aangevraagd op').fill('2026-01-31');
  await press(page, 'Vastleggen');
  assert.match(await page.locator('main').innerText(), /beslist uiterlijk op 31 mei 2026/);
  await page.getByText('Reglement lezen').click();
  await page.locator('details[open]').getByRole('button', { name: 'Bewaren' }).click();
  await page.waitForLoadState();
  assert.equal(await page.locator('[role="alert"] a').count(), 18, 'day, rules and sixteen letters');
  await look(page, d.wire, 'geschilleninstantie-reglement', { brief: true });
  const open = page.locator('details[open]');
  await open.getByLabel('Gelezen op').fill(day());
  await open.getByLabel('Welk reglement?').fill('Reglement van 1 januari 2026');
  for (const letter of 'abcdefghijklmnop') {
    await open.locator(`[name="onderdeel-${letter}"]`).selectOption(letter === 'c' ? 'niet-mogelijk' : 'ja');
    await open.locator(`[name="waar-${letter}"]`).fill(`artikel ${letter}`);
  }
  await press(page, 'Bewaren');
  assert.match(await page.locator('main').innerText(), /Wraking van een lid\s+niet mogelijk/);
  await page.locator('summary', { hasText: 'Lid van het orgaan' }).click();
  await open.getByLabel('Naam van het lid').fill('mr. C. de Wit');
  await open.getByLabel('Functie aanvaard op').fill(day(-30));
  await open.getByLabel('Laatste werkdag bij een financiële dienstverlener').fill(day(-90));
  await open.getByLabel('Wat doet het lid daarnaast?').selectOption('judge');
  await open.getByLabel('Waar blijkt dit uit?').fill('Opgave van nevenfuncties');
  await press(page, 'Bewaren');
  assert.match(await page.locator('main').innerText(), /mr\. C\. de Wit[^]*nee/, 'three months ago is too short');
  await page.goto(d.at('/werk/vandaag'));
  assert.match(await page.locator('main').innerText(), /Vraag na of de minister over de erkenning heeft beslist/);
});

test('a dispute: written down, answered, ended', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/geschillen'));
  await look(page, d.wire, 'geschillen', { brief: true });
  await page.getByRole('link', { name: 'Geschil inschrijven' }).click();
  await press(page, 'Inschrijven');
  assert.equal(await page.locator('[role="alert"] a').count(), 4);
  await look(page, d.wire, 'geschil-fout', { brief: true });
  await page.getByLabel('Welke instantie?').selectOption({ label: 'Geschillenloket Financiële Diensten' });
  await page.getByLabel('Hoe kwam het?').selectOption('aanhangig');
  await page.getByLabel('Sinds').fill(day(-3));
  await page.getByLabel('Waar gaat het over?').fill('De klant wil de afsluitkosten terug.');
  await page.getByLabel('Reageren voor').fill(day(20));
  await press(page, 'Inschrijven');
  assert.match(await page.locator('main').innerText(), /Geef de geschilleninstantie uw reactie/);
  await look(page, d.wire, 'geschil', { brief: true });
  await writeLetter(page, 'Standpunt aan de instantie', () => look(page, d.wire, 'brief-voorbeeld', { brief: true }));
  await page.getByText('Geschil geëindigd').click();
  await page.getByLabel('Hoe eindigde het?').selectOption('niet-bindend-advies');
  await page.getByLabel('Voor wie?').selectOption('klant');
  await page.getByLabel('Meegedeeld op').fill(day(0));
  await page.locator('details[open]').getByRole('button', { name: 'Vastleggen' }).click();
  await page.waitForLoadState();
  assert.match(await page.locator('[role="alert"]').innerText(), /volgt/, 'whether the firm follows is asked');
  await page.locator('details[open]').getByLabel('Ja').check();
  await page.locator('details[open]').getByRole('button', { name: 'Vastleggen' }).click();
  await page.waitForLoadState();
  assert.match(await page.locator('main').innerText(), /De klant kreeg gelijk/);
  const written = page.url();

  // A dispute of which the reference comes later: filled in, more time asked, and the client written to.
  await page.goto(d.at('/werk/geschillen/nieuw'));
  await page.getByLabel('Welke instantie?').selectOption({ label: 'Geschillenloket Financiële Diensten' });
  await page.getByLabel('Hoe kwam het?').selectOption('aanhangig');
  await page.getByLabel('Sinds').fill(day(-1));
  await page.getByLabel('Waar gaat het over?').fill('De dekking bij een lekkage.');
  await press(page, 'Inschrijven');
  assert.notEqual(page.url(), written);
  await page.getByText('Kenmerk, klacht en klant aanvullen').click();
  await page.getByLabel('Kenmerk van de instantie').fill('GFD-2026-77');
  await page.getByLabel('Nummer van uw klacht').fill('K-1999-0001');
  await press(page, 'Bewaren');
  assert.equal(await page.locator('[role="alert"] a').count(), 1, 'there is no such complaint');
  await page.getByLabel('Nummer van uw klacht').fill('');
  await page.getByLabel('Wie heeft het geschil?').fill('B. Bakker');
  await press(page, 'Bewaren');
  assert.match(await page.locator('main').innerText(), /GFD-2026-77[^]*B\. Bakker/);
  await writeLetter(page, 'Verzoek om meer tijd');
  await page.getByText('Reactie aan de instantie').first().click();
  await page.getByLabel('Reageren voor').fill(day(40));
  await press(page, 'Vastleggen');
  assert.match(await page.locator('main').innerText(), /Geef de geschilleninstantie uw reactie/);
  await writeLetter(page, 'Bericht aan de klant');
});
