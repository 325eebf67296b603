// Two people look before anything is destroyed: one reads why a record must go and
// reviews a list, the other executes it; what somebody holds meanwhile stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

test('what is kept, why, and how it is destroyed', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/bewaren'));
  await look(page, d.wire, 'bewaren');
  await page.getByRole('link', { name: 'Vernietigen' }).first().click();
  await page.waitForURL(/vernietigen$/);
  await page.getByRole('link', { name: /^V-\d{4}-\d{3}$/ }).first().click(); // the newest
  await page.waitForURL(/vernietigen\/[0-9a-f-]{36}$/);
  await look(page, d.wire, 'bewaren-lijst');
  const list = page.url();
  const labels = await page.locator('main tbody th').allInnerTexts();
  assert.ok(labels.length > 1);

  await press(page, 'Nu vernietigen');
  assert.match(await page.locator('[role="alert"]').innerText(), /Vraag een collega/, 'who reviewed it does not execute it');
  await page.goto(list);
  await page.getByRole('link', { name: labels[0].trim() }).click();
  await page.waitForURL(/dossiers\/klacht/);
  await look(page, d.wire, 'bewaren-dossier');
  assert.match(await page.locator('main').innerText(), /artikel 52/);
  await press(page, 'Vasthouden');
  assert.equal(await page.locator('[role="alert"] a').count(), 1);
  await page.getByLabel('Waarom moet dit blijven?').fill('Er loopt een procedure.');
  await press(page, 'Vasthouden');
  assert.match(await page.locator('main').innerText(), /Dit wordt vastgehouden en mag niet weg/);
  await page.goto(d.at('/werk/bewaren/vernietigen'));
  await page.getByRole('link', { name: /^V-\d{4}-\d{3}$/ }).last().click(); // the first, which was executed
  assert.match(await page.locator('main').innerText(), /SHA-256 van de verklaring/);
  await look(page, d.wire, 'bewaren-lijst-uitgevoerd', { brief: true });
  await page.goto(d.at('/werk/bewaren/beleid'));
  await look(page, d.wire, 'bewaren-beleid');
});
