// What must hold on every page in every state, looked at where it is shown.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { measure } from './measure.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = [1280, 360, 320];
const kept = new Set();

/**
 * Holds the page as it stands against all norms: axe without a violation, no
 * sideways scrolling at 1280, 360 and 320 px, targets of 24 px, borders and
 * focus of 3:1, in light and dark, nothing on the console; in dark axe asks only
 * what colours can break. Keeps the HTML that came over the wire, and pictures
 * when PICTURES is set. With { brief: true } axe looks once: for a page much like
 * one that was looked at in full. The page must have been opened with script allowed, for axe to run.
 */
export async function look(page, wire, name, { brief = false } = {}) {
  const faults = [];
  const before = page.viewportSize();
  keep(wire.lastPage(), name);
  faults.push(...page.complaints.splice(0).map((c) => `console: ${c}`));
  for (const colorScheme of brief ? ['light'] : ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished)));
      const where = `${name} at ${width} px, ${colorScheme}`;
      faults.push(...(await page.evaluate(measure)).map((f) => `${where}: ${f}`));
      if (width === 320 || (brief && width !== 360)) continue;
      if (colorScheme === 'light') faults.push(...(await audit(page)).map((f) => `${where}: ${f}`));
      else if (width === 360) faults.push(...(await audit(page, colours)).map((f) => `${where}: ${f}`));
      if (brief || !process.env.PICTURES) continue;
      mkdirSync('out/pictures', { recursive: true });
      await page.screenshot({ path: `out/pictures/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  assert.deepEqual(faults, [], `${name}: ${faults.length} faults`);
}

/** All that axe knows of. */
const everything = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
};

/** What another colour scheme can break. */
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** Runs axe over the page; a strict content policy does not keep evaluate out. */
export async function audit(page, what = everything) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((asked) => globalThis.axe.run(document, { ...asked, resultTypes: ['violations'] }), what);
  return violations.flatMap((v) => v.nodes.map((n) => `axe ${v.id}: ${v.help}: ${n.html} ${n.failureSummary}`));
}

/** Keeps the HTML of a page for the validator, each text once. */
export function keep(answer, name) {
  if (!answer) return;
  const digest = createHash('sha256').update(answer.text).digest('hex');
  if (kept.has(digest)) return;
  kept.add(digest);
  mkdirSync('out/pages', { recursive: true });
  writeFileSync(`out/pages/${name}-${digest.slice(0, 8)}.html`, answer.text);
}
