// An incident of a policy maker becomes a change that is told; a function starts only
// when it may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn, writeLetter } from '../house/staff.js';

/** Sends the step that is open. */
async function send(page, name) {
  const answered = page.waitForResponse((r) => r.request().isNavigationRequest() && r.status() !== 303);
  await page.locator('details[open]').getByRole('button', { name, exact: true }).click();
  await answered;
  await page.waitForLoadState();
}

test('reliability: no function before the word, a change from an incident', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/incidenten'));
  await look(page, d.wire, 'incidenten', { brief: true });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/incidenten\/[0-9a-f-]{36}$/);
  await look(page, d.wire, 'incident', { brief: true });
  await writeLetter(page, 'Melding aan de toezichthouder');

  await page.goto(`${d.at('/werk/betrouwbaarheid')}?incident=I-2026-0001`);
  assert.match(await page.locator('main').innerText(), /Wijziging uit incident I-2026-0001/);
  await look(page, d.wire, 'betrouwbaarheid', { brief: true });
  await page.goto(d.at('/werk/betrouwbaarheid/nieuw'));
  await press(page, 'Inschrijven');
  assert.equal(await page.locator('[role="alert"] a').count(), 4, 'name, role, employment and day');
  await look(page, d.wire, 'betrouwbaarheid-fout', { brief: true });
  await page.getByLabel('Naam', { exact: true }).fill('R. Kuipers');
  await page.getByLabel('Wat doet deze persoon?').selectOption('policy_maker');
  await page.getByLabel('Hoe werkt deze persoon bij u?').selectOption('employee');
  await page.getByLabel('Bij uw onderneming sinds').fill(day());
  await page.getByLabel('Naam', { exact: true }).press('Enter'); // the form is sent from the keyboard
  await page.waitForURL(/betrouwbaarheid\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('main').innerText(), /Deze functie mag nog niet beginnen/);
  await look(page, d.wire, 'persoon');

  await page.getByText('Functie laten beginnen').click();
  await page.getByLabel('Vanaf').fill(day());
  await send(page, 'Laten beginnen');
  assert.match(await page.locator('[role="alert"]').innerText(), /nog niet meegedeeld/, 'without the word of the supervisor it is refused');
  await page.getByText('Mededeling van de toezichthouder vastleggen').click();
  const word = page.locator('details', { hasText: 'Mededeling van de toezichthouder vastleggen' });
  await word.getByLabel('Dag van de mededeling').fill(day());
  await word.getByLabel('Kenmerk').fill('AFM-2026-118');
  await word.getByRole('button', { name: 'Vastleggen' }).click();
  await page.waitForLoadState();
  await page.getByText('Functie laten beginnen').click();
  await page.getByLabel('Vanaf').fill(day());
  await send(page, 'Laten beginnen');
  assert.equal(await page.locator('[role="alert"]').count(), 0, 'after it the function starts');

  await page.getByText('Wijziging opgemerkt').click();
  await page.getByLabel('Opgemerkt op').fill(day());
  await page.getByLabel('Wat is er gewijzigd?').fill('Gehoord als verdachte.');
  await page.getByLabel('Nummer van het incident').fill('I-1999-0001');
  await send(page, 'Vastleggen');
  assert.match(await page.locator('[role="alert"]').innerText(), /Dit incident is er niet/);
  await page.locator('details[open]').getByLabel('Nummer van het incident').fill('');
  await send(page, 'Vastleggen');
  assert.match(await page.locator('main').innerText(), /Meld de wijziging schriftelijk aan de toezichthouder/);
  await writeLetter(page, 'Melding van een wijziging aan de toezichthouder');

  // What was recorded wrongly is put right with a reason, and stays to be read.
  await page.getByText('Wijziging gemeld', { exact: true }).first().click();
  await page.locator('details[open]').getByLabel('Welke wijziging?').selectOption({ index: 1 });
  await page.locator('details[open]').getByLabel('Gemeld op').fill(day());
  await page.locator('details[open]').getByLabel('Hoe?').selectOption('email');
  await send(page, 'Vastleggen');
  await page.getByText('Persoon vertrekt').click();
  await page.getByLabel('Laatste werkdag').fill(day());
  await send(page, 'Vastleggen');
  await page.getByText('Vertrek terugdraaien').click();
  await send(page, 'Terugdraaien');
  assert.match(await page.locator('[role="alert"]').innerText(), /Schrijf op wat er niet klopte/);
  await look(page, d.wire, 'persoon-vertrek-terug', { brief: true });
  await page.locator('details[open]').getByLabel('Wat klopte er niet, en waaruit blijkt dat?').fill('Verwisseld met een naamgenoot.');
  await send(page, 'Terugdraaien');
  assert.match(await page.locator('main').innerText(), /Vertrek teruggedraaid/);
  await page.getByText('Begin van de functie verbeteren').click();
  await page.locator('details[open]').getByLabel('Wat klopte er niet, en waaruit blijkt dat?').fill('De benoeming ging niet door.');
  await send(page, 'Verbeteren');
  assert.match(await page.locator('main').innerText(), /Begin van de functie verbeterd/);
  assert.match(await page.locator('main').innerText(), /Functie laten beginnen/, 'it did not begin, so it can');

  // Who helped clients before the Act is not measured, as long as they stay: found, and corrected.
  await page.goto(d.at('/werk/betrouwbaarheid/nieuw'));
  await page.getByLabel('Naam', { exact: true }).fill('G. Oudgediend');
  await page.getByLabel('Wat doet deze persoon?').selectOption('client_facing');
  await page.getByLabel('Hoe werkt deze persoon bij u?').selectOption('employee');
  await page.getByLabel('Bij uw onderneming sinds').fill('2004-05-01');
  await press(page, 'Inschrijven');
  const find = async (fill) => {
    await page.locator('details:not([open]) > summary', { hasText: 'Overgangsrecht' }).click();
    const step = page.locator('details[open]', { hasText: 'Wet in werking getreden op' });
    await fill(step);
    await send(page, 'Vastleggen');
  };
  await find(async () => {});
  assert.match(await page.locator('[role="alert"]').innerText(), /Kies of deze persoon dit werk toen al deed/);
  await look(page, d.wire, 'overgangsrecht-fout', { brief: true });
  const group = (name) => page.locator('details[open]').getByRole('group', { name });
  await group('inhoudelijk klantcontact').getByLabel('Ja').check();
  await group('Bij wie?').getByLabel('Bij onze onderneming').check();
  await send(page, 'Vastleggen');
  assert.match(await page.locator('main').innerText(), /artikel 6, tweede lid, geldt niet/);
  assert.doesNotMatch(await page.locator('main').innerText(), /Deze functie mag nog niet beginnen/);
  await find(() => group('daarna voor een andere').getByLabel('Ja').check());
  assert.match(await page.locator('main').innerText(), /de uitzondering is geëindigd/);
  assert.match(await page.locator('main').innerText(), /Deze functie mag nog niet beginnen/);

  // The day was written down wrong: it is put right, and the timeline says so.
  await page.getByText('Wie is het?').click();
  await page.locator('details[open]').getByLabel('Bij uw onderneming sinds').fill('2006-05-01');
  await send(page, 'Bewaren');
  assert.match(await page.locator('main').innerText(), /1 mei 2006[^]*Gegevens bijgewerkt/);
});
