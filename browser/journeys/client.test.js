// A client takes the whole test: with a mouse, without script, on a telephone,
// by keyboard alone; and nothing that reaches the browser betrays the key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { answerAll, asked, keyboard, on, passed, pointer, send, warned } from '../house/client.js';
import { demo } from '../house/demo.js';
import { noKeyIn, wordsOf } from '../house/key.js';
import { look } from '../house/look.js';
import { post } from '../house/post.js';

test('all right, every page looked at', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const hand = pointer(page);
  await page.goto(d.link);
  await look(page, d.wire, 'doel');
  await answerAll(page, hand, true, (n) => look(page, d.wire, `vraag-${n}`, { brief: n > 1 }));
  await look(page, d.wire, 'overzicht');
  await send(page, hand);
  await look(page, d.wire, 'uitslag-voldoende');
  assert.equal(await page.locator('main h1').innerText(), passed);
  await page.goto(d.link);
  assert.match(page.url(), /\/uitslag$/, 'the link leads to the result from now on');
  noKeyIn(d.wire.seen);
});

test('all wrong on a telephone without script: a warning, and no way on', async (t) => {
  const d = await demo(t);
  const page = await visitor(t, { ...phone, javaScriptEnabled: false });
  const hand = pointer(page);
  await page.goto(d.link);
  await answerAll(page, hand, false);
  await send(page, hand);
  assert.ok((await page.locator('main').innerText()).includes(warned), 'the client is warned');
  assert.equal(await page.locator('main').locator('form, button').count(), 0, 'where the policy stops, the page shows no way on');
  const ways = await page.locator('main a').evaluateAll((links) => links.map((a) => a.getAttribute('href').replace(/^.*\//, '')));
  assert.deepEqual(ways, ['uitslag.pdf', 'uitslag.html'], 'all there is to do is to keep the result');
  noKeyIn(d.wire.seen);
});

test('the result of a fail, looked at', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const hand = pointer(page);
  await page.goto(d.link);
  await answerAll(page, hand, false);
  await send(page, hand);
  await look(page, d.wire, 'uitslag-onvoldoende');
});

test('by keyboard alone', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const hand = keyboard(page);
  await page.goto(d.link);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'inhoud', 'the first stop skips to the content');
  await answerAll(page, hand, true);
  await send(page, hand);
  assert.equal(await page.locator('main h1').innerText(), passed);
});

test('a right and a wrong answer get the same reply', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await Promise.all([page.waitForURL(/\/vraag\/1$/), page.locator(on.begin).click()]);
  const values = await page.locator(on.answers).evaluateAll((all) => all.map((r) => [r.name, r.value]));
  const replies = [];
  for (const [name, value] of values) {
    const reply = await post(page.url(), { [name]: value, actie: 'verder' });
    const then = await fetch(new URL(reply.headers.get('location'), page.url()));
    replies.push([reply.status, reply.headers.get('location'), await reply.text(), await then.text()]);
  }
  for (const reply of replies) assert.deepEqual(reply, replies[0]);
  assert.equal(replies[0][0], 303);
});

test('where a right option stands, and what it is called, tells nothing', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  const names = new Set();
  const places = new Set();
  await answerAll(page, pointer(page), true, async () => {
    const right = wordsOf(await asked(page), true);
    const labels = await page.locator(on.answers).evaluateAll((all) => all.map((r) => [r.value, r.closest('label').innerText.trim()]));
    labels.forEach(([value, words], i) => right.includes(words.replace(/\s+/g, ' ')) && (names.add(value), places.add(i)));
  });
  assert.ok(names.size > 1, `right answers go over the wire as ${[...names]}`);
  assert.ok(places.size > 1, `right answers stand at ${[...places]}`);
});
