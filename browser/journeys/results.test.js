// Compliance looks back on all attempts, and takes the list along.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

async function signIn(page, d, role) {
  const { email, password } = d.told.accounts.find((a) => a.role === role);
  await page.goto(d.at('/werk/toetspogingen'));
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

test('results: charts with their tables, and numbers that open their list', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'compliance');
  await page.getByRole('link', { name: 'Resultaten' }).click();
  const charts = page.locator('.chart > svg[role="img"]');
  assert.equal(await charts.count(), 5, 'five charts, each an image with a name');
  for (const chart of await charts.all()) assert.ok((await chart.locator('title').textContent()).length > 0);
  await look(page, d.wire, 'resultaten');
  for (const summary of await page.locator('.chart summary').all()) await summary.click();
  await look(page, d.wire, 'resultaten-cijfers');

  await page.getByLabel('Kanaal', { exact: true }).selectOption({ label: 'Kantoor' });
  await page.getByRole('button', { name: 'Tonen' }).click();
  const dropped = page.locator('.counts div', { hasText: 'Afgehaakt' }).getByRole('link');
  const number = await dropped.innerText();
  await dropped.click();
  assert.match(await page.locator('nav.turn').innerText(), new RegExp(`^${number} toetspoging`), 'the list has as many rows as the number says');

  await page.goto(d.at('/werk/toetsresultaten') + '?van=2001-01-01&tot=2001-12-31');
  await look(page, d.wire, 'resultaten-geen', { brief: true });
  await page.goto(d.at('/werk/toetsresultaten') + '?van=gisteren');
  assert.equal(await page.locator('[role="alert"] a').count(), 1);
  await look(page, d.wire, 'resultaten-fout', { brief: true });
});

test('the list goes along as a file, whole and with its filters', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'compliance');
  await page.getByLabel('Stand').selectOption({ label: 'Beoordeeld' });
  await page.getByRole('button', { name: 'Zoeken' }).click();
  const total = Number((await page.locator('nav.turn p').innerText()).match(/(\d+)(?= toetspoging|$)/)[1]);
  for (const kind of ['CSV', 'XLSX']) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: kind === 'CSV' ? 'CSV' : 'Excel', exact: true }).click()]);
    assert.match(file.suggestedFilename(), new RegExp(`^toetspogingen-\\d{4}-\\d\\d-\\d\\d\\.${kind.toLowerCase()}$`));
    const bytes = readFileSync(await file.path());
    if (kind === 'CSV') assert.equal(bytes.toString().split('\r\n').length - 2, total, 'a row for each attempt of every page');
    else assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  }
});
