// A rule set from text to use: one writes, with help and without, tries it on a case
// and a sample; another approves and publishes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';

const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const says = (page) => page.locator('main').innerText();

async function signIn(t, d, role, options = {}) {
  const account = d.told.accounts.find((a) => a.role === role);
  const page = await visitor(t, options);
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(account.email);
  await page.getByLabel('Wachtwoord').fill(account.password);
  await press(page, 'Aanmelden');
  return page;
}

const set = '/werk/regelsets/reis-beheer';

test('a rule set is written, tried, approved and published', async (t) => {
  const d = await demo(t);
  const author = await signIn(t, d, 'author');
  await author.getByRole('link', { name: 'Wet en regels' }).click();
  await author.getByRole('link', { name: 'Regelsets', exact: true }).click();
  await look(author, d.wire, 'regelsets');
  await author.getByRole('link', { name: 'Nieuwe regelset' }).click();
  await author.getByLabel('Naam').fill('met spatie');
  await press(author, 'Beginnen');
  assert.match(await says(author), /zonder spaties/);
  await author.getByLabel('Naam').fill('reis-beheer');
  await press(author, 'Beginnen');
  await author.waitForURL(`**${set}/tekst`);

  const area = author.locator('#tekst');
  const whole = await area.inputValue();
  await area.fill(whole.replace('achterstand >= grens_achterstand', 'achterstnd >= grens_achterstand'));
  await author.locator('.checked li').first().waitFor();
  assert.match(await author.locator('.checked').innerText(), /Regel 15/);
  assert.match(await author.locator('[aria-live="polite"]').innerText(), /1 fout/);
  await look(author, d.wire, 'regelset-fout-tijdens-typen');
  await press(author, 'Controleren');
  assert.match(await says(author), /Regel 15:[^]*Regel 15/);
  await author.getByRole('link', { name: /^Regel 15/ }).click();
  assert.match(author.url(), /#regel-15$/);
  await look(author, d.wire, 'regelset-fouten');

  await author.locator('#tekst').fill(`${whole}    # `);
  await author.locator('#tekst').press('End');
  await author.locator('#tekst').pressSequentially('grens_a');
  await author.locator('[role="option"]').first().waitFor();
  await author.keyboard.press('ArrowDown');
  assert.equal(await author.locator('#tekst').getAttribute('aria-activedescendant'), 'aanvulling-0');
  await author.keyboard.press('Enter');
  assert.match(await author.locator('#tekst').inputValue(), /# grens_achterstand$/);
  await author.locator('#tekst').fill(whole);
  await press(author, 'Bewaren');
  await author.waitForURL(`**${set}`);
  assert.match(await says(author), /Probeer de regelset op een steekproef/);

  await author.getByRole('link', { name: 'Formulier' }).click();
  await look(author, d.wire, 'regelset-formulier');
  await author.getByLabel('Grens achterstand').fill('months(2)');
  await author.getByText('Uitzondering toevoegen').press('Enter');
  await author.getByLabel('Kenmerk van de nieuwe uitzondering').fill('R1a');
  const exception = author.getByRole('group', { name: 'Voorwaarde 1 van de nieuwe uitzondering' });
  await exception.getByLabel('Veld 1').fill('achterstand');
  await exception.getByLabel('Vergelijking 1').selectOption('>');
  await exception.getByLabel('Waarde of grens 1').fill('100');
  await author.getByLabel('Reden van de nieuwe uitzondering').fill('Dit loopt elders.');
  await press(author, 'Bewaren');
  await author.waitForURL(`**${set}`);
  await author.getByRole('link', { name: 'Tekst wijzigen' }).click();
  assert.match(await author.locator('#tekst').inputValue(), /# Alles na een hekje[^]*months\(2\)[^]*months\(100\)/);

  await author.goto(d.at(`${set}/proberen`));
  await press(author, 'Beslissen');
  assert.match(await says(author), /nog niet zeker[^]*Hoeveel maanden is de klant achter\?/);
  await author.getByLabel('Hoeveel maanden is de klant achter?').fill('4');
  await press(author, 'Beslissen');
  assert.match(await says(author), /De categorie is rood[^]*De achterstand is 4 maanden[^]*Dan gold de regel niet: achterstand 1 maand/);
  await look(author, d.wire, 'regelset-uitleg');

  await author.goto(d.at(`${set}/steekproef`));
  await author.getByLabel('Gegevens').fill('id;achterstand\nA;4\nB;0\nC;veel\n');
  await press(author, 'Proberen');
  assert.match(await says(author), /2 contracten[^]*1 foute rij/);
  await look(author, d.wire, 'regelset-steekproef');
  await author.goto(d.at(set));
  await press(author, 'Aanbieden voor beoordeling');
  assert.match(await says(author), /Wacht op beoordeling/);

  const other = await signIn(t, d, 'compliance');
  await other.goto(d.at(set));
  await look(other, d.wire, 'regelset-beoordelen');
  await press(other, 'Goedkeuren');
  await press(other, 'Publiceren');
  assert.match(await says(other), /Versie 1[^]*In gebruik/);
  await other.getByRole('link', { name: 'Versie 1' }).click();
  assert.match(await says(other), /verzegeld[^]*achterstand >= grens_achterstand/);
  await look(other, d.wire, 'regelset-versie');
});

test('a rule set is checked on a phone without a script', async (t) => {
  const d = await demo(t);
  const page = await signIn(t, d, 'author', { ...phone, javaScriptEnabled: false });
  await page.goto(d.at('/werk/regelsets/krediet-acceptatie/tekst'));
  await page.locator('#tekst').fill('language: 1\nname: x\n');
  await press(page, 'Controleren');
  assert.match(await says(page), /Regel 1:[^]*Schrijf ten minste één regel/);
});
