// What staff do on the workspace, one move each.

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
