// A message comes in and a person decides: it goes to the case it belongs to, becomes a
// complaint, or is put aside; a citizen service number in it is nowhere to be seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

test('post that comes in, and the mail of the day', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'hanneke@delinde.example');
  await page.goto(d.at('/werk/post'));
  await look(page, d.wire, 'post');
  const open = async (subject) => {
    await page.goto(d.at('/werk/post'));
    await page.getByRole('link', { name: subject }).click();
    await page.waitForURL(/post\/in\/[0-9a-f-]{36}$/);
  };

  await open('Mijn gegevens');
  await look(page, d.wire, 'post-bericht');
  const text = await page.locator('main').innerText();
  assert.match(text, /burgerservicenummer weggehaald/);
  assert.doesNotMatch(text, /111222333/);

  await open(/^Re: uw klacht/);
  await page.getByLabel('Nummer van de zaak').fill('K-1999-0001');
  await press(page, 'Bij de zaak leggen');
  assert.match(await page.locator('[role="alert"]').innerText(), /Kijk het nummer na/);
  await open(/^Re: uw klacht/);
  await press(page, 'Bij de zaak leggen');
  await page.waitForURL(/klachten\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('main').innerText(), /E-mail van R\. Visser[\s\S]*jaaroverzicht\.pdf|jaaroverzicht\.pdf[\s\S]*E-mail van R\. Visser/);

  await open(/congres/);
  await page.getByText('Terzijde leggen').first().click();
  await page.getByLabel('Waarom hoeft er niets mee te gebeuren?').fill('Reclame.');
  await press(page, 'Terzijde leggen');
  await page.waitForURL(/werk\/post$/);
  assert.equal(await page.getByRole('link', { name: /congres/ }).count(), 0);

  await page.goto(d.at('/werk/account'));
  await page.getByRole('link', { name: 'Dagbericht aan- of uitzetten' }).click();
  await look(page, d.wire, 'dagbericht');
  await page.getByText(/^Ja, naar/).click();
  await press(page, 'Bewaren');
  assert.match(await page.locator('main').innerText(), /Uw keuze is bewaard/);
});
