// A portfolio is loaded and held against a rule set: what came of it, why, what moved,
// and the proof of one contract.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo, run } from '../house/demo.js';
import { look } from '../house/look.js';

const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const says = (page) => page.locator('main').innerText();
const lines = (file) => readFileSync(file).toString().trim().split(/\r?\n/);
const set = 'hypotheek-beheer';

async function signIn(t, d, role, options = {}) {
  const account = d.told.accounts.find((a) => a.role === role && a.firm.includes('Linde'));
  const page = await visitor(t, options);
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account.email);
  await page.getByLabel('Wachtwoord').fill(account.password);
  await press(page, 'Aanmelden');
  return page;
}

const csv = (rows) => ({ name: 'contracten.csv', mimeType: 'text/csv', buffer: Buffer.from(`id;achterstand;stornos;regeling;kantoor\n${rows.join('\n')}\n`) });

async function load(page, d, name, file) {
  await page.goto(d.at('/werk/portefeuilles/laden'));
  await page.getByLabel('Naam van de portefeuille').fill(name);
  await page.getByLabel('Regelset').selectOption({ value: set });
  await page.getByLabel('Bestand').setInputFiles(file);
  await press(page, 'Laden');
}

/** Starts a run from the page of a portfolio, and waits until its page says that it is done. */
async function start(page) {
  await page.getByRole('link', { name: 'Doorlichting starten' }).click();
  await page.getByLabel('Regelset').selectOption({ value: set });
  await press(page, 'Starten');
  await page.waitForURL(/\/werk\/doorlichten\/[^/]+$/);
  await page.getByRole('link', { name: 'Alles downloaden (CSV)' }).waitFor({ timeout: 30_000 });
}

const download = async (page, link) => {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return file;
};

test('a portfolio is loaded, screened, explained and proved, and what moved is shown', async (t) => {
  const d = await demo(t);
  const page = await signIn(t, d, 'compliance');
  await page.getByRole('link', { name: 'Wet en regels' }).click();
  await page.getByRole('link', { name: 'Doorlichten', exact: true }).click();
  await look(page, d.wire, 'doorlichten');

  await page.goto(d.at('/werk/portefeuilles/laden'));
  await press(page, 'Laden');
  assert.match(await says(page), /Kies een bestand/);
  await look(page, d.wire, 'portefeuille-laden-fout', { brief: true });
  await load(page, d, 'Proef', { ...csv([]), buffer: Buffer.from('id;bsn\nA;1\n') });
  assert.match(await says(page), /burgerservicenummers/);
  await load(page, d, 'Proef', { ...csv([]), name: 'x.parquet', buffer: Buffer.from('PAR1 en dan niets') });
  assert.match(await says(page), /beschadigd/);

  await load(page, d, 'Proef', csv(['A-1;4;0;nee;Ede', 'A-2;0;0;nee;Ede', 'A-3;;0;nee;Ede', 'A-4;0;0;nee;Ede', 'A-4;0;0;nee;Ede', 'A-5;veel;0;nee;Ede', 'A-6;1']));
  await page.waitForURL(/\/werk\/portefeuilles\/[^/]+$/);
  assert.match(await says(page), /3 fouten in 3 rijen/);
  assert.match(await says(page), /staat al hoger[^]*evenveel kolommen/);
  await look(page, d.wire, 'portefeuille');
  const wrong = await download(page, page.getByRole('link', { name: '3 downloaden' }));
  assert.equal(lines(await wrong.path()).length, 4, 'a heading and a line a fault');

  const book = page.url();
  await start(page);
  await look(page, d.wire, 'doorlichting');
  assert.match(await says(page), /Er is geen eerdere doorlichting/);
  const root = (await says(page)).match(/[0-9a-f]{64}/)[0];
  const all = await download(page, page.getByRole('link', { name: 'Alles downloaden (CSV)' }));
  assert.equal(lines(await all.path()).length, 5, 'a heading and four contracts');

  await page.getByRole('link', { name: 'Contracten', exact: true }).click();
  assert.equal(await page.locator('tbody tr').count(), 4);
  await look(page, d.wire, 'doorlichting-contracten');
  await page.getByLabel('Kenmerk van het contract').fill('A-1');
  await page.getByLabel('Kenmerk van het contract').press('Enter');
  await page.waitForURL(/zoek=A-1/);
  assert.equal(await page.locator('tbody tr').count(), 1);
  const found = await download(page, page.getByRole('link', { name: 'CSV', exact: true }));
  assert.equal(lines(await found.path()).length, 2, 'the file has what the page shows');
  await page.locator('tbody a').first().click();
  assert.match(await says(page), /Regels die gelden[^]*achterstand\s+4 maanden/);
  await look(page, d.wire, 'doorlichting-contract');
  const proof = await (await download(page, page.getByRole('link', { name: 'Bewijs downloaden' }))).path();
  const other = await run('screen', 'verify', proof, '--root', '0'.repeat(64));
  assert.equal(other.code, 1, 'another root is not that of the proof');
  const held = await run('screen', 'verify', proof, '--root', root);
  assert.match(held.said, /row 1 of 4 stands under this root/);

  await load(page, d, 'Proef', csv(['A-1;0;0;nee;Ede', 'A-2;4;0;nee;Ede', 'A-3;;0;nee;Ede', 'A-7;0;0;nee;Ede']));
  assert.equal(page.url(), book, 'the same name is the same portfolio');
  await start(page);
  await look(page, d.wire, 'doorlichting-verschoven');
  await page.goto(`${page.url()}/verschuivingen`);
  assert.match(await says(page), /A-1[^]*A-2|A-2[^]*A-1/);
  assert.equal(await page.locator('tbody tr').count(), 4, 'two moved, one is new, one went');
  await look(page, d.wire, 'verschuivingen', { brief: true });
  await page.locator('nav[aria-label="Soort verschuiving"] a').first().click();
  const moves = await download(page, page.getByRole('link', { name: 'CSV', exact: true }));
  assert.equal(lines(await moves.path()).length - 1, await page.locator('tbody tr').count(), 'the file has the chosen moves');
  assert.equal(path.extname(moves.suggestedFilename()), '.csv');
});

