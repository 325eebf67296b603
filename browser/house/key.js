// The key of the test must not reach a browser: neither which option is right,
// nor why, nor what a question is worth.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The bank that the demo's test is made from. */
export const bank = parse(readFileSync('../appropriateness/starter/hypotheek.yaml', 'utf8'));

const flat = (text) => text.replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(n)).replace(/&nbsp;/g, ' ').replace(/&quot;/g, '"').replace(/&lt;/g, '<')
  .replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim();

/** Sentences that only someone with the key knows. */
const secrets = bank.questions.flatMap((q) => [q.right_because, ...q.options.map((o) => o.wrong_because)]).filter(Boolean).map(flat);

/** Names that would tell it in markup or JSON; they are English, so no Dutch sentence holds them. */
const name = '(?:is_?|option_?)?(?:right|correct|wrong|points|weight|score|knock_?-?out)';
const betray = new RegExp(`data-${name}|"${name}(?:_because)?"\\s*:|[^-\\w]${name.replace('points|', '')}\\s*=`, 'i');

/** Fails when any answer that went over the wire holds a piece of the key. */
export function noKeyIn(seen) {
  const found = [];
  for (const s of seen) {
    if (!/html|json|javascript|plain/.test(s.type)) continue;
    const text = flat(s.text);
    for (const secret of secrets) if (text.includes(secret)) found.push(`${s.method} ${s.path}: ${secret}`);
    const word = betray.exec(text);
    if (word) found.push(`${s.method} ${s.path}: ${word[0]} in ${text.slice(Math.max(0, word.index - 60), word.index + 60)}`);
  }
  assert.ok(seen.length > 0, 'nothing went over the wire');
  assert.deepEqual(found, [], 'the key reached the browser');
}

/** The question of the bank whose words stand on this page. */
export function questionIn(html) {
  const text = flat(html.replace(/<[^>]*>/g, ' '));
  const hits = bank.questions.filter((q) => text.includes(flat(q.text)) && q.options.every((o) => text.includes(flat(o.text))));
  hits.sort((a, b) => flat(b.scenario + b.text).length - flat(a.scenario + a.text).length);
  const exact = hits.filter((q) => text.includes(flat(q.scenario)));
  assert.equal(exact.length, 1, `one question of the bank stands on the page, found ${exact.map((q) => q.id)}`);
  return exact[0];
}

/** The words of the options that are right, or that are not. */
export const wordsOf = (question, right) => question.options.filter((o) => Boolean(o.right) === right).map((o) => flat(o.text));
