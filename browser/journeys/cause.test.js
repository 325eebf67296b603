// A handler says what lies behind a complaint, decides what is done about it, and looks
// whether that worked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

test('a root cause: found behind a complaint, measured, looked at', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'hanneke@delinde.example');
  const text = () => page.locator('main').innerText();
  const save = async (name) => {
    await page.locator('details[open]').getByRole('button', { name, exact: true }).click();
    await page.waitForLoadState();
  };

  await page.goto(d.at('/werk/klachten?stand=open'));
  await page.getByRole('link', { name: /^K-/ }).first().click();
  await page.waitForURL(/klachten\/[0-9a-f-]{36}$/);
  const complaint = page.url();
  await page.getByText('Grondoorzaak vastleggen').click();
  await page.getByRole('link', { name: 'Nieuwe oorzaak opschrijven' }).click();
  await page.waitForURL(/oorzaken\/nieuw/);
  await press(page, 'Opschrijven');
  assert.equal(await page.locator('[role="alert"] a').count(), 3, 'title, what, sort');
  await look(page, d.wire, 'oorzaak-fout', { brief: true });
  await page.getByLabel('Oorzaak in een paar woorden').fill('Uitleg ontbreekt in de brief');
  await page.getByLabel('Wat gaat er mis?').fill('Klanten bellen omdat de brief de berekening niet toont.');
  await page.getByLabel('Soort oorzaak').selectOption('informatie');
  await page.getByLabel('Product', { exact: false }).first().focus();
  await page.keyboard.press('Enter'); // the form is sent from the keyboard
  await page.waitForURL(/oorzaken\/[0-9a-f-]{36}$/);
  const cause = page.url();
  assert.match(await text(), /Er is nog geen maatregel/);
  assert.match(await text(), /Besluit wat u aan deze oorzaak doet/);
  await page.goto(complaint);
  assert.match(await text(), /Uitleg ontbreekt in de brief/);
  await look(page, d.wire, 'klacht-met-oorzaak', { brief: true });

  await page.goto(cause);
  await page.getByText('Klachten en incidenten koppelen').click();
  await page.getByLabel('Nummers').fill('K-1999-0001');
  await save('Koppelen');
  assert.match(await page.locator('[role="alert"]').innerText(), /K-1999-0001/);
  await page.goto(cause);
  await page.getByText('Maatregel vastleggen', { exact: true }).click();
  await save('Vastleggen');
  assert.equal(await page.locator('[role="alert"] a').count(), 4, 'kind, what, who, when');
  await page.getByLabel('Waar gaat de maatregel over?').selectOption('beleid');
  await page.getByLabel('Wat gebeurt er?').fill('De brief toont de berekening.');
  await page.getByLabel('Wie voert haar uit?').selectOption({ index: 1 });
  await page.getByLabel('Uitgevoerd uiterlijk op').fill(day(3));
  await save('Vastleggen');
  assert.match(await text(), /Voer uit: De brief toont de berekening/);
  await page.getByText('Maatregel uitgevoerd', { exact: true }).click();
  await page.getByLabel('Welke maatregel?').selectOption({ index: 1 });
  await page.getByLabel('Uitgevoerd op').fill(day(0));
  await save('Vastleggen');
  assert.match(await text(), /Kijk of dit werkt/);
  await page.getByText('Werkt de maatregel?', { exact: true }).click();
  await page.getByLabel('Welke maatregel?').selectOption({ index: 1 });
  await page.getByLabel('Werkt zij?').selectOption('werkt-niet');
  await page.getByLabel('Waaruit blijkt dat?').fill('Er wordt nog evenveel gebeld.');
  await save('Vastleggen');
  assert.match(await text(), /Kies een nieuwe maatregel/);
  await look(page, d.wire, 'oorzaak');
});

test('root causes of the demo: the list, and the figure that opens the complaints', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/oorzaken'));
  await look(page, d.wire, 'oorzaken', { brief: true });
  await page.getByRole('link', { name: /^O-/ }).last().click();
  await page.waitForURL(/oorzaken\/[0-9a-f-]{36}$/);
  const row = page.getByRole('table', { name: 'Maatregelen' }).getByRole('link').first();
  const n = Number((await row.innerText()).split(' ')[0]);
  await row.click();
  await page.waitForURL(/werk\/klachten\?/);
  assert.equal(await page.getByRole('link', { name: /^K-/ }).count(), n, 'the number is the list');
  assert.match(await page.locator('main').innerText(), /met dezelfde grondoorzaak/);
});
