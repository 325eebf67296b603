// Whoever manages accounts lets somebody in; they choose a password of their own,
// see where they are signed in, and are kept out again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

const path = (page) => new URL(page.url()).pathname;

async function signIn(page, d, email, password) {
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

test('let in, on a password of their own, with two browsers, and out again', async (t) => {
  const d = await demo(t);
  const boss = await visitor(t);
  const manager = d.told.accounts.find((a) => a.role === 'operator');
  await signIn(boss, d, manager.email, manager.password);
  await boss.getByRole('link', { name: 'Inrichting' }).click();
  await boss.getByRole('link', { name: 'Medewerkers' }).click();
  await look(boss, d.wire, 'medewerkers');
  await boss.getByRole('link', { name: 'Account toevoegen' }).click();
  await boss.getByRole('button', { name: 'Account toevoegen' }).click();
  assert.equal(await boss.locator('[role="alert"] a').count(), 3, 'all faults at once, each with a link');
  await look(boss, d.wire, 'account-toevoegen-fout');
  await boss.getByLabel('Naam').fill('An Boer');
  await boss.getByLabel('E-mailadres').fill('an@delinde.example');
  await boss.getByLabel('auteur').check();
  await boss.getByLabel('beoordelaar').check();
  await boss.getByRole('button', { name: 'Account toevoegen' }).click();
  const word = await boss.locator('dd code').innerText();
  await look(boss, d.wire, 'account-toegevoegd', { brief: true });
  await boss.getByRole('link', { name: 'Naar dit account' }).click();
  const person = boss.url();
  await look(boss, d.wire, 'medewerker');

  const page = await visitor(t);
  await signIn(page, d, 'an@delinde.example', word);
  assert.equal(path(page), '/werk/account/wachtwoord');
  await page.goto(d.at('/werk/vragen'));
  assert.equal(path(page), '/werk/account/wachtwoord', 'no other page opens');
  await look(page, d.wire, 'eigen-wachtwoord');
  await page.getByLabel('Huidig wachtwoord').fill(word);
  await page.getByLabel('Nieuw wachtwoord', { exact: true }).fill('de kat zit op de mat');
  await page.getByLabel('Nieuw wachtwoord, nog een keer').fill('de kat zit op de mat');
  await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
  assert.equal(path(page), '/werk/account');
  await look(page, d.wire, 'mijn-account');

  const second = await visitor(t, { javaScriptEnabled: false });
  await signIn(second, d, 'an@delinde.example', 'de kat zit op de mat');
  await page.goto(d.at('/werk/account'));
  assert.equal(await page.locator('tbody tr').count(), 2);
  await page.locator('tbody tr').filter({ hasNotText: 'deze sessie' }).getByRole('button').click();
  await second.goto(d.at('/werk/account'));
  assert.equal(path(second), '/werk/aanmelden', 'that session is over');

  await boss.goto(person);
  await boss.getByRole('button', { name: 'Account blokkeren' }).click();
  assert.match(await boss.locator('main').innerText(), /Geblokkeerd sinds/);
  await page.goto(d.at('/werk/account'));
  assert.equal(path(page), '/werk/aanmelden', 'a blocked account is out at once');
  await signIn(page, d, 'an@delinde.example', 'de kat zit op de mat');
  assert.match(await page.locator('[role="alert"]').innerText(), /klopt niet/);
});
