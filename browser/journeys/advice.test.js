// An adviser records advice within three minutes, writes down that the client chose
// another product, and anybody sees the file as it was before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { Pace } from '../house/pace.js';

const main = (page) => page.locator('main').innerText();

test('advice is recorded in three minutes, and the client chooses something else', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const adviser = d.told.accounts.find((a) => a.role === 'compliance' && a.firm.includes('Anker'));
  await page.goto(d.at('/werk'));
  await page.getByLabel('E-mailadres').fill(adviser.email);
  await page.getByLabel('Wachtwoord').fill(adviser.password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.goto(d.at('/werk/adviezen'));
  await look(page, d.wire, 'adviezen');
  await page.getByRole('link', { name: 'Advies vastleggen' }).click();

  await page.getByRole('button', { name: 'Advies bewaren' }).click();
  assert.match(await main(page), /Noem het geadviseerde product/);
  assert.match(await main(page), /Kies het soort product/);
  await look(page, d.wire, 'advies-fout', { brief: true });

  const pace = new Pace(); // of a practised adviser; the talk with the client is not in it
  pace.press(); // to the list, and to the form
  pace.press();
  const field = (label) => page.getByLabel(label, { exact: false }).first();
  const type = async (label, text) => {
    await field(label).fill(text);
    pace.type(text);
  };
  const compose = async (label, text) => {
    await field(label).fill(text);
    pace.compose(text);
  };
  const choose = async (label, text) => {
    await field(label).selectOption({ label: text });
    pace.choose();
  };
  await type('Klantnummer', 'KL-1042');
  await choose('Soort product', 'Hypotheek');
  await type('Geadviseerd product', 'Annuïteitenhypotheek');
  await type('Aanbieder van dat product', 'Hypotheekhuis De Linde');
  await compose('Kenmerken van het product', '285.000 euro, dertig jaar, tien jaar vast');
  await compose('Waarom past dit product', 'De lasten passen bij het inkomen.');
  await type('Inkomen per jaar', '52.000');
  await type('Vermogen', '18.000');
  await type('Schulden', '0');
  await choose('Kennis van dit soort product', 'Voldoende');
  await choose('Ervaring met dit soort product', 'Geen');
  await compose('Doelstellingen', 'Een eerste huis kopen met een vaste last.');
  await choose('Hoeveel risico', 'Weinig');
  pace.press();
  await page.getByRole('button', { name: 'Advies bewaren' }).click();
  await page.waitForURL(/adviezen\/[0-9a-f-]{36}$/);
  assert.ok(pace.seconds < 180, `an adviser takes ${Math.round(pace.seconds)} seconds`);
  t.diagnostic(`an adviser takes ${Math.round(pace.seconds)} seconds by the keystroke-level model`);
  const text = await main(page);
  assert.match(text, /Een eerste huis kopen/);
  assert.match(text, /€\s52\.000,00/);
  assert.match(text, /ten minste tot en met/);
  await look(page, d.wire, 'advies');

  // By keyboard alone: the client took another product.
  const summary = page.locator('summary', { hasText: 'Afloop vastleggen' });
  await summary.focus();
  await page.keyboard.press('Enter');
  const today = day();
  const step = page.locator('form[action$="/afloop"]');
  await step.getByLabel('Wat kwam er van het advies?').selectOption({ label: 'De klant sloot een ander product' });
  await step.getByLabel('Dag van de overeenkomst').fill(today);
  await step.getByLabel('Product dat de klant koos').fill('Aflossingsvrije hypotheek');
  await step.getByRole('button', { name: 'Afloop bewaren' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Koos de klant zelf?').waitFor();
  assert.match(await main(page), /bewijs van eigen keuze/);
  await look(page, d.wire, 'advies-zonder-bewijs', { brief: true });

  await page.locator('summary', { hasText: 'Afloop vastleggen' }).click();
  const again = page.locator('form[action$="/afloop"]');
  await again.getByLabel('Wanneer is de klant verteld').fill(today);
  await again.getByLabel('Hoe maakte de klant de keuze?').selectOption({ label: 'Per e-mail' });
  await again.getByLabel('Wat zei of schreef de klant?').fill('Ik weet dat u dit niet adviseert en kies er zelf voor.');
  await again.getByRole('button', { name: 'Afloop bewaren' }).click();
  await page.getByText('De keuze van de klant kan worden aangetoond.').first().waitFor();

  // As it was: nothing yesterday, the first version without the other product, on a phone.
  const own = page.url();
  const small = await visitor(t, { ...phone, javaScriptEnabled: false, storageState: await page.context().storageState() });
  await small.goto(`${own}?op=2020-01-01`);
  assert.match(await main(small), /was er nog geen dossier/);
  await small.goto(own);
  await small.getByRole('link', { name: '1', exact: true }).click();
  const then = await main(small);
  assert.match(then, /precies de hash die toen is vastgelegd/);
  assert.doesNotMatch(then, /Aflossingsvrije/);
  await page.goto(small.url());
  await look(page, d.wire, 'advies-toen');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()]);
  assert.match(file.suggestedFilename(), /^AD-\d{4}-\d{4}-1\.pdf$/);

  // The procedure of the office asks what it always asks, and its outcome is the advice.
  await page.goto(d.at('/werk/adviezen/procedures'));
  assert.match(await main(page), /Advies over een inkomensverzekering/);
  await look(page, d.wire, 'adviesprocedures');
  await page.goto(d.at('/werk/adviezen/nieuw'));
  await page.getByRole('link', { name: 'Advies over een inkomensverzekering' }).click();
  await page.getByLabel('wat een wachttijd is').waitFor();
  await page.getByLabel('Klantnummer').fill('KL-1043');
  await page.getByLabel('vaste lasten?').fill('1800');
  await page.getByRole('button', { name: 'Advies bewaren' }).click();
  assert.match(await main(page), /de procedure stelt elke vraag altijd/);
  await look(page, d.wire, 'advies-procedure-fout', { brief: true });
  await page.getByLabel('Hoeveel spaargeld').fill('4000');
  for (const [label, answer] of [['voor zichzelf', 'Ja'], ['wat een wachttijd is', 'Ja'], ['eerder een inkomensverzekering', 'Nee'], ['Wat wil de klant bereiken', 'lasten dragen'], ['Hoeveel zekerheid', 'veel']]) {
    await page.getByLabel(label).selectOption({ label: answer });
  }
  await page.getByRole('button', { name: 'Advies bewaren' }).click();
  await page.waitForURL(/adviezen\/[0-9a-f-]{36}$/);
  assert.match(await main(page), /geadviseerd zoals de procedure zegt/);
  assert.match(await main(page), /inkomen compleet/);
});
