// Takes the pictures of the README anew, from a fresh demo:
//
//   cd browser && ZORGPLICHT=<program> CHROMIUM=<browser> node --test pictures.js
import { test } from 'node:test';
import { phone, visitor } from './house/browser.js';
import { demo } from './house/demo.js';
import { signIn } from './house/staff.js';

const picture = (name) => ({ path: new URL(`../docs/images/${name}.png`, import.meta.url).pathname });

test('pictures of the README', async (t) => {
  const d = await demo(t);
  const client = await visitor(t, phone);
  await client.goto(d.link);
  await client.locator('form button').first().click();
  await client.screenshot(picture('toets-vraag'));

  const page = await visitor(t, { viewport: { width: 1280, height: 900 } });
  await signIn(page, d, d.told.accounts.find((a) => a.role === 'compliance').email);
  await page.goto(`${d.at('/werk/vandaag')}?van=alle`);
  await page.screenshot(picture('werk-vandaag'));
  await page.goto(d.at('/werk/toetspogingen'));
  await page.locator('tbody tr', { hasText: 'Niet passend' }).locator('a').first().click();
  await page.waitForURL(/toetspogingen\/[0-9a-f-]{36}$/);
  await page.screenshot(picture('werk-poging'));
});
