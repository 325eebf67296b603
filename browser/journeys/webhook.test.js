// An operator lets another system be told: a secret shown once, a test message that is
// signed and arrives, one that does not, and everything sent again.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { signIn } from '../house/staff.js';

/** A system of the firm that keeps what it is told, and answers with a status that can be set. */
async function receiver(t) {
  const heard = { status: 204, messages: [] };
  const server = http.createServer(async (request, reply) => {
    let body = '';
    for await (const part of request) body += part;
    heard.messages.push({ header: request.headers, body });
    reply.writeHead(heard.status).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  heard.url = `http://127.0.0.1:${server.address().port}/berichten`;
  return heard;
}

/** Looks at a page anew until its lists say this. */
async function until(page, said) {
  for (let tries = 0; tries < 60; tries++) {
    const text = (await page.locator('tbody').allInnerTexts()).join(' ');
    if (said.test(text)) return;
    await page.waitForTimeout(250);
    await page.reload();
  }
  assert.fail(`the lists of ${page.url()} never said ${said}`);
}

/** Reports whether a message bears the signature of this secret. */
function signed({ header, body }, secret) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${header['webhook-id']}.${header['webhook-timestamp']}.${body}`).digest('base64');
  return header['webhook-signature'].split(' ').includes(`v1,${mac}`);
}

test('a webhook: wrong, right, tried, failing, and sent again', async (t) => {
  const d = await demo(t, '--webhook-network', '127.0.0.0/8');
  const system = await receiver(t);
  const page = await visitor(t);
  await signIn(page, d, d.told.accounts.find((a) => a.role === 'operator').email);
  await page.goto(d.at('/werk/webhooks/nieuw'));
  await page.getByLabel('Adres').fill('ftp://ergens');
  await page.getByRole('button', { name: 'Toevoegen en geheim tonen' }).click();
  assert.ok((await page.locator('[role="alert"] a').count()) >= 2, 'address and name are both named, each with a link');
  await look(page, d.wire, 'webhook-fout');
  await page.getByLabel('Adres').fill(system.url);
  await page.getByLabel('Omschrijving').fill('Verkoopsysteem');
  await page.getByRole('button', { name: 'Toevoegen en geheim tonen' }).click();
  const secret = (await page.locator('main').innerText()).match(/whsec_[A-Za-z0-9+/=]+/)[0];
  await look(page, d.wire, 'webhook-geheim');
  await page.getByRole('link', { name: 'Naar de webhook' }).click();
  assert.ok(!(await page.content()).includes(secret), 'the secret is shown once');

  const about = page.url();
  await page.getByRole('button', { name: 'Proefbericht versturen' }).click();
  await until(page, /Aangenomen \(204\)/);
  const arrived = page.url();
  await look(page, d.wire, 'webhook-aangekomen');
  assert.ok(signed(system.messages[0], secret), 'the message bears our signature');
  assert.ok(!signed({ ...system.messages[0], body: `${system.messages[0].body} ` }, secret), 'and of no other text');

  system.status = 500;
  await page.goto(about);
  await page.getByRole('button', { name: 'Proefbericht versturen' }).click();
  await until(page, /500/); // the log tells what the system answered
  await look(page, d.wire, 'webhook-mislukt');
  await page.goto(about);
  assert.equal(await page.locator('tbody tr').count(), 2, 'both stand in the list');
  await look(page, d.wire, 'webhook-afleveringen');

  system.status = 204;
  await page.goto(arrived);
  const before = system.messages.length;
  await page.getByRole('button', { name: 'Opnieuw versturen' }).click();
  for (let tries = 0; tries < 60 && system.messages.length === before; tries++) await page.waitForTimeout(250);
  const [first, again] = [system.messages[0], system.messages.at(-1)];
  assert.ok(system.messages.length > before && again.body === first.body, 'the same message came again');
  assert.equal(again.header['webhook-id'], first.header['webhook-id'], 'under the number it had, so that it counts once');
});
