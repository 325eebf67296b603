// Staff read the portfolio from a file, follow one agreement, and give the notice that
// a changed rate asks for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

async function signIn(page, d, role = 'compliance') {
  const account = d.told.accounts.find((a) => a.role === role && a.firm.includes('Linde'));
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account.email);
  await page.getByLabel('Wachtwoord').fill(account.password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

const main = (page) => page.locator('main').innerText();

test('an agreement is followed from the list to the notice of its changed rate', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.getByRole('link', { name: 'Krediet', exact: true }).click();
  await page.getByRole('link', { name: 'Portefeuille', exact: true }).click();
  await look(page, d.wire, 'kredietportefeuille');
  await page.getByLabel('Stand').selectOption('boven');
  await page.getByRole('button', { name: 'Zoeken' }).focus();
  await Promise.all([page.waitForURL(/stand=boven/), page.keyboard.press('Enter')]);
  assert.match(await main(page), /1 tot en met 1 van 1/);
  await page.locator('tbody th a').first().click();
  assert.match(await main(page), /De rente is boven het maximum/);
  await look(page, d.wire, 'kredietovereenkomst');
  await page.getByRole('link', { name: 'Gebeurtenis vastleggen' }).click();
  await page.getByLabel('Wat is er gebeurd?').selectOption('rente');
  await page.getByLabel('Nieuwe rente per jaar').fill('veel');
  await page.getByRole('button', { name: 'Vastleggen' }).click();
  assert.match(await main(page), /Geef de nieuwe rente per jaar/);
  await look(page, d.wire, 'kredietgebeurtenis-fout');
  await page.getByLabel('Nieuwe rente per jaar').fill('7,5');
  await page.getByRole('button', { name: 'Vastleggen' }).click();
  assert.match(await main(page), /Van 14,9% naar 7,5%/);
  await page.getByRole('button', { name: 'Bericht maken' }).click();
  assert.match(await main(page), /Bericht van rentewijziging gegeven/);
  await page.goto(d.at('/werk/krediet/portefeuille/plafond'));
  await look(page, d.wire, 'kredietportefeuille-plafond');
  await page.goto(d.at('/werk/krediet/portefeuille/berichten'));
  await look(page, d.wire, 'kredietberichten');
});

test('a file with faults changes nothing and says what is wrong; a good one can be undone', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.goto(d.at('/werk/krediet/portefeuille/inlezen'));
  await look(page, d.wire, 'kredietbestand-inlezen');
  const send = async (rows) => {
    await page.goto(d.at('/werk/krediet/portefeuille/inlezen'));
    await page.getByLabel('Stand van welke dag?').fill(day());
    const text = `kenmerk;soort;vergoeding;afgesloten;som;rente;saldo\n${rows}\n`;
    await page.getByLabel('Bestand', { exact: true }).setInputFiles({ name: 'stand.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Inlezen' }).click();
    await page.waitForURL(/standen\/\d+$/);
    for (let n = 0; n < 40 && /wordt ingelezen/.test(await main(page)); n++) {
      await page.waitForTimeout(200);
      await page.reload();
    }
    return main(page);
  };
  assert.match(await send('X-1;anders;vast;2024-01-15;veel;7,2;10'), /Er is niets overgenomen/);
  await look(page, d.wire, 'kredietbestand-fout');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Alle fouten downloaden' }).click()]);
  assert.equal(file.suggestedFilename(), 'foute-regels.csv');
  assert.match(await send('X-1;anders;vast;2024-01-15;1000,00;7,2;10,00'), /Ingelezen/);
  await page.goto(d.at('/werk/krediet/portefeuille'));
  assert.match(await main(page), /1 tot en met 1 van 1/);
  await page.goto(d.at('/werk/krediet/portefeuille/standen'));
  await look(page, d.wire, 'kredietbestanden');
  await page.locator('tbody th a').first().click();
  await page.getByLabel('Reden').fill('Verkeerd bestand.');
  await page.getByRole('button', { name: 'Dit bestand ongedaan maken' }).click();
  assert.match(await main(page), /Ongedaan gemaakt/);
  await page.goto(d.at('/werk/krediet/portefeuille'));
  assert.match(await main(page), /1 tot en met 50 van 420/);
});
