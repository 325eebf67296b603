// What a client may do wrong, or try: each gets a page that says what to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { on, place } from '../house/client.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { post } from '../house/post.js';

/** Goes to an address and looks at the page of a fault. */
async function meets(page, d, address, status, name) {
  const reply = await page.goto(address);
  assert.equal(reply.status(), status);
  assert.equal(await page.locator('h1').count(), 1);
  assert.doesNotMatch(await page.locator('body').innerText(), /sql|panic|goroutine|internal server error|not found/i);
  await look(page, d.wire, name);
}

test('links that open nothing', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await meets(page, d, d.at('/t/' + 'a'.repeat(32)), 404, 'onbekende-link');
  await meets(page, d, d.at('/t/x'), 404, 'verminkte-link');
  await meets(page, d, d.at('/bestaat-niet'), 404, 'onbekende-pagina');
});

test('pages before the test was begun, and questions that are not there', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  for (const early of ['/vraag/1', '/overzicht', '/uitslag']) {
    await page.goto(d.link + early);
    const path = new URL(page.url()).pathname;
    assert.equal(path, new URL(d.link).pathname, `${early} leads to the start, not ${path.replace(/\/t\/[^/]+/, '')}`);
  }
  await Promise.all([page.waitForURL(/\/vraag\/1$/), page.locator(on.begin).click()]);
  for (const n of ['0', '99', 'een', '1.5']) {
    const reply = await page.goto(`${d.link}/vraag/${n}`);
    assert.equal(reply.status(), 404, `question ${n}`);
  }
  await look(page, d.wire, 'onbekende-vraag', { brief: true });
});

test('an option of nobody, and one of another question', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  await page.goto(d.link);
  await Promise.all([page.waitForURL(/\/vraag\/1$/), page.locator(on.begin).click()]);
  const field = await page.locator(on.answers).first().getAttribute('name');
  for (const foreign of ['zz', '99', '-1', '', '<b>', 'a'.repeat(5000)]) {
    const reply = await post(page.url(), { [field]: foreign, actie: 'verder' });
    assert.equal(reply.status, 400, `option ${foreign.slice(0, 10)}`);
  }
  await page.locator(on.answers).first().evaluate((r) => (r.value = 'zz'));
  await page.locator('label', { has: page.locator(on.answers) }).first().click();
  await page.locator(on.next).click();
  assert.equal(place(page), 1);
  await look(page, d.wire, 'vreemde-optie');
  await page.goto(`${d.link}/vraag/1`);
  assert.equal(await page.locator(on.chosen).count(), 0, 'nothing was kept');
});

test('a post from another site is refused', async (t) => {
  const d = await demo(t);
  const reply = await fetch(d.link + '/begin', { method: 'POST', redirect: 'manual', headers: { origin: 'https://elders.example', 'sec-fetch-site': 'cross-site' } });
  assert.equal(reply.status, 403);
  const page = await visitor(t);
  await page.goto(d.link);
  assert.equal(await page.locator(on.begin).count(), 1, 'the test was not begun');
});
