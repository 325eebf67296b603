// The checks themselves: each finds the fault that it is there for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './browser.js';
import { bank, noKeyIn, questionIn } from './key.js';
import { audit } from './look.js';
import { measure, unseenFocus } from './measure.js';

const sheet = (body, style = '') => `<!doctype html><html lang="nl"><head><title>Proef</title><style>
  button, input { min-height: 44px; border: 2px solid #555; background: #fff; color: #111 } ${style}</style></head>
  <body><main><h1>Proef</h1>${body}</main></body></html>`;

const cases = [
  ['a plain page has no fault', '<p>Goed.</p><button>Verder</button>', '', null],
  ['a page that scrolls sideways', '<p style="width: 900px">Breed</p>', '', /sideways/],
  ['a button of 20 px', '<button>x</button>', 'button { min-height: 0; height: 20px }', /target of/],
  ['a field with a pale edge', '<label>Naam <input></label>', 'input { border: 1px solid #ccc }', /edge/],
  ['a pale button', '<button>Verder</button>', 'button { border: 1px solid #ddd; background: #eee }', /edge/],
];

for (const [name, body, style, want] of cases) {
  test(`measure: ${name}`, async (t) => {
    const page = await visitor(t, { viewport: { width: 360, height: 700 } });
    await page.setContent(sheet(body, style));
    const faults = await page.evaluate(measure);
    if (want) assert.match(faults.join('\n'), want);
    else assert.deepEqual(faults, []);
  });
}

test('axe finds a field without a label, and nothing on a good page', async (t) => {
  const page = await visitor(t);
  await page.setContent(sheet('<input>'));
  assert.match((await audit(page)).join('\n'), /label/);
  await page.setContent(sheet('<label>Naam <input autocomplete="name"></label>'));
  assert.deepEqual(await audit(page), []);
});

test('focus without a mark is found', async (t) => {
  const page = await visitor(t);
  await page.setContent(sheet('<button>Verder</button>', ':focus { outline: none }'));
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(unseenFocus), /no mark/);
  await page.setContent(sheet('<button>Verder</button>', ':focus { outline: 3px solid #00f }'));
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(unseenFocus), '');
});

test('the key is found in markup, in JSON and as a reason', () => {
  const answer = (type, text) => [{ method: 'GET', path: '/', type, text }];
  const reason = bank.questions[0].right_because;
  for (const [type, text] of [
    ['text/html', '<input value="a" data-right="1">'],
    ['text/html', `<p>${reason.replaceAll(' ', '\n ')}</p>`],
    ['application/json', '{"options":[{"id":"a","correct":true}]}'],
    ['application/json', '{"questions":[{"weight":2}]}'],
  ]) assert.throws(() => noKeyIn(answer(type, text)), /the key reached the browser/, text);
  noKeyIn(answer('text/html', '<p>U hebt recht op uitleg. Weight is geen woord.</p>'));
  assert.throws(() => noKeyIn([]), /nothing went over/);
});

test('a question is known by its words, whatever the order of its options', () => {
  for (const q of bank.questions) {
    const html = `<p>${q.scenario}</p><h1>${q.text}</h1>${q.options.toReversed().map((o) => `<label>${o.text}</label>`).join('')}`;
    assert.equal(questionIn(html).id, q.id);
  }
});
