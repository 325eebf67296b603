// Anybody reckons what a loan costs; staff keep products, issue documents and look up
// the ceiling.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

const account = (d, role) => d.told.accounts.find((a) => a.role === role && a.firm.includes('Linde'));

async function signIn(page, d, role = 'compliance') {
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account(d, role).email);
  await page.getByLabel('Wachtwoord').fill(account(d, role).password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

const main = (page) => page.locator('main').innerText();

test('a client reckons what a loan costs, by slider and by keyboard', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.at('/rekenen'));
  await look(page, d.wire, 'rekenen');
  assert.match(await main(page), /€\s200,38/);
  const months = page.getByLabel('In hoeveel maanden lost u af?', { exact: true });
  const payment = page.getByLabel('Hoeveel betaalt u per maand?', { exact: true });
  assert.deepEqual([await months.isVisible(), await payment.isVisible()], [true, false], 'only what the kind of loan needs is asked');
  await page.getByRole('radio', { name: /doorlopend krediet/ }).check();
  assert.deepEqual([await months.isVisible(), await payment.isVisible()], [false, true]);
  await page.getByRole('radio', { name: /elke maand hetzelfde bedrag/ }).check();
  const slider = page.getByRole('slider', { name: 'Hoeveel wilt u lenen?' });
  await slider.focus();
  const answered = page.waitForResponse((r) => r.url().includes('bedrag='));
  await page.keyboard.press('ArrowRight');
  await answered;
  await page.waitForFunction(() => document.querySelector('#uitkomst').innerText.includes('210,40'));
  assert.equal(await page.getByLabel('Hoeveel wilt u lenen?', { exact: true }).inputValue(), '10500');
  await page.getByLabel('Hoeveel wilt u lenen?', { exact: true }).fill('veel');
  await page.getByLabel('Rente per jaar', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Uitrekenen' }).click();
  assert.match(await main(page), /Vul een getal in/);
  assert.match(await main(page), /Vul de rente per jaar in/);
  await look(page, d.wire, 'rekenen-fout');
});

test('without a script the fields and the button do the same, and repaying early shows what it saves', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, { javaScriptEnabled: false, ...phone });
  await page.goto(d.at('/rekenen'));
  assert.equal(await page.locator('input[type=range]').count(), 0);
  await page.getByLabel('Na hoeveel maanden lost u extra af?').fill('12');
  await page.getByLabel('Hoeveel lost u dan extra af?').fill('1000');
  await page.getByLabel('Vergoeding voor extra aflossen').fill('1');
  await page.getByRole('button', { name: 'Uitrekenen' }).click();
  assert.match(await main(page), /€\s314,99 minder/);
});

test('a product is added, its table issued, and its calculator opened', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.getByRole('link', { name: 'Krediet', exact: true }).click();
  await page.getByRole('link', { name: 'Producten', exact: true }).click();
  await look(page, d.wire, 'kredietproducten');
  await page.getByRole('link', { name: 'Product toevoegen' }).click();
  await page.getByLabel('Naam').fill('');
  await page.getByLabel('Representatieve bedragen').fill('5000 10000');
  await page.getByRole('button', { name: 'Product bewaren' }).click();
  assert.match(await main(page), /precies vier bedragen/);
  assert.match(await main(page), /Geef een naam/);
  await look(page, d.wire, 'kredietproduct-fout');
  await page.getByLabel('Naam').fill('Reislening');
  await page.getByLabel('Representatieve bedragen').fill('5.000 10.000 15.000 25.000');
  await page.getByLabel('Rente per jaar', { exact: true }).fill('7,5');
  await page.getByLabel('Looptijd in maanden').fill('72');
  await page.getByRole('button', { name: 'Product bewaren' }).click();
  assert.match(await main(page), /€\s100,00/, 'a monthly charge below 2% is shown at 2%');
  assert.match(await main(page), /€\s86,45/, 'and what the product asks stands beside it');
  await look(page, d.wire, 'kredietproduct');
  await page.getByRole('button', { name: 'Cijfers voor prospectus maken' }).click();
  assert.match(await main(page), /De effectieve rente op jaarbasis is een prijsaanduiding voor het krediet/);
  await look(page, d.wire, 'kredietstuk');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()]);
  assert.match(file.suggestedFilename(), /^prospectus-.*\.pdf$/);
});

test('a final account and a notice are made, and a wrong line is told by its number', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'handler');
  await page.goto(d.at('/werk/kredietstukken'));
  await look(page, d.wire, 'kredietstukken');
  await page.getByRole('link', { name: 'Eindafrekening maken' }).click();
  await page.getByLabel('Kenmerk van de overeenkomst').fill('L-7');
  await page.getByLabel('Tot en met').fill('2026-02-10');
  await page.getByLabel('Rente per jaar').fill('2026-01-01 12');
  await page.getByLabel('Boekingen').fill('2026-01-01 opname 1000\n2026-02-30 betaling 10');
  await page.getByRole('button', { name: 'Stuk maken' }).click();
  assert.match(await main(page), /regel 2/);
  await look(page, d.wire, 'eindafrekening-fout');
  await page.getByLabel('Boekingen').fill('2026-01-01 opname 1000\n2026-02-01 betaling 500');
  await page.getByRole('button', { name: 'Stuk maken' }).click();
  assert.match(await main(page), /U moet nog/);
  await page.goto(d.at('/werk/kredietstukken/nieuw/wijziging'));
  await look(page, d.wire, 'rentewijziging');
});

test('the ceiling of an agreement says since when it is exceeded, and what is not certain', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'supervisor');
  await page.goto(d.at('/werk/kredietplafond'));
  await page.getByLabel('Op welke dag?').fill('2006-03-01');
  await page.getByLabel('Gesloten op').fill('2005-06-01');
  await page.getByRole('radio', { name: 'Vast' }).check();
  await page.getByLabel('Effectieve rente').fill('20');
  await page.getByRole('button', { name: 'Maximum bepalen' }).click();
  assert.match(await main(page), /sinds 1 januari 2006/);
  await look(page, d.wire, 'plafond');
  await page.goto(d.at('/werk/kredietplafond'));
  await page.getByLabel('Op welke dag?').fill('2026-03-01');
  await page.getByRole('button', { name: 'Maximum bepalen' }).click();
  assert.match(await main(page), /niet met een tweede bron bevestigd/);
});
