// Staff sign in, find an attempt, read it, take its dossier along and leave.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { back, phone, visitor } from '../house/browser.js';
import { answerAll, pointer, send } from '../house/client.js';
import { demo, run } from '../house/demo.js';
import { look } from '../house/look.js';
import { unseenFocus } from '../house/measure.js';

const account = (d, role) => d.told.accounts.find((a) => a.role === role);

async function signIn(page, d, role = 'handler', password = account(d, role).password) {
  await page.goto(d.at('/werk/toetspogingen'));
  await page.getByLabel('E-mailadres').fill(account(d, role).email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

const rows = (page) => page.locator('tbody tr');
const path = (page) => new URL(page.url()).pathname;

test('the door: a wrong password, nothing filled in, and in', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.at('/werk/toetspogingen'));
  assert.equal(path(page), '/werk/aanmelden', 'who is not signed in is led to the door');
  await look(page, d.wire, 'aanmelden');
  await signIn(page, d, 'handler', 'niet-het-wachtwoord');
  assert.equal(await page.locator('[role="alert"]').count(), 1);
  assert.equal(await page.getByLabel('Wachtwoord').inputValue(), '', 'a password never comes back');
  await look(page, d.wire, 'aanmelden-mislukt');
  await page.getByLabel('E-mailadres').fill('');
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  assert.equal(await page.locator('[role="alert"] a').count(), 2, 'both fields are named, each with a link');
  await look(page, d.wire, 'aanmelden-leeg', { brief: true });
  await signIn(page, d);
  assert.equal(path(page), '/werk/toetspogingen');
  assert.equal(d.wire.seen.filter((s) => s.text.includes(account(d, 'handler').password)).length, 0, 'no answer holds the password');
});

test('the list: pages, search and filters', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await look(page, d.wire, 'lijst');
  assert.equal(await rows(page).count(), 50, 'a page has 50 rows');
  const first = await rows(page).allInnerTexts();
  await page.getByRole('link', { name: 'Volgende' }).click();
  const second = await rows(page).allInnerTexts();
  assert.ok(second.length > 0 && !second.some((row) => first.includes(row)), 'the next page has other rows');
  await look(page, d.wire, 'lijst-volgende', { brief: true });
  await page.getByRole('link', { name: 'Naar het begin' }).click();
  assert.deepEqual(await rows(page).allInnerTexts(), first);

  await page.getByLabel('Klant of kenmerk').fill('DL-04210');
  await page.getByRole('button', { name: 'Zoeken' }).click();
  assert.equal(await rows(page).count(), 1);
  assert.match(await rows(page).innerText(), /DL-04210/);
  await page.getByRole('link', { name: 'Alles tonen' }).click();

  await page.getByLabel('Uitkomst').selectOption({ label: 'Niet passend' });
  await page.getByRole('button', { name: 'Zoeken' }).click();
  const failed = await rows(page).allInnerTexts();
  assert.ok(failed.length > 0 && failed.every((row) => row.includes('Niet passend')));
  await look(page, d.wire, 'lijst-gefilterd', { brief: true });

  await page.getByLabel('Klant of kenmerk').fill('<b>niemand</b>');
  await page.getByRole('button', { name: 'Zoeken' }).click();
  assert.equal(await rows(page).count(), 0);
  assert.equal(await page.locator('main b').count(), 0, 'what was typed is text');
  await look(page, d.wire, 'lijst-leeg');

  await page.goto(d.at('/werk/toetspogingen') + '?van=gisteren&uitkomst=prima');
  assert.equal(await page.locator('[role="alert"] a').count(), 2, 'both faults are told at once');
  await look(page, d.wire, 'lijst-fout', { brief: true });
});

test('an attempt just made: verdict, answers, facts with proofs, and a dossier that proves itself', async (t) => {
  const d = await demo(t);
  const client = await visitor(t);
  await client.goto(d.link);
  await answerAll(client, pointer(client), false);
  await send(client, pointer(client));

  const page = await visitor(t, { acceptDownloads: true });
  await signIn(page, d, 'compliance');
  await rows(page).first().getByRole('link').first().click();
  await page.waitForURL(/\/werk\/toetspogingen\/[0-9a-f-]{36}$/);
  const words = await page.locator('main').innerText();
  for (const part of ['Niet passend', 'Tijdlijn', 'Vragen en antwoorden', 'Vastgelegde feiten', 'Let op: wij raden u aan om advies te vragen']) {
    assert.ok(words.includes(part), `the page shows ${part}`);
  }
  await page.waitForTimeout(1500); // the tree takes in waiting facts every second
  await page.reload();
  await page.evaluate(() => document.querySelectorAll('details').forEach((e) => (e.open = true)));
  await look(page, d.wire, 'toetspoging');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Dossier downloaden' }).click()]);
  const file = `${d.data}/dossier.zip`;
  await download.saveAs(file);
  assert.equal(readFileSync(file).subarray(0, 2).toString(), 'PK');
  const unchecked = await run('verify', file);
  assert.equal(unchecked.code, 4, `without the key: all holds, signer not checked\n${unchecked.said}`);
});

