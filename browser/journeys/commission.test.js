// A month of commission: computed by one, approved and paid by another, explained for
// one contract, corrected with a reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

const account = (d, role, firm) => d.told.accounts.find((a) => a.role === role && a.firm.includes(firm));

async function signIn(page, d, role, firm = 'Linde') {
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account(d, role, firm).email);
  await page.getByLabel('Wachtwoord').fill(account(d, role, firm).password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

const main = (page) => page.locator('main').innerText();

const waiting = (page) => page.locator('main tr', { hasText: 'Wacht op goedkeuring' }).locator('a').first();

test('a month is approved by another, paid by a bank file, and each contract says why', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'compliance');
  await page.getByRole('link', { name: 'Krediet', exact: true }).click();
  await page.getByRole('link', { name: 'Provisie', exact: true }).click();
  await look(page, d.wire, 'provisie');
  await waiting(page).click();
  assert.match(await main(page), /Assurantiekantoor Noord/);
  await look(page, d.wire, 'provisiemaand');
  await page.getByRole('button', { name: 'Goedkeuren' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Dag van betaling').fill('2020-01-01');
  await page.getByRole('button', { name: 'Betaalbestand maken' }).click();
  assert.match(await main(page), /vanaf vandaag/);
  await page.getByLabel('Dag van betaling').fill(day(2));
  await page.getByRole('button', { name: 'Betaalbestand maken' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Betaalbestand downloaden (SEPA)' }).click()]);
  assert.match(file.suggestedFilename(), /^provisie-\d{4}-\d{2}\.xml$/);
  await page.getByRole('link', { name: 'Alle contracten' }).click();
  await page.getByLabel('Uitkomst', { exact: true }).selectOption('Twee maanden achterstand');
  await page.getByRole('button', { name: 'Zoeken' }).click();
  await look(page, d.wire, 'provisiecontracten');
  await page.locator('main td a, main th a').first().click();
  assert.match(await main(page), /later niet alsnog betaald/);
  await look(page, d.wire, 'provisiecontract');
  await page.getByRole('link', { name: 'Dit klopte niet: corrigeren' }).click();
  await page.getByLabel('Saldo op').fill('veel');
  await page.getByRole('button', { name: 'Correctie vastleggen' }).click();
  await look(page, d.wire, 'provisiecorrectie-fout');
  await page.getByLabel('Saldo op').fill('1.000,00');
  await page.getByLabel('Vervaldag van de oudste termijn').fill('');
  await page.getByLabel('Wat was er fout').fill('De termijn was op tijd betaald; zie het bankafschrift.');
  await page.getByRole('button', { name: 'Correctie vastleggen' }).click();
  assert.match(await main(page), /Komt op de volgende afrekening/);
});

test('what the decree forbids is refused with its article, on a phone too', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  await signIn(page, d, 'compliance');
  await page.goto(d.at('/werk/provisie/afspraken'));
  await page.getByRole('link', { name: 'Assurantiekantoor Noord' }).click();
  await look(page, d.wire, 'provisieafspraak');
  await page.getByRole('link', { name: 'Afspraak wijzigen' }).click();
  const row = page.locator('fieldset').last();
  await row.getByLabel('Soort krediet').selectOption('Ander krediet');
  await row.getByLabel('Voor overeenkomsten vanaf').fill('2027-01-01');
  await row.getByLabel('Percentage per maand').fill('0,15');
  await row.getByLabel('Gaat lopend').selectOption('Ja');
  await page.getByLabel('Rekening van de bemiddelaar').fill('NL91 ABNA 0417 1643 01');
  await page.getByRole('button', { name: 'Afspraak bewaren' }).click();
  const said = await main(page);
  assert.match(said, /geen geldig rekeningnummer/);
  assert.match(said, /artikel 64, tweede lid, onderdeel b/i);
  await look(page, d.wire, 'provisieafspraak-fout');
});

test('an intermediary reads what providers approved, by keyboard on a phone, and nothing else of theirs', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  await signIn(page, d, 'compliance', 'Noord');
  await page.goto(d.at('/werk/provisie/ontvangen'));
  assert.match(await main(page), /Hypotheekbank De Linde|De Linde/);
  await look(page, d.wire, 'ontvangen provisie');
  await page.getByLabel('Aanbieder, code of maand').fill('geen aanbieder heet zo');
  await Promise.all([page.waitForURL(/=geen/), page.keyboard.press('Enter')]);
  assert.match(await main(page), /Er is geen afrekening die hieraan voldoet/);
  await page.getByLabel('Aanbieder, code of maand').fill('linde');
  await Promise.all([page.waitForURL(/=linde/), page.keyboard.press('Enter')]);
  const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()]);
  assert.match(list.suggestedFilename(), /^ontvangen-provisie.*\.csv$/);
  await page.locator('main tbody a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/ontvangen\/[^/]+\/[^/]+\/[^/]+$/);
  assert.match(await main(page), /Uit te betalen/);
  await look(page, d.wire, 'ontvangen afrekening');
  const hrefs = await page.locator('main a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.deepEqual(hrefs.filter((h) => h.startsWith('/werk/provisie') && !h.startsWith('/werk/provisie/ontvangen')), []);
  const other = await page.goto(d.at('/werk/provisie/afspraken'));
  assert.doesNotMatch(await main(page), /Assurantiekantoor Noord/, `${other.status()}`);
});
