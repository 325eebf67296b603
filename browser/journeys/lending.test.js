// A handler writes down an application for credit, reads what is missing and what would
// have fitted, consults the register, and concludes; compliance enters a norm amount.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

const press = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();
const says = (page) => page.locator('main').innerText();

async function signIn(t, d, role, options = {}) {
  const account = d.told.accounts.find((a) => a.role === role);
  const page = await visitor(t, options);
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account.email);
  await page.getByLabel('Wachtwoord').fill(account.password);
  await press(page, 'Aanmelden');
  return page;
}

async function unfold(page, name) {
  await page.locator('summary', { hasText: name }).first().focus();
  await page.keyboard.press('Enter');
}

test('an application is judged, lacks the register, and is concluded', async (t) => {
  const d = await demo(t);
  const page = await signIn(t, d, 'handler', phone);
  await page.goto(d.at('/werk/kredietaanvragen'));
  await look(page, d.wire, 'kredietaanvragen');
  await page.getByRole('link', { name: 'Aanvraag opnemen' }).click();
  await page.getByLabel('Naam', { exact: true }).fill('B. Proefman');
  await page.getByLabel('Bedrag', { exact: true }).fill('veel');
  await press(page, 'Bewaren en beoordelen');
  assert.equal(await page.locator('[role="alert"] a').count(), 2, 'amount and purpose, each with a link');
  await look(page, d.wire, 'kredietaanvraag-fout');
  await page.getByLabel('Bedrag', { exact: true }).fill('12.000');
  await page.getByLabel('Looptijd in maanden').fill('48');
  await page.getByLabel('Waarvoor is het geld?').selectOption('vervoer');
  await page.getByLabel('Huishouden').selectOption('alleenstaand');
  await page.getByLabel('Wat zijn de woonlasten per maand?').fill('800');
  await page.getByLabel('Wat betaalt de klant per maand op andere kredieten?').fill('0');
  await page.getByLabel('Wat wordt het maandbedrag van dit krediet?').fill('285,50');
  await page.getByLabel('Hoe staat de klant in het kredietregister?').selectOption('schoon');
  await page.getByLabel('Sinds wanneer heeft de klant dit werk?').fill('2015-04-01');
  await press(page, 'Bewaren en beoordelen');
  assert.match(await says(page), /Onvolledig[^]*Inkomen: Wat is het netto inkomen per maand\?/);

  await page.getByRole('link', { name: 'Gegevens wijzigen' }).click();
  assert.equal(await page.getByLabel('Wat wordt het maandbedrag van dit krediet?').inputValue(), '285,50');
  await page.getByLabel('Wat is het netto inkomen per maand?').fill('2.000');
  await press(page, 'Bewaren en beoordelen');
  assert.match(await says(page), /Voldoet niet[^]*Waarmee had de aanvraag voldaan\?\s+Inkomen: €\s2\.\d{3},\d\d in plaats van €\s2\.000,00/);
  await look(page, d.wire, 'kredietaanvraag-geweigerd');
  await page.getByRole('link', { name: 'Gegevens wijzigen' }).click();
  await page.getByLabel('Wat is het netto inkomen per maand?').fill('2.600');
  await press(page, 'Bewaren en beoordelen');

  await unfold(page, 'Besluiten');
  await page.getByLabel('Aanvaarden').check();
  await press(page, 'Besluit vastleggen');
  await unfold(page, 'Overeenkomst gesloten');
  await page.getByLabel('Nummer van de overeenkomst').fill('P-1');
  await press(page, 'Vastleggen');
  assert.match(await page.locator('[role="alert"]').innerText(), /Het stelsel is niet vóór het aangaan geraadpleegd\. artikel 60, eerste lid, Bfd/i);
  await look(page, d.wire, 'kredietaanvraag-mist-register');
  await unfold(page, 'Kredietregister geraadpleegd');
  await page.getByLabel('Kenmerk van de raadpleging').fill('T-9');
  await press(page, 'Raadpleging vastleggen');
  await unfold(page, 'Overeenkomst gesloten');
  await page.getByLabel('Nummer van de overeenkomst').fill('P-1');
  await press(page, 'Vastleggen');
  assert.match(await says(page), /P-1, gesloten op[^]*Alle oordelen[^]*vijf jaar nadat de overeenkomst is afgewikkeld/);

  const keeper = await signIn(t, d, 'compliance');
  await keeper.goto(d.at('/werk/kredietaanvragen/normbedragen'));
  await unfold(keeper, 'Normbedrag vastleggen');
  await press(keeper, 'Normbedrag bewaren');
  assert.equal(await keeper.locator('[role="alert"] a').count(), 4, 'all faults at once');
  await look(keeper, d.wire, 'normbedragen-fout');
});
