// Staff look up norms, ask when one held, reckon fines and try a rule.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { unseenFocus } from '../house/measure.js';

const account = (d, role) => d.told.accounts.find((a) => a.role === role);

async function signIn(page, d, role = 'compliance') {
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account(d, role).email);
  await page.getByLabel('Wachtwoord').fill(account(d, role).password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

const main = (page) => page.locator('main').innerText();

test('a norm is found, and says since when it holds', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.getByRole('link', { name: 'Wet en regels', exact: true }).click();
  await page.getByRole('link', { name: 'Normen', exact: true }).first().click();
  await look(page, d.wire, 'normen');
  await page.getByLabel('Woorden of artikel').fill('klachten bewaren');
  await page.getByRole('button', { name: 'Zoeken' }).click();
  await look(page, d.wire, 'normen-gezocht', { brief: true });
  await page.getByRole('link', { name: 'artikel 52' }).first().click();
  await look(page, d.wire, 'norm');
  assert.match(await main(page), /complaint_retention/);
  await page.getByLabel('Gold de norm op').fill('2006-03-01');
  await page.getByLabel('Inwerkingtreding van het besluit').fill('2006-07-01');
  await page.getByRole('button', { name: 'Nagaan' }).click();
  assert.match(await main(page), /Op 1 maart 2006 gold deze norm niet/, 'it held only from the day that was given');
  await look(page, d.wire, 'norm-op-een-dag');
});

test('what open breaches could cost, with both readings of the table', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.goto(d.at('/werk/normen/bfd:12:1'));
  await page.getByRole('link', { name: 'Wat kan een overtreding kosten?' }).click();
  assert.match(await main(page), /lezing 1 van 2/);
  assert.match(await main(page), /€ 907 tot € 9\.075/);
  await look(page, d.wire, 'boetes-onbekend');
  await page.getByLabel('Norm zoeken om toe te voegen').fill('klachten bewaren');
  await page.getByRole('button', { name: 'Berekenen' }).click();
  await page.getByRole('link', { name: 'Artikel 52, Bfd toevoegen' }).click();
  await page.getByLabel('Soort financiële dienstverlener').selectOption('e');
  await page.getByLabel('Fte dat zich').fill('7,5');
  await page.getByRole('button', { name: 'Berekenen' }).click();
  assert.match(await main(page), /II, factor 2/);
  assert.match(await main(page), /Samen € 5\.444 tot € 7\.260/);
  await look(page, d.wire, 'boetes');
  await page.getByLabel('Overtreden normen').fill('artikel nul');
  await page.getByLabel('Fte dat zich').fill('veel');
  await page.getByRole('button', { name: 'Berekenen' }).click();
  assert.equal(await page.locator('[role="alert"] a').count(), 2, 'both faults are named, each with a link');
  await look(page, d.wire, 'boetes-fout');
});

test('which norms apply, what covers them, and a rule tried', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d);
  await page.goto(d.at('/werk/normen/voor-ons'));
  await look(page, d.wire, 'voor-ons');
  await page.getByLabel('Adviseur', { exact: true }).check();
  await page.getByRole('button', { name: 'Normen tonen' }).click();
  assert.match(await main(page), /normen richten zich tot u/);
  assert.match(await main(page), /Dit zegt de catalogus\./, 'the firm has no set of its own yet');
  await page.getByRole('link', { name: 'Regelset maken' }).click();
  await page.getByLabel('Naam').fill('toepasselijkheid');
  await page.getByRole('button', { name: 'Beginnen' }).click();
  assert.match(await page.locator('textarea').first().inputValue(), /norm: "bfd:14/, 'a set begins with what the catalogue says');
  await page.goto(d.at('/werk/normen/dekking'));
  await look(page, d.wire, 'dekking');
  await page.goto(d.at('/werk/regels'));
  await look(page, d.wire, 'regels');
  await page.goto(`${d.wire.origin}/werk/regels/advice_retention?voorbeeld=1`);
  await page.getByRole('button', { name: 'Beslissing vragen' }).click();
  assert.match(await main(page), /En als het anders was geweest\?/);
  await look(page, d.wire, 'regel-gevraagd');
});

test('the pages fit a phone and go by keyboard', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  await signIn(page, d);
  for (const [name, path] of [
    ['normen', '/werk/normen'], ['norm', '/werk/normen/bfd:72:1'], ['boetes', '/werk/normen/boetes?normen=bfd:12:1%0Abfd:44:1&soort=b&ook=c&balans=50.000.000'],
    ['regel', '/werk/regels/fine?voorbeeld=1'],
  ]) {
    await page.goto(d.wire.origin + path);
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(unseenFocus), '', path);
    }
    await look(page, d.wire, `telefoon-${name}`);
  }
});
