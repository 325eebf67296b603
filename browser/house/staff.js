// What staff do on the workspace, one move each.
import assert from 'node:assert/strict';

/** Whoever of the demo has this e-mail address. */
export const account = (d, email) => d.told.accounts.find((a) => a.email === email);

/** Signs in at the door. */
export async function signIn(page, d, email) {
  const { password } = account(d, email);
  await page.goto(d.at('/werk/aanmelden'));
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.getByRole('button', { name: 'Afmelden' }).waitFor();
}

/** Presses a button that leads to another page, or the same one anew. */
export async function press(page, name) {
  const answered = page.waitForResponse((r) => r.request().isNavigationRequest() && r.status() !== 303);
  await page.getByRole('button', { name, exact: true }).click();
  await answered;
  await page.waitForLoadState();
}

/** Writes a letter about the case on the page: a gap is told, then filled; it is shown, and made. */
export async function writeLetter(page, kind, shown) {
  await page.getByRole('link', { name: kind, exact: true }).click();
  const text = page.getByLabel('Brief', { exact: true });
  const words = await text.inputValue();
  await text.fill(`${words}\n\n[vul in]`);
  await press(page, 'Voorbeeld tonen');
  assert.match(await page.locator('[role="alert"]').innerText(), /tussen vierkante haken/);
  await text.fill(words.replaceAll(/\[[^\]]*\]/g, 'ingevuld'));
  const subject = page.getByLabel('Onderwerp');
  await subject.fill((await subject.inputValue()).replaceAll(/\[[^\]]*\]/g, 'ingevuld'));
  if (!(await page.getByLabel('Aan', { exact: true }).inputValue())) await page.getByLabel('Aan', { exact: true }).fill('A. Jansen');
  await press(page, 'Voorbeeld tonen');
  await shown?.();
  await press(page, 'Brief maken');
  assert.match(await page.locator('main').innerText(), /nog niet verstuurd/i);
  await page.getByRole('link', { name: 'Vastleggen dat hij weg is' }).click();
  await page.getByLabel('Hoe is de brief verstuurd?').selectOption('brief');
  await press(page, 'Vastleggen dat de brief is verstuurd');
  assert.match(await page.locator('main').innerText(), /verstuurd op/i);
}
