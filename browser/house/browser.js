// One Chromium for a file of journeys, one fresh profile for each visitor.
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

let browser;
after(() => browser?.close());

/** Opens a page as a new visitor: no cookies, no storage. Options go to Playwright's newContext. */
export async function visitor(t, options = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(30_000); // a busy machine is no fault of a page
  t.after(() => context.close());
  const page = await context.newPage();
  wholePages(Object.getPrototypeOf(page.locator('html')));
  page.complaints = [];
  page.on('console', (m) => {
    // Of a page that says what went wrong Chromium complains too; of a style or font that is missing it should.
    const told = /status of 4\d\d/.test(m.text()) && !m.location().url.includes('/assets/');
    if (m.type() === 'error' && !told) page.complaints.push(m.text());
  });
  page.on('pageerror', (e) => page.complaints.push(String(e)));
  return page;
}

/** Who clicks looks at the page that follows when it is there whole: counting what it holds waits for nothing. */
function wholePages(locator) {
  if (locator.click.whole) return;
  const { click } = locator;
  locator.click = async function (...how) {
    await click.apply(this, how);
    await this.page().waitForLoadState('domcontentloaded');
  };
  locator.click.whole = true;
}

/** Presses the browser's back button. While Chromium swaps the process of a page it has no history yet: ask again. */
export async function back(page) {
  for (let tries = 1; ; tries++) {
    try {
      return await page.goBack();
    } catch (e) {
      if (tries === 5 || !/Not attached to an active page/.test(e.message)) throw e;
      await page.waitForTimeout(200);
    }
  }
}

/** The telephone of most clients. */
export const phone = { viewport: { width: 360, height: 740 } };
