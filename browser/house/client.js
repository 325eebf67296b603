// What a client does with the pages of a test, one move each. A move is made
// by a hand: something that clicks, or something that types.
import assert from 'node:assert/strict';
import { questionIn, wordsOf } from './key.js';
import { unseenFocus } from './measure.js';

/** Where things are on the client's pages. */
export const on = {
  begin: 'form[action$="/begin"] button',
  next: 'button[name="actie"][value="verder"]',
  back: 'button[name="actie"][value="terug"]',
  skip: 'button[name="actie"][value="later"]',
  stop: 'button[name="actie"][value="stop"]',
  send: 'form[action$="/versturen"] button',
  answers: 'input[type="radio"]',
  chosen: 'input[type="radio"]:checked',
  wrong: '[role="alert"]',
};

/** A hand with a mouse or a finger. */
export const pointer = (page) => ({
  press: (what) => page.locator(what).first().click(),
  choose: (words) => page.locator('label', { has: page.locator(on.answers) }).filter({ hasText: exactly(words) }).click(),
});

/** A hand on the keyboard alone; the focus must be seen wherever it rests. */
export const keyboard = (page) => {
  const walk = async (reached, what) => {
    for (let steps = 0; steps < 60; steps++) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(unseenFocus), '', 'the focus is seen');
      if (await page.evaluate(reached, what)) return;
    }
    assert.fail(`not reached by Tab: ${what}`);
  };
  return {
    press: async (what) => {
      await walk((w) => document.activeElement.matches(w), what);
      await page.keyboard.press('Enter');
    },
    choose: async (words) => {
      await walk((radio) => document.activeElement.matches(radio), on.answers);
      if (!(await page.locator(on.chosen).count())) await page.keyboard.press('Space');
      for (let steps = 0; steps < 6; steps++) {
        const label = await page.evaluate(() => document.activeElement.closest('label').innerText);
        if (exactly(words).test(label)) return;
        await page.keyboard.press('ArrowDown');
      }
      assert.fail(`not reached by the arrows: ${words}`);
    },
  };
};

/** The number of the question on the page, or 0 elsewhere. */
export const place = (page) => Number(/\/vraag\/(\d+)$/.exec(new URL(page.url()).pathname)?.[1] ?? 0);

/** The question of the bank that the page shows. */
export const asked = async (page) => questionIn(await page.content());

/**
 * Does what leads to another page and waits for a part of that page which comes after all that is read of it.
 * The event "load" is not waited for: the browser does not always tell it of a frame.
 */
async function arrive(page, address, part, act) {
  await Promise.all([page.waitForURL(address, { waitUntil: 'commit' }), act()]);
  await page.locator(part).first().waitFor();
}

/** Answers the question on the page, right or wrong, and goes on. */
export async function answer(page, hand, right) {
  const [words] = wordsOf(await asked(page), right);
  await hand.choose(words);
  const before = page.url();
  await arrive(page, (url) => url.href !== before, `${on.next}, ${on.send}`, () => hand.press(on.next));
}

/** Begins on the page of the link and answers all; seen is called on each question. */
export async function answerAll(page, hand, right, seen = async () => {}) {
  await arrive(page, /\/vraag\/1$/, on.next, () => hand.press(on.begin));
  let count = 0;
  while (place(page)) {
    count++;
    assert.equal(place(page), count, 'one question after the other');
    await seen(count);
    await answer(page, hand, right);
    assert.ok(count <= 15, 'a form has at most 15 questions');
  }
  assert.match(page.url(), /\/overzicht$/, 'after the last question comes the overview');
  assert.ok(count >= 12, `a form has at least 12 questions, here ${count}`);
  return count;
}

/** What the client reads after a pass, and how the warning after anything else begins. */
export const passed = 'U kunt verder zonder advies';
export const warned = 'Let op: wij raden u aan om advies te vragen';

/** Sends the test off from the overview. */
export const send = (page, hand) => arrive(page, /\/uitslag$/, 'main h1', () => hand.press(on.send));

function exactly(words) {
  return new RegExp(`^\\s*${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')}\\s*$`);
}
