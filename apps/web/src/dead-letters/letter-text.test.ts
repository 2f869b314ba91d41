// Goal: bodies can be read, and what became of a replay is said, also of its parts.
import { expect, it } from 'vitest';
import { readableBody, replayText } from './letter-text.js';

it.each([
  ['{"t":1,"b":{}}', '{\n  "t": 1,\n  "b": {}\n}'],
  ['42.0', '42.0'],
  ['no JSON', 'no JSON'],
  ['', ''],
])('the body %j is shown as %j', (body, shown) => {
  expect(readableBody(body)).toBe(shown);
});

it.each([
  [{ replayed: ['1', '2'], left: [] }, /^2 messages on the way/, undefined],
  [{ replayed: [], left: ['1'] }, undefined, /^1 message not replayed/],
  [{ replayed: ['1'], left: ['2', '3'] }, /^1 message on the way/, /^2 messages not replayed/],
])('%j is said', (outcome, done, refused) => {
  const said = replayText(outcome);
  expect(said.done ?? '').toMatch(done ?? /^$/);
  expect(said.refused ?? '').toMatch(refused ?? /^$/);
});
