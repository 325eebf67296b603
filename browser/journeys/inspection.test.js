// A supervisor's guest reads what compliance opened, takes it along, and finds the door
// shut everywhere else; compliance sees what was read and ends the inspection.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

const main = (page) => page.locator('main').innerText();

test('a guest reads what was opened and nothing else, until it is ended', async (t) => {
  const d = await demo(t);
  const guest = await visitor(t);
  await signIn(guest, d, 'inspecteur@delinde.example');
  assert.match(guest.url(), /werk\/inzage$/);
  await look(guest, d.wire, 'inzage');
  await guest.getByRole('row', { name: /open/ }).getByRole('link').click();
  await guest.waitForURL(/inzage\/[0-9a-f-]{36}$/);
  await look(guest, d.wire, 'inzage-een');
  const one = guest.url();
  await guest.getByRole('link', { name: 'Klachten' }).focus();
  await guest.keyboard.press('Enter');
  await guest.waitForURL(/stukken\/klacht$/);
  await look(guest, d.wire, 'inzage-lijst');
  const files = guest.url();
  await guest.locator('main tbody th a').first().click();
  await guest.waitForURL(/stukken\/klacht\/[0-9a-f-]{36}$/);
  await look(guest, d.wire, 'inzage-dossier');
  const file = guest.url();
  assert.match(await main(guest), /Alle bewijzen kloppen/);
  assert.match(await main(guest), /artikel 51, onderdeel d/);
  await guest.goto(`${one}/stukken/geschil`);
  await guest.getByLabel('Volgorde').selectOption('nieuwste');
  await guest.getByRole('button', { name: 'Zoeken' }).last().click();
  await guest.waitForURL(/volgorde=nieuwste/);
  assert.match(await main(guest), /geschil over/);
  await guest.locator('main tbody th a').first().click();
  await guest.waitForURL(/stukken\/geschil\/[0-9a-f-]{36}$/);
  assert.match(await main(guest), /Alle bewijzen kloppen/);
  for (const path of ['/werk/klachten', '/werk/zaken', '/werk/incidenten', '/werk/medewerkers', '/werk/inzage/nieuw']) {
    assert.equal((await guest.goto(d.at(path))).status(), 403, path);
  }

  const officer = await visitor(t);
  await signIn(officer, d, 'samir@delinde.example');
  await officer.goto(d.at('/werk/inzage/nieuw'));
  await press(officer, 'Inzage openen');
  assert.ok((await officer.locator('[role="alert"] a').count()) >= 5, 'all that is missing is told at once');
  await look(officer, d.wire, 'inzage-openen', { brief: true });
  await officer.goto(one);
  assert.match(await main(officer), /Dossier gelezen/);
  const deeds = officer.waitForEvent('download');
  await officer.getByRole('link', { name: 'PDF' }).click();
  assert.match((await deeds).suggestedFilename(), /^handelingen-.*\.pdf$/);
  await officer.getByText('Inzage nu beëindigen').click();
  await officer.getByLabel('Waarom eindigt de inzage nu?').fill('Het onderzoek is klaar.');
  await press(officer, 'Inzage beëindigen');
  assert.match(await main(officer), /Deze inzage is beëindigd/);
  for (const url of [files, file]) assert.equal((await guest.goto(url)).status(), 403, url);
  assert.match(await main(guest), /beëindigd/);
});
