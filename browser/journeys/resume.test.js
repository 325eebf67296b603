// A client stops and goes on: on another device, after a crash, by the back
// button, and with the send button pressed twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { back, phone, visitor } from '../house/browser.js';
import { answer, answerAll, asked, on, place, pointer, send } from '../house/client.js';
import { demo } from '../house/demo.js';
import { wordsOf } from '../house/key.js';
import { look } from '../house/look.js';
import { post } from '../house/post.js';

const begin = (page) => Promise.all([page.waitForURL(/\/vraag\/1$/), page.locator(on.begin).click()]);
const chosenWords = (page) => page.locator(on.chosen).evaluate((r) => r.closest('label').innerText.replace(/\s+/g, ' ').trim());

test('stopped on a telephone, resumed on a computer, with a crash in between', async (t) => {
  const d = await demo(t);
  const first = await visitor(t, phone);
  await first.goto(d.link);
  await begin(first);
  const given = [];
  for (let n = 1; n <= 3; n++) {
    given.push((await asked(first)).id);
    await answer(first, pointer(first), true);
  }
  await Promise.all([first.waitForURL(/\/bewaard$/), first.locator(on.stop).click()]);
  await look(first, d.wire, 'bewaard');
  await d.crash();

  const second = await visitor(t);
  await second.goto(d.link);
  await look(second, d.wire, 'verder');
  await Promise.all([second.waitForURL(/\/vraag\/4$/), second.locator(`${on.begin}, a[href$="/vraag/4"]`).first().click()]);
  assert.equal(await second.locator(on.chosen).count(), 0, 'question 4 is still open');
  for (let n = 3; n >= 1; n--) {
    await Promise.all([second.waitForURL(new RegExp(`/vraag/${n}$`)), second.locator(on.back).click()]);
    const question = await asked(second);
    assert.equal(question.id, given[n - 1], `question ${n} is the same one`);
    assert.deepEqual([await chosenWords(second)], wordsOf(question, true), `answer ${n} was kept`);
  }
});

test('the back button of the browser, and another answer', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await begin(page);
  await answer(page, pointer(page), true);
  await answer(page, pointer(page), true);
  await back(page);
  assert.equal(place(page), 2);
  assert.deepEqual([await chosenWords(page)], wordsOf(await asked(page), true), 'the answer given stands there');
  await answer(page, pointer(page), false);
  assert.equal(place(page), 3);
  await Promise.all([page.waitForURL(/\/vraag\/2$/), page.locator(on.back).click()]);
  assert.ok(wordsOf(await asked(page), false).includes(await chosenWords(page)), 'the last answer counts');
});

test('a question skipped is open in the overview, and one press away', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await begin(page);
  await Promise.all([page.waitForURL(/\/vraag\/2$/), page.locator(on.skip).click()]);
  while (place(page)) await answer(page, pointer(page), true);
  await look(page, d.wire, 'overzicht-met-open-vraag');
  await Promise.all([page.waitForURL(/\/vraag\/1(\?|$)/), page.locator('main a[href*="/vraag/1"]').first().click()]);
  assert.equal(await page.locator(on.chosen).count(), 0);
});

test('next without an answer asks for one', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await begin(page);
  const reply = await post(page.url(), { actie: 'verder' });
  assert.equal(reply.status, 400);
  await page.locator(on.next).click();
  assert.equal(place(page), 1, 'the client stays at the question');
  assert.equal(await page.locator(on.wrong).count(), 1, 'and is told what to do');
  await look(page, d.wire, 'vraag-zonder-antwoord');
});

test('sent twice at once: one verdict, and the client sees it', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await answerAll(page, pointer(page), true);
  const address = d.link + '/versturen';
  const replies = await Promise.all([post(address, {}), post(address, {}), post(address, {})]);
  for (const r of replies) assert.ok([303, 409].includes(r.status), `status ${r.status}`);
  assert.ok(replies.some((r) => r.status === 303));
  await page.goto(d.link);
  assert.match(page.url(), /\/uitslag$/);
});

test('the send button pressed twice', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await answerAll(page, pointer(page), true);
  await page.locator(on.send).dblclick({ noWaitAfter: true }).catch(() => {});
  // The second press breaks off what the first began, so no one navigation can be waited for.
  for (let tries = 0; !/\/uitslag$/.test(page.url()) && tries < 100; tries++) await page.waitForTimeout(100);
  await page.waitForLoadState();
  assert.match(page.url(), /\/uitslag$/);
  assert.ok((await page.locator('main h1').innerText()).length > 0);
  assert.equal(d.wire.seen.filter((s) => s.status >= 500).length, 0);
});

test('after the end nothing can be changed', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await begin(page);
  const [name, value] = await page.locator(on.answers).first().evaluate((r) => [r.name, r.value]);
  while (place(page)) await answer(page, pointer(page), true);
  await send(page, pointer(page));
  const before = await page.locator('main').innerText();
  const late = await post(d.link + '/vraag/1', { [name]: value, actie: 'verder' });
  assert.ok([303, 409].includes(late.status), `status ${late.status}`);
  await page.goBack().catch(() => {});
  await look(page, d.wire, 'terug-na-verzenden', { brief: true });
  await page.goto(d.link);
  assert.equal(await page.locator('main').innerText(), before);
});
