// After the sale: what became of clients is told and taken back, a test is
// evaluated by one and confirmed by another; and before it, who does not belong to
// the target group is stopped. The result goes along as a page and as PDF.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { keyboard, on, answerAll, pointer, send, warned } from '../house/client.js';
import { day } from '../house/day.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

const says = (page) => page.locator('main').innerText();

test('what became of clients: told, counted, taken back', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await signIn(page, d, 'samir@delinde.example');
  await page.goto(d.at('/werk/toetsevaluaties'));
  await look(page, d.wire, 'evaluaties');
  const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()]);
  assert.equal(readFileSync(await list.path()).toString().trim().split('\r\n').length - 1, await page.locator('tbody tr').count(), 'the file has the rows of the page');

  await page.getByRole('link', { name: /hypotheek/i }).and(page.locator('tbody a')).filter({ hasNotText: 'Starters' }).first().click();
  await look(page, d.wire, 'evaluatie');
  const number = page.locator('tbody a').first();
  const counted = Number((await number.innerText()).match(/^\d+/)[0]);
  await number.click();
  assert.equal(Number((await page.locator('nav.turn p').innerText()).match(/(\d+)(?= toetspoging|$)/)[1]), counted, 'the list has as many as the number says');
  await look(page, d.wire, 'evaluatie-lijst', { brief: true });

  await page.locator('tbody a').first().click();
  const before = await page.locator('#vervolgen').locator('..').locator('tbody tr').count();
  await page.getByRole('link', { name: 'Intrekken' }).first().click();
  await look(page, d.wire, 'vervolg-intrekken', { brief: true });
  await press(page, 'Vervolg intrekken');
  assert.equal(await page.locator('[role="alert"] a').count(), 1, 'a reason is asked');
  await page.getByLabel('Wat klopt er niet?').fill('Dit was een andere klant.');
  await press(page, 'Vervolg intrekken');
  assert.equal(await page.getByRole('link', { name: 'Intrekken' }).count(), before - 1);
  await page.getByLabel('Wat gebeurde er?').selectOption({ label: 'Klacht' });
  await page.getByLabel('Op welke dag?').fill(day());
  await press(page, 'Vervolg vastleggen');
  assert.match(await page.locator('#vervolgen').locator('..').innerText(), /Klacht/);
  await look(page, d.wire, 'vervolg', { brief: true });
});

test('an evaluation is written by one, by keyboard, and confirmed by another', async (t) => {
  const d = await demo(t);
  const writer = await visitor(t);
  await signIn(writer, d, 'samir@delinde.example');
  await writer.goto(d.at('/werk/toetsen/startershypotheek-zonder-advies/evaluatie'));
  await press(writer, 'Evaluatie vastleggen');
  assert.equal(await writer.locator('[role="alert"] a').count(), 4, 'all that is missing is named at once');
  await look(writer, d.wire, 'evaluatie-fout', { brief: true });
  await writer.getByLabel('Conclusie').focus();
  await writer.keyboard.type('Van deze klanten is nog te weinig bekend om het oordeel te wegen.');
  await writer.keyboard.press('Tab');
  await writer.keyboard.type('Samir volgt alle klanten van dit kwartaal, vóór 1 maart.');
  await writer.keyboard.press('Tab');
  await writer.keyboard.press('Space');
  await writer.getByLabel('Volgende evaluatie').fill(day(90));
  await writer.getByLabel('Volgende evaluatie').press('Enter');
  await writer.waitForLoadState();
  assert.match(await says(writer), /Nog niet: een tweede persoon moet haar bevestigen/);
  await press(writer, 'Bevestigen als tweede persoon');
  assert.match(await says(writer), /Een ander moet haar bevestigen/);

  const second = await visitor(t);
  await signIn(second, d, 'lotte@delinde.example');
  await second.goto(d.at('/werk/vandaag'));
  const waits = second.getByRole('link', { name: /Evaluaties om te bevestigen/ });
  await look(second, d.wire, 'vandaag-evaluaties', { brief: true });
  await waits.click();
  await second.getByRole('link', { name: /starters/i }).click();
  await press(second, 'Bevestigen als tweede persoon');
  assert.match(await says(second), /Bevestigd door\s*Lotte Smit/);
  await look(second, d.wire, 'evaluatie-bevestigd');
});

/** A fresh link for the test that asks after the target group. */
async function targetLink(t, d) {
  const desk = await visitor(t);
  await signIn(desk, d, 'hanneke@delinde.example');
  await desk.goto(d.at('/werk/toetspogingen/nieuw'));
  await desk.getByLabel('Toets', { exact: true }).selectOption('startershypotheek-zonder-advies');
  await desk.getByLabel('Uw kenmerk van de klant').fill('ST-1');
  await desk.getByRole('group', { name: 'Gaf u deze klant advies over dit product?' }).getByText('Nee', { exact: true }).click();
  await press(desk, 'Klaarzetten en link tonen');
  return d.at(/\/t\/[a-z2-7]{32}/.exec(await says(desk))[0]);
}

test('who lies outside the target group is stopped, and keeps the result', async (t) => {
  const d = await demo(t);
  const link = await targetLink(t, d);
  const page = await visitor(t, phone);
  const hand = keyboard(page);
  await page.goto(link);
  await Promise.all([page.waitForURL(/\/vraag\/1$/), hand.press(on.begin)]);
  for (let n = 1; /\/vraag\/\d+$/.test(page.url()); n++) {
    const target = /Waarvan betaalt u straks/.test(await says(page));
    if (target) {
      await look(page, d.wire, 'vraag-doelgroep');
      await page.getByText('Van mijn spaargeld', { exact: true }).click();
    } else await page.locator(on.answers).first().check();
    const before = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== before), page.locator(on.next).click()]);
  }
  await send(page, hand);
  assert.ok((await says(page)).includes(warned), 'the client is warned');
  assert.match(await says(page), /niet is bedoeld voor iemand in uw situatie/);
  assert.equal(await page.locator('main').locator('form, button').count(), 0, 'there is no way on');
  await look(page, d.wire, 'uitslag-doelgroep');
  for (const [name, begin] of [['uitslag.pdf', '%PDF'], ['uitslag.html', '<!doctype html>']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`main a[href$="${name}"]`).click()]);
    const bytes = readFileSync(await file.path());
    assert.ok(bytes.subarray(0, begin.length).toString().toLowerCase() === begin.toLowerCase(), `${name} begins with ${bytes.subarray(0, 20)}`);
    const again = await page.request.get(`${link}/${name}`);
    assert.deepEqual(await again.body(), bytes, 'the same bytes come back');
  }
  const kept = await visitor(t);
  await kept.setContent((await (await page.request.get(`${link}/uitslag.html`)).text()));
  assert.match(await kept.locator('body').innerText(), /spaargeld|situatie/);
});

test('a pass goes along as a page and as PDF', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, phone);
  await page.goto(d.link);
  await answerAll(page, pointer(page), true);
  await send(page, pointer(page));
  const ways = await page.locator('main a').evaluateAll((links) => links.map((a) => a.getAttribute('href').replace(/^.*\//, '')));
  assert.ok(ways.includes('uitslag.pdf') && ways.includes('uitslag.html'), `the ways are ${ways}`);
});
