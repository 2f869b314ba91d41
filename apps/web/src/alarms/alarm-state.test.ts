// Goal: what the details of an alarm hold is read as it was meant, whatever a rule chain wrote there. Method: tables.
import { expect, test } from 'vitest';
import { detailsOf, personName, shelvingOf } from './alarm-state.js';

const shelved = { untilTs: 2_000, sinceTs: 1_000, reason: 'Valve is replaced', userName: 'maria' };

test.each([
  { why: 'holds before its end', details: { shelved }, cleared: false, nowMs: 1_999, found: true },
  { why: 'is over at its end', details: { shelved }, cleared: false, nowMs: 2_000, found: false },
  { why: 'is nothing at a cleared alarm', details: { shelved }, cleared: true, nowMs: 1_999, found: false },
  { why: 'needs an end', details: { shelved: { reason: 'x' } }, cleared: false, nowMs: 0, found: false },
  { why: 'is no text', details: { shelved: 'yes' }, cleared: false, nowMs: 0, found: false },
  { why: 'is not in a text', details: 'shelved', cleared: false, nowMs: 0, found: false },
  { why: 'is not in nothing', details: null, cleared: false, nowMs: 0, found: false },
])('a shelving $why', ({ details, cleared, nowMs, found }) => {
  expect(shelvingOf({ details, cleared }, nowMs)).toEqual(found ? shelved : undefined);
});

test.each([
  { details: null, lines: [] },
  { details: {}, lines: [] },
  { details: { shelved }, lines: [] },
  { details: { value: 93.4, isOpen: false, note: '' }, lines: ['value: 93.4', 'isOpen: false', 'note: (empty)'] },
  { details: { place: { hall: 'B', row: 4 }, empty: {} }, lines: ['place.hall: B', 'place.row: 4', 'empty: {}'] },
  { details: { a: { b: { c: null } } }, lines: ['a.b: {"c":null}'] },
  { details: 'too hot', lines: ['Details: too hot'] },
  { details: [1, 2], lines: ['Details: [1,2]'] },
])('details $details', ({ details, lines }) => {
  expect(detailsOf(details).map(({ name, text }) => `${name}: ${text}`)).toEqual(lines);
});

test('what does not fit on a line is a block', () => {
  const long = { list: Array.from({ length: 30 }, (_, index) => index) };
  expect(detailsOf(long)).toEqual([{ name: 'list', text: JSON.stringify(long.list, null, 2), isBlock: true }]);
  expect(detailsOf({ text: 'a\nb' })).toEqual([{ name: 'text', text: 'a\nb', isBlock: true }]);
});

test.each([
  { person: { firstName: 'Maria', lastName: 'Olsen', email: 'm@x' }, name: 'Maria Olsen' },
  { person: { firstName: 'Maria', lastName: null, email: 'm@x' }, name: 'Maria' },
  { person: { firstName: '', lastName: null, email: 'm@x' }, name: 'm@x' },
  { person: { firstName: null, lastName: null, email: null }, name: 'Somebody' },
])('a person is called $name', ({ person, name }) => {
  expect(personName(person)).toBe(name);
});
