// Somebody adds passkeys on a device of their own, signs in with one and with a second
// in a browser that nobody knows, and takes one away. The device is Chromium's virtual one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from '../house/browser.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { account } from '../house/staff.js';

const path = (page) => new URL(page.url()).pathname;

// Passkeys need the name of this machine, so these pages do not come over the wire.
async function direct(page, d) {
  const origin = `http://localhost:${new URL(d.told.staffURL).port}`;
  const over = { last: null, lastPage: () => over.last };
  page.on('response', async (r) => {
    if (r.request().isNavigationRequest() && r.status() !== 303) over.last = { url: r.url(), text: await r.text().catch(() => '') };
  });
  return { at: (p) => origin + p, over };
}

/** Gives the page a device that recognises its holder, and returns what to say to it. */
async function device(page, options = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
  return {
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    take: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    recognises: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

async function signIn(page, at, who) {
  await page.goto(at('/werk/aanmelden?naar=/werk/account'));
  await page.getByLabel('E-mailadres').fill(who.email);
  await page.getByLabel('Wachtwoord').fill(who.password);
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await page.waitForURL('**/werk/account');
}

async function add(page, name) {
  await page.getByRole('link', { name: 'Passkey toevoegen' }).click();
  await page.getByLabel('Naam').fill(name);
  await page.getByRole('button', { name: 'Passkey maken' }).click();
}

test('a passkey is added, signs in without a password, and is taken away', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const { at, over } = await direct(page, d);
  const who = account(d, d.told.accounts.find((a) => a.role === 'handler').email);
  const phone = await device(page);

  await signIn(page, at, who);
  await page.getByRole('link', { name: 'Passkey toevoegen' }).click();
  await look(page, over, 'passkey-toevoegen');
  await page.getByLabel('Naam').fill('sleutel 111222333');
  await page.getByRole('button', { name: 'Passkey maken' }).click();
  await page.getByText('Dit lijkt een burgerservicenummer').waitFor();
  assert.equal((await phone.keys()).length, 0, 'the device was not asked');
  page.complaints.splice(0);
  await page.getByLabel('Naam').fill('Telefoon');
  await page.keyboard.press('Enter');
  await page.getByText('De passkey is toegevoegd').waitFor();
  await look(page, over, 'passkey-toegevoegd');
  const [key] = await phone.keys();
  assert.ok(key.isResidentCredential, 'the key is found without a name');

  await page.getByRole('link', { name: 'Passkey toevoegen' }).click();
  await page.getByRole('button', { name: 'Passkey maken' }).click();
  await page.getByText('Dit apparaat heeft al een passkey').waitFor();

  await page.getByRole('button', { name: 'Afmelden', exact: true }).click();
  const before = (await phone.keys())[0].signCount;
  await page.getByRole('button', { name: 'Aanmelden met een passkey' }).waitFor();
  await look(page, over, 'aanmelden-met-passkey');
  await phone.recognises(false);
  await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click();
  await page.getByText('U bent niet aangemeld.').waitFor();
  await phone.recognises(true);
  await page.getByRole('button', { name: 'Aanmelden met een passkey' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Afmelden', exact: true }).waitFor();
  assert.ok((await phone.keys())[0].signCount > before);
  await page.goto(at('/werk/account'));
  assert.match(await page.getByRole('row', { name: /Telefoon/ }).innerText(), /\d{4}.*\d{4}/s, 'it says when it was used');

  await page.getByRole('row', { name: /Telefoon/ }).getByRole('button').click();
  await page.getByText('De passkey is verwijderd').waitFor();
  await page.getByRole('button', { name: 'Afmelden', exact: true }).click();
  await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click();
  await page.getByText('Met deze passkey kunt u zich hier niet aanmelden').waitFor();
  page.complaints.splice(0);
  await look(page, over, 'passkey-geweigerd', { brief: true });
});

test('a copy of a passkey gives itself away, and both stop working', async (t) => {
  const d = await demo(t);
  const page = await visitor(t);
  const { at, over } = await direct(page, d);
  const who = account(d, d.told.accounts.find((a) => a.role === 'handler').email);
  const phone = await device(page);
  await signIn(page, at, who);
  await add(page, 'Telefoon');
  await page.getByText('De passkey is toegevoegd').waitFor();
  const [copy] = await phone.keys();
  for (let i = 0; i < 2; i++) {
    await page.getByRole('button', { name: 'Afmelden', exact: true }).click();
    await page.getByRole('button', { name: 'Aanmelden met een passkey' }).click();
    await page.getByRole('button', { name: 'Afmelden', exact: true }).waitFor();
  }

  const thief = await visitor(t);
  const elsewhere = await device(thief);
  await elsewhere.take(copy);
  await thief.goto(at('/werk/aanmelden'));
  await thief.getByRole('button', { name: 'Aanmelden met een passkey' }).click();
  await thief.getByText('Met deze passkey kunt u zich hier niet aanmelden').waitFor();
  await page.goto(at('/werk/account'));
  await page.getByText('werkt niet meer').waitFor();
  await look(page, over, 'passkey-kopie', { brief: true });
});

test('where a passkey cannot work the page says so, and a password does', async (t) => {
  const d = await demo(t);
  const who = account(d, d.told.accounts.find((a) => a.role === 'handler').email);
  const here = (p) => d.at(p);

  const page = await visitor(t); // on an address in digits
  await page.goto(here('/werk/aanmelden'));
  assert.equal(await page.getByRole('button', { name: 'Aanmelden met een passkey' }).isVisible(), false);
  await page.getByLabel('E-mailadres').fill(who.email);
  await page.getByLabel('Wachtwoord').fill(who.password);
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await page.getByRole('button', { name: 'Afmelden', exact: true }).waitFor();
  await page.goto(here('/werk/account/passkeys/nieuw'));
  assert.match(await page.locator('main').innerText(), /Op dit adres werken passkeys niet. Open de werkplek op http:\/\/localhost:\d+/);
  await look(page, d.wire, 'passkey-ander-adres');

  const plain = await visitor(t, { javaScriptEnabled: false });
  await plain.goto(here('/werk/aanmelden'));
  assert.equal(await plain.getByRole('button', { name: 'Aanmelden met een passkey' }).isVisible(), false);
  await plain.getByLabel('E-mailadres').fill(who.email);
  await plain.getByLabel('Wachtwoord').fill(who.password);
  await plain.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await plain.goto(here('/werk/account/passkeys/nieuw'));
  assert.equal(path(plain), '/werk/account/passkeys/nieuw');
  assert.match(await plain.locator('main').innerText(), /moet JavaScript aan staan/);
});
