// One place finds everything: by a page that needs no script, and by a key that opens
// the same in a window and can be turned off. A list with its choices is kept.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

test('search by key, keep a list, turn the key off', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  // On a page of any room, but not while somebody fills in a field.
  await page.goto(d.at('/werk/klachten'));
  await page.getByLabel('Woorden').first().focus();
  await page.keyboard.press('/');
  assert.ok(!(await page.getByRole('dialog').isVisible()));
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('/');
  await page.getByRole('dialog').waitFor();
  await look(page, d.wire, 'klachten-zoekvenster');
  await page.keyboard.press('Escape');
  await page.goto(d.at('/werk/zaken?stand=open'));
  await look(page, d.wire, 'zaken');
  // Two cases are given to a team at once, after a preview.
  for (const n of [0, 1]) await page.getByRole('checkbox').nth(n).check();
  await press(page, 'Gekozen zaken samen bijwerken');
  await press(page, 'Voorbeeld tonen');
  assert.match(await page.locator('[role="alert"]').innerText(), /Kies een behandelaar, vul een team in, of schrijf een taak of een notitie/);
  await page.getByLabel('Team').fill('Nazorg');
  await page.getByLabel('Taak bij elke zaak').fill('Bel de klant terug');
  await press(page, 'Voorbeeld tonen');
  assert.match(await page.locator('[role="alert"]').innerText(), /Geef een dag die niet voorbij is/);
  await page.getByLabel('Taak klaar op').fill('2999-12-31');
  await page.getByLabel('Notitie bij elke zaak').fill('Besproken in het overleg.');
  await press(page, 'Voorbeeld tonen');
  await look(page, d.wire, 'zaken-samen', { brief: true });
  await press(page, 'Aanpassen');
  assert.equal(await page.getByLabel('Taak bij elke zaak').inputValue(), 'Bel de klant terug');
  await press(page, 'Voorbeeld tonen');
  await press(page, 'Deze 2 zaken bijwerken');
  assert.match(await page.locator('main').innerText(), /Gedaan: 2 zaken zijn bijgewerkt[^]*Bel de klant terug[^]*team Nazorg; komt erbij: taak en notitie[^]*team Nazorg; komt erbij: taak en notitie/);
  await page.goto(d.at('/werk/zaken') + '?stand=open');
  await page.keyboard.press('/');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('klacht');
  assert.ok(await page.getByRole('dialog').getByRole('link', { name: 'Klachten' }).isVisible());
  assert.ok(!(await page.getByRole('dialog').getByRole('link', { name: 'Webhooks' }).isVisible()));
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Klachten');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Deze zoekopdracht bewaren' }).click();
  await page.waitForURL(/zoek\/bewaren/);
  await press(page, 'Zoekopdracht bewaren');
  assert.equal(await page.locator('[role="alert"] a').count(), 1);
  await page.getByLabel('Naam').fill('Alles wat open is');
  await look(page, d.wire, 'zoekopdracht-bewaren');
  await press(page, 'Zoekopdracht bewaren');
  await page.waitForURL(/werk\/zoek$/);
  await page.goto(`${d.at('/werk/zoek')}?zoek=k20260001`);
  assert.match(await page.locator('main').innerText(), /Precies dit nummer\s+K-2026-0001/);
  await page.goto(d.at('/werk/zoek?zoek=rente'));
  await look(page, d.wire, 'zoeken');
  assert.ok(await page.getByRole('link', { name: 'Alles wat open is' }).first().isVisible());
  await press(page, 'Toets uitzetten');
  for (const path of ['/werk/zoek', '/werk/klachten']) {
    await page.goto(d.at(path));
    assert.equal(await page.locator('script[data-search]').count(), 0, 'who turned the key off gets no script for it');
    await page.keyboard.press('/');
    assert.ok(!(await page.getByRole('dialog').isVisible()));
    assert.ok(await page.getByRole('link', { name: 'Zoeken', exact: true }).first().isVisible());
  }
});

test('a list as a file tells how far it is, can be stopped, and is kept whole or not at all', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/zaken'));
  const link = page.getByRole('link', { name: 'CSV', exact: true });
  const says = page.locator('.files [role="status"]');
  const [quick] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.match(quick.suggestedFilename(), /^zaken-.*\.csv$/);
  const size = (await readFile(await quick.path())).length;
  assert.equal(await says.innerText(), '', 'what comes at once needs no words');
  d.wire.slow(size / 25);
  const kept = page.waitForEvent('download');
  await link.click();
  await page.getByRole('button', { name: 'Stoppen' }).waitFor();
  assert.match(await says.innerText(), /Het bestand komt binnen/);
  await look(page, d.wire, 'zaken-bestand-onderweg', { brief: true });
  assert.equal((await readFile(await (await kept).path())).length, size, 'slow or quick, the file is the same');
  await page.getByText(/Het bestand is binnen: \d+ kB/).waitFor();
  let files = 0;
  page.on('download', () => files++);
  await link.click();
  await page.getByRole('button', { name: 'Stoppen' }).click();
  await page.getByText('Gestopt. Er is geen bestand bewaard.').waitFor();
  await link.click();
  await page.getByRole('button', { name: 'Stoppen' }).waitFor();
  d.wire.cut();
  await page.getByText('Het bestand kwam niet heel binnen').waitFor();
  assert.equal(files, 0, 'half a file is no file');
});