test('a run is started and followed on a phone, by keyboard and without a script', async (t) => {
  const d = await demo(t);
  const page = await signIn(t, d, 'compliance', { ...phone, javaScriptEnabled: false });
  const rows = Array.from({ length: 600_000 }, (_, i) => `C-${i};${i % 5};0;nee;Ede`);
  const file = path.join(d.data, 'groot.csv'); // as much as this goes to the browser by its path
  writeFileSync(file, csv(rows).buffer);
  await load(page, d, 'Groot', file);
  assert.match(await says(page), /600\.000/);
  await page.getByRole('link', { name: 'Doorlichting starten' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Regelset').selectOption({ value: set });
  await page.getByRole('button', { name: 'Starten' }).focus();
  const answered = page.waitForResponse((r) => /\/werk\/doorlichten\/[^/]+$/.test(r.url()) && r.request().method() === 'GET' && !r.url().endsWith('/nieuw'));
  await page.keyboard.press('Enter');
  const first = await answered;
  const text = await first.text();
  assert.match(text, /De doorlichting loopt[^]*role="status"[^]*<progress/, 'the page says how far it is');
  assert.match(first.headers().refresh ?? '', /^\d+/, 'and asks for itself again without a script');
  await page.getByRole('link', { name: 'Alles downloaden (CSV)' }).waitFor({ timeout: 60_000 });
  assert.match(await says(page), /600\.000/);
});

test('who may only look sees runs and starts none', async (t) => {
  const d = await demo(t);
  const page = await signIn(t, d, 'handler');
  await page.goto(d.at('/werk/doorlichten'));
  assert.equal(await page.getByRole('link', { name: 'Doorlichting starten' }).count(), 0);
  await page.locator('tbody a').first().click();
  assert.match(await says(page), /Sinds|Vergeleken met|Er is geen eerdere/);
  const refused = await page.goto(d.at('/werk/portefeuilles/laden'));
  assert.equal(refused.status(), 403);
});