test('attempts in every state can be read', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  for (const state of ['Klaargezet', 'Verlopen', 'Beoordeeld']) {
    await page.goto(d.at('/werk/toetspogingen'));
    await page.getByLabel('Stand').selectOption({ label: state });
    await page.getByRole('button', { name: 'Zoeken' }).click();
    assert.ok((await rows(page).count()) > 0, `the demo has one that is ${state}`);
    await rows(page).first().getByRole('link').first().click();
    await look(page, d.wire, `toetspoging-${state.toLowerCase()}`, { brief: true });
  }
  const reply = await page.goto(d.at('/werk/toetspogingen/01956c3e-7f00-7000-8000-000000000000'));
  assert.equal(reply.status(), 404);
  await look(page, d.wire, 'onbekende-toetspoging', { brief: true });
});

test('a handler on a telephone reads, and takes no dossier out', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  await signIn(page, d, 'handler');
  await rows(page).first().getByRole('link').first().click();
  assert.equal(await page.getByRole('button', { name: 'Dossier downloaden' }).count(), 0);
  const reply = await page.request.post(`${page.url()}/dossier.zip`, { headers: { origin: d.wire.origin } });
  assert.equal(reply.status(), 403, 'what is not offered is not given either');
});

test('without script, and gone for good after signing out', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, { javaScriptEnabled: false });
  await signIn(page, d);
  assert.equal(path(page), '/werk/toetspogingen');
  const cookies = await page.context().cookies();
  assert.ok(cookies.length > 0 && cookies.every((c) => c.httpOnly && c.sameSite !== 'None'), 'no script reads the session');
  await page.getByRole('button', { name: 'Afmelden' }).click();
  assert.equal(path(page), '/werk/aanmelden');
  await back(page);
  await page.goto(d.at('/werk/toetspogingen'));
  assert.equal(path(page), '/werk/aanmelden');
  await page.context().addCookies(cookies);
  await page.goto(d.at('/werk/toetspogingen'));
  assert.equal(path(page), '/werk/aanmelden', 'the old cookie opens nothing');
});

test('signed out, looked at', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.getByRole('button', { name: 'Afmelden' }).click();
  await look(page, d.wire, 'afgemeld');
});

test('by keyboard alone from the door to an attempt', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.at('/werk/toetspogingen'));
  const reach = async (found) => {
    for (let steps = 0; steps < 80; steps++) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(unseenFocus), '');
      if (await page.evaluate(found)) return;
    }
    assert.fail(`not reached by Tab: ${found}`);
  };
  await reach(() => document.activeElement.name === 'email');
  await page.keyboard.type(account(d, 'handler').email);
  await reach(() => document.activeElement.type === 'password');
  await page.keyboard.type(account(d, 'handler').password);
  await Promise.all([page.waitForURL(/\/werk\/toetspogingen$/), page.keyboard.press('Enter')]);
  await reach(() => document.activeElement.closest('tbody') !== null);
  await Promise.all([page.waitForURL(/\/werk\/toetspogingen\/[0-9a-f-]{36}$/), page.keyboard.press('Enter')]);
});

test('a handler invites a client, and the link on the page opens the test', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.getByRole('link', { name: 'Toets klaarzetten' }).click();
  await look(page, d.wire, 'klaarzetten');
  await page.getByRole('button', { name: 'Klaarzetten en link tonen' }).click();
  assert.equal(await page.locator('[role="alert"] a').count(), 2, 'reference and advice are asked for, both at once');
  await look(page, d.wire, 'klaarzetten-leeg');
  await page.getByLabel('Uw kenmerk van de klant').fill('D-2041');
  await page.getByRole('group', { name: 'Gaf u deze klant advies over dit product?' }).getByText('Nee', { exact: true }).click();
  await page.getByRole('button', { name: 'Klaarzetten en link tonen' }).click();
  await page.waitForURL(/\/werk\/toetspogingen\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('main').innerText(), /D-2041/);
  await look(page, d.wire, 'klaargezet', { brief: true });
  const [link] = /\/t\/[a-z2-7]{32}/.exec(await page.locator('main').innerText()) ?? [];
  assert.ok(link, 'the page shows the link');
  const client = await visitor(t, phone);
  await client.goto(d.at(link));
  assert.equal(await client.locator('form[action$="/begin"]').count(), 1);

  await page.goto(d.at('/werk/toetspogingen/nieuw'));
  await page.getByLabel('Toets', { exact: true }).selectOption('hypotheek-zonder-advies');
  await page.getByLabel('Uw kenmerk van de klant').fill('DL-04210');
  await page.getByRole('group', { name: 'Gaf u deze klant advies over dit product?' }).getByText('Nee', { exact: true }).click();
  await page.getByRole('button', { name: 'Klaarzetten en link tonen' }).click();
  assert.equal(await page.locator('[role="alert"] a').count(), 1, 'a client who took the test may not again');
  await look(page, d.wire, 'klaarzetten-geweigerd', { brief: true });
});
