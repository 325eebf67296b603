// A firm shows the test on a page of its own site, and nobody else can.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { answerAll, on, passed, pointer, send } from '../house/client.js';
import { demo } from '../house/demo.js';
import { embedded, host } from '../house/host.js';
import { noKeyIn } from '../house/key.js';
import { look } from '../house/look.js';

/** Signs in and sets on which sites the test may stand; the page is left open. */
async function allow(t, d, origins) {
  const page = await visitor(t);
  const { email, password } = d.told.accounts.find((a) => a.role === 'compliance');
  await page.goto(d.at('/werk/aanmelden'));
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.getByRole('link', { name: 'Inrichting' }).click();
  await page.getByRole('link', { name: 'Huisstijl' }).click();
  await page.getByLabel('Websites die de toets mogen tonen').fill(origins.join('\n'));
  await page.getByLabel('Kleur van links en knoppen').fill('#7a1fa2');
  await page.getByLabel('Kleur van de band bovenaan').fill('#ffcc00');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await page.getByRole('heading', { name: 'Opgeslagen' }).waitFor();
  return page;
}

const frameOf = async (page) => (await page.waitForSelector('iframe')).contentFrame();

/** Waits until the frame is as high as its page. */
const fits = (page, frame) => assert.doesNotReject(async () => {
  for (let tries = 0; ; tries++) {
    const inside = await frame.evaluate(() => [document.scrollingElement.scrollHeight, innerHeight, document.body.getBoundingClientRect().height]);
    if (inside[0] <= inside[1] && inside[1] - inside[2] < 3) return;
    if (tries === 30) throw new Error(`the page is ${inside[2]} high, the frame ${inside[1]}`);
    await page.waitForTimeout(100);
  }
});

test('the whole test on a page of another site', async (t) => {
  const d = await demo(t);
  const site = await host(t);
  await allow(t, d, [site.origin]);
  site.show('/', embedded(d.wire.origin, d.link));
  const page = await visitor(t);
  await page.goto(site.origin);
  const frame = await frameOf(page);
  await frame.locator(on.begin).waitFor();
  await fits(page, frame);
  assert.deepEqual(await page.evaluate(() => states), ['ready']);
  await look(page, d.wire, 'insluiten');
  const hand = pointer(frame);
  await answerAll(frame, hand, true, async (n) => {
    if (n !== 2) return;
    await fits(page, frame);
    await frame.waitForFunction(() => document.activeElement.matches('main'));
    await page.waitForFunction(() => document.querySelector('iframe').getBoundingClientRect().top > -2); // the new page shows from its top, but for a part of a pixel
    await frame.locator(on.next).click();
    await frame.waitForFunction(() => document.activeElement.matches('[role="alert"]'), undefined, { timeout: 5000 });
    await fits(page, frame);
    await page.setViewportSize(phone.viewport);
    await fits(page, frame);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
  await send(frame, hand);
  assert.equal(await frame.locator('main h1').innerText(), passed);
  await page.waitForFunction(() => states.includes('finished'));
  assert.deepEqual(await page.evaluate(() => states), ['ready', 'begun', 'finished']);
  const told = await page.evaluate(() => [...new Set(heard.flatMap((m) => Object.keys(m)))].sort());
  assert.deepEqual(told, ['height', 'state', 'zorgplicht'], 'how it went is not told');
  assert.deepEqual(await page.context().cookies(), [], 'no cookie, of nobody');
  const complaints = page.complaints.filter((c) => !c.startsWith('Blocked autofocusing')); // frame.js moves the focus instead
  assert.deepEqual(complaints, []);
  noKeyIn(d.wire.seen);
});

test('in a plain frame without script', async (t) => {
  const d = await demo(t);
  const site = await host(t);
  await allow(t, d, [site.origin]);
  site.show('/', `<iframe src="${d.link}/en" title="Toets" width="100%" height="700"></iframe>`);
  const page = await visitor(t, { ...phone, javaScriptEnabled: false });
  await page.goto(site.origin);
  const frame = await frameOf(page);
  const hand = pointer(frame);
  await answerAll(frame, hand, false);
  await send(frame, hand);
  assert.match(await frame.locator('main').innerText(), /we recommend that you take advice/);
});

test('on a site that was not named nothing shows', async (t) => {
  const d = await demo(t);
  const [ours, theirs] = [await host(t), await host(t)];
  const staff = await allow(t, d, [ours.origin]);
  theirs.show('/', embedded(d.wire.origin, d.link));
  theirs.show('/werk', `<iframe src="${d.at('/werk/aanmelden')}" title="Aanmelden"></iframe>`);
  ours.show('/werk', `<iframe src="${d.at('/werk/aanmelden')}" title="Aanmelden"></iframe>`);
  const page = await visitor(t);
  for (const address of [`${theirs.origin}/`, `${theirs.origin}/werk`, `${ours.origin}/werk`]) {
    page.complaints = [];
    await page.goto(address);
    const frame = await frameOf(page);
    await page.waitForTimeout(500);
    assert.equal(await frame.locator('.masthead').count(), 0, `${address} shows nothing of ours`);
    assert.ok(page.complaints.some((c) => c.includes('frame-ancestors')), `refused by the policy: ${page.complaints}`);
  }
  await look(staff, d.wire, 'huisstijl');
});

test('a page around the frame can post nothing in the name of the client', async (t) => {
  const d = await demo(t);
  const site = await host(t);
  await allow(t, d, [site.origin]);
  site.show('/', `<form method="post" action="${d.link}/begin"><button>Begin</button></form>`);
  const page = await visitor(t);
  await page.goto(site.origin);
  const [reply] = await Promise.all([page.waitForResponse((r) => r.url().endsWith('/begin')), page.locator('button').click()]);
  assert.equal(reply.status(), 403);
  await page.goto(d.link);
  assert.equal(await page.locator(on.begin).count(), 1, 'the test was not begun');
});

test('colours that cannot be read are refused, and the nearest that can is told', async (t) => {
  const d = await demo(t);
  const page = await allow(t, d, []);
  await page.getByLabel('Kleur van links en knoppen').fill('#ffcc00');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  assert.match(await page.locator('[role="alert"]').innerText(), /De dichtstbijzijnde kleur die wel kan is #[0-9a-f]{6}/);
  await look(page, d.wire, 'huisstijl-geweigerd');
  const client = await visitor(t);
  await client.goto(d.link);
  assert.match(await client.locator('link[href*="huisstijl-"]').getAttribute('href'), /huisstijl-7a1fa2-ffcc00-/, 'the old colours stay');
  await look(client, d.wire, 'doel-in-huisstijl');
});
