// From a starter bank to a test in use: one writes, another approves, a third
// publishes, and the client's link gets that very version.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

const account = (d, role) => d.told.accounts.find((a) => a.role === role);
const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const says = (page) => page.locator('main').innerText();

async function signIn(t, d, role) {
  const page = await visitor(t);
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account(d, role).email);
  await page.getByLabel('Wachtwoord').fill(account(d, role).password);
  await press(page, 'Aanmelden');
  return page;
}

/** Posts what the button of a page would, for a page that was pressed once before. */
async function post(page, d, path, form) {
  const reply = await page.request.post(d.at(path), { form, headers: { origin: d.wire.origin }, maxRedirects: 0 });
  assert.equal(reply.status(), 303, `${path}: ${reply.status()}`);
}

const own = '/werk/toetsen/betalingsbeschermer-eigen';

test('a starter bank becomes a test that a second person publishes', async (t) => {
  const d = await demo(t);
  const author = await signIn(t, d, 'author');
  await author.goto(d.at('/werk/vragen/importeren'));
  await press(author, 'Betalingsbeschermer');
  await press(author, 'Importeren');
  const sheet = await (await author.request.get(d.at('/werk/vragen/lijst.csv') + '?product=payment_protection&stand=draft')).text();
  const ids = [...new Set(sheet.match(/^"?[a-z0-9-]+(?="?[;,])/gm) ?? [])].map((id) => id.replaceAll('"', '')).filter((id) => id !== 'id');
  assert.ok(ids.length >= 28, `the bank has ${ids.length} concepts`);
  const reviewer = await signIn(t, d, 'reviewer');
  for (const id of ids) {
    await post(author, d, `/werk/vragen/vraag/${id}/aanbieden`, { versie: '1', herziening: '1' });
    await reviewer.goto(d.at(`/werk/vragen/vraag/${id}`));
    await press(reviewer, 'Goedkeuren');
  }

  await author.goto(d.at('/werk/toetsen'));
  await author.getByRole('link', { name: 'Nieuwe toets ontwerpen' }).click();
  await look(author, d.wire, 'toets-nieuw');
  await author.getByLabel('Kenmerk').fill('betalingsbeschermer-eigen');
  await author.getByLabel('Product', { exact: true }).selectOption('payment_protection');
  await author.getByLabel('Kleinste deel vragen over nadelen').fill('0');
  await press(author, 'Ontwerp bewaren');
  await author.waitForURL(`**${own}`);
  assert.match(await says(author), /Zo kan de toets niet in gebruik[^]*Vul de titel in[^]*nadelen en risico/);
  assert.equal(await author.getByRole('button', { name: 'Publicatie aanvragen' }).count(), 0);
  await look(author, d.wire, 'toets-onvolledig');

  await author.getByRole('link', { name: 'Ontwerp wijzigen' }).click();
  await author.getByLabel('Titel').fill('Betalingsbeschermer zonder advies');
  await author.getByLabel('Waarvoor is de toets?').fill('Met deze toets bekijken wij of u genoeg weet om zonder advies te kiezen.');
  await author.getByLabel('Auteur').fill('Eva de Boer');
  await author.getByLabel('Kleinste deel vragen over nadelen').fill('25');
  await author.getByLabel('Waarom staat bij deze uitkomst').fill('Wie deze grens haalt, kent de uitsluitingen en weet wat er zonder advies niet gebeurt.');
  await press(author, 'Ontwerp bewaren');

  await author.getByRole('link', { name: 'Vragen kiezen' }).click();
  await look(author, d.wire, 'toets-vragen');
  const ticked = await author.locator('input[name="vraag"]:checked').count();
  await author.getByText('Alleen de vragen die ik aankruis').click();
  await author.locator('input[name="vraag"]:checked').first().uncheck();
  await author.getByLabel('Onderdeel').selectOption('experience_eo');
  await press(author, 'Filteren en tellen');
  assert.equal(await author.locator('input[type="checkbox"][name="vraag"]').count() + await author.locator('input[type="hidden"][name="vraag"]').count(), ticked - 1, 'no tick is lost by a filter');
  await look(author, d.wire, 'toets-vragen-gefilterd', { brief: true });
  await press(author, 'Keuze bewaren');
  await author.waitForURL(`**${own}`);
  assert.match(await says(author), /Niets staat publicatie in de weg[^]*Gokt alles[^]*Weet 90%/);
  await look(author, d.wire, 'toets-compleet');
  await author.getByLabel('Toelichting voor wie publiceert').fill('De uitsluitingen zijn nieuw.');
  await press(author, 'Publicatie aanvragen');
  assert.equal(await author.getByRole('button', { name: 'In gebruik nemen' }).count(), 0, 'its author does not publish');

  const publisher = await signIn(t, d, 'publisher');
  await publisher.goto(d.at(own));
  await look(publisher, d.wire, 'toets-wacht');
  assert.match(await says(publisher), /Wacht op publicatie[^]*De uitsluitingen zijn nieuw/);
  const seal = await publisher.locator('input[name="versie"]').first().inputValue();
  await press(publisher, 'In gebruik nemen');
  assert.match(await says(publisher), /In gebruik[^]*op verzoek van Eva de Boer/);
  await publisher.getByRole('link', { name: seal.slice(0, 12) }).first().click();
  await look(publisher, d.wire, 'toets-versie');

  const handler = await signIn(t, d, 'handler');
  await handler.goto(d.at('/werk/toetspogingen/nieuw'));
  await handler.getByLabel('Toets', { exact: true }).selectOption('betalingsbeschermer-eigen');
  await handler.getByLabel('Uw kenmerk van de klant').fill('BB-1');
  await handler.getByRole('group', { name: 'Gaf u deze klant advies over dit product?' }).getByText('Nee', { exact: true }).click();
  await press(handler, 'Klaarzetten en link tonen');
  await handler.waitForURL(/\/werk\/toetspogingen\/[0-9a-f-]{36}$/);
  const words = await says(handler);
  assert.ok(words.includes(seal), 'the attempt is of the version that was published');
  const client = await visitor(t, phone);
  await client.goto(d.at(/\/t\/[a-z2-7]{32}/.exec(words)[0]));
  assert.equal(await client.locator('h1').innerText(), 'Betalingsbeschermer zonder advies');
});
