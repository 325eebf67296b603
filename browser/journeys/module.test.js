// A client of an intermediary takes the insurer's test: both are named, the answers stay at the intermediary.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, visitor } from '../house/browser.js';
import { on } from '../house/client.js';
import { demo } from '../house/demo.js';
import { look } from '../house/look.js';
import { press, signIn } from '../house/staff.js';

const office = 'Assurantiekantoor Noord';
const insurer = 'Verzekeraar Het Anker';

test('the intermediary’s client on the insurer’s test, and who sees the attempt', async (t) => {
  const d = await demo(t);
  const client = await visitor(t, phone);
  await client.goto(d.at(d.told.moduleLink));
  const words = await client.locator('body').innerText();
  for (const name of [office, insurer]) assert.ok(words.includes(name), `the first page names ${name}`);
  await look(client, d.wire, 'module-begin');
  await client.locator(on.begin).first().click();
  await client.waitForURL(/\/vraag\/1$/);

  const desk = await visitor(t);
  await signIn(desk, d, 'marijke@noord.example');
  await desk.goto(d.at('/werk/toetspogingen'));
  assert.match(await desk.locator('tbody').innerText(), /bezoeker-/, 'the intermediary sees its client');
  const provider = await visitor(t);
  await signIn(provider, d, 'ruben@hetanker.example');
  await provider.goto(d.at('/werk/toetspogingen'));
  assert.doesNotMatch(await provider.locator('tbody').innerText(), /bezoeker-/, 'the insurer does not');
  await provider.goto(d.at('/werk/distributie'));
  await look(provider, d.wire, 'distributie', { brief: true });
  await provider.getByRole('link', { name: office }).first().click();
  await look(provider, d.wire, 'overeenkomst', { brief: true });
});

test('a client who is asked who they are says so before the first question', async (t) => {
  const d = await demo(t);
  const staff = await visitor(t);
  await signIn(staff, d, 'jeroen@noord.example');
  await staff.goto(d.at('/werk/distributie'));
  await press(staff, 'Aan klanten vragen wie zij zijn');
  const client = await visitor(t, phone);
  await client.goto(d.at(d.told.moduleLink));
  await client.locator(on.begin).first().click();
  await client.waitForURL(/\/gegevens$/);
  await look(client, d.wire, 'gegevens');
  await press(client, 'Begin met de toets');
  assert.ok((await client.locator('[role="alert"] a').count()) >= 3, 'all that is missing is named at once');
  await client.getByLabel('Achternaam').fill('Van Dijk');
  for (const [label, value] of [['Dag', '3'], ['Maand', '4'], ['Jaar', '1980'], ['Postcode', '1012 AB']]) await client.getByLabel(label).fill(value);
  await press(client, 'Begin met de toets');
  await client.waitForURL(/\/vraag\/1$/);
});
