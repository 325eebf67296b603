// One place finds everything: by a page that needs no script, and by a key that opens
// the same in a window and can be turned off. A list with its choices is kept.
import assert from 'node:assert/strict';
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
  await page.goto(d.at('/werk/zoek?zoek=rente'));
  await look(page, d.wire, 'zoeken');
  assert.ok(await page.getByRole('link', { name: 'Alles wat open is' }).first().isVisible());
  await press(page, 'Toets uitzetten');
  for (const path of ['/werk/zoek', '/werk/klachten']) {
    await page.goto(d.at(path));
    assert.equal(await page.locator('script').count(), 0, 'who turned the key off gets no script');
    await page.keyboard.press('/');
    assert.ok(!(await page.getByRole('dialog').isVisible()));
    assert.ok(await page.getByRole('link', { name: 'Zoeken', exact: true }).first().isVisible());
  }
});
