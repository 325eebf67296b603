// A client reads the pages in English; the test itself stays Dutch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { answer, answerAll, keyboard, on, place, pointer, send } from '../house/client.js';
import { demo } from '../house/demo.js';
import { noKeyIn } from '../house/key.js';
import { look } from '../house/look.js';

const language = (page) => page.locator('html').getAttribute('lang');

test('the whole test in English, every page looked at', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const hand = pointer(page);
  await page.goto(`${d.link}?lang=en`);
  assert.equal(page.url(), `${d.link}/en`, 'the language lies in the path');
  await look(page, d.wire, 'en-doel');
  await answerAll(page, hand, false, async (n) => {
    assert.equal(await language(page), 'en');
    assert.equal(await page.locator('legend').getAttribute('lang'), 'nl', 'the question is Dutch and says so');
    if (n === 1) await look(page, d.wire, 'en-vraag');
  });
  await look(page, d.wire, 'en-overzicht');
  await page.getByRole('link', { name: 'Stop and go on later' }).click();
  await look(page, d.wire, 'en-bewaard');
  await page.getByRole('link', { name: 'Go on now' }).click();
  await send(page, hand);
  assert.match(await page.locator('main').innerText(), /Please note: we recommend that you take advice/);
  await look(page, d.wire, 'en-uitslag');
  assert.deepEqual(await page.context().cookies(), [], 'no cookie remembers the language');
  const link = page.getByRole('link', { name: 'Keep the result (PDF, in Dutch)' });
  assert.match(await link.getAttribute('href'), /^\/t\/[a-z2-7]+\/uitslag\.pdf$/);
  noKeyIn(d.wire.seen);
});

test('the language changes on every page, and answers stay', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, { ...phone, javaScriptEnabled: false });
  const hand = pointer(page);
  await page.goto(d.link);
  await page.getByRole('link', { name: 'English' }).click();
  await Promise.all([page.waitForURL(/\/en\/vraag\/1$/), hand.press(on.begin)]);
  await answer(page, hand, true);
  await page.getByRole('link', { name: 'Nederlands' }).click();
  assert.equal(place(page), 2);
  assert.equal(await language(page), 'nl');
  await hand.press(on.back);
  assert.equal(await page.locator(on.chosen).count(), 1, 'the answer was kept');
  await page.getByRole('link', { name: 'English' }).click();
  assert.equal(await language(page), 'en');
  assert.equal(await page.locator(on.chosen).count(), 1);
});

test('what goes wrong is told in English', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const reply = await page.goto(d.at('/t/' + 'a'.repeat(32)) + '/en');
  assert.equal(reply.status(), 404);
  assert.equal(await page.locator('h1').innerText(), 'We do not know this link');
  await look(page, d.wire, 'en-onbekende-link');
  await page.goto(`${d.link}/en`);
  await Promise.all([page.waitForURL(/\/vraag\/1$/), page.locator(on.begin).click()]);
  await page.locator(on.next).click();
  assert.match(await page.locator(on.wrong).innerText(), /Something is not right yet/);
  assert.match(await page.title(), /^Error: Question 1 of /);
  await look(page, d.wire, 'en-vraag-zonder-antwoord');
});

test('in English by keyboard alone', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const hand = keyboard(page);
  await page.goto(`${d.link}/en`);
  await answerAll(page, hand, true);
  await send(page, hand);
  assert.equal(await page.locator('main h1').innerText(), 'You can go on without advice');
});
