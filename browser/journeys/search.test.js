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
  await page.keyboard.press('/');
  assert.ok(!(await page.locator('#zoekvenster').isVisible()));
});
