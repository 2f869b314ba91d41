import { expect, test } from 'vitest';
import { chartValueOfText, kindOfText } from './value-kind.js';

test.each([
  { text: '42', kind: 'number' },
  { text: '-3.0', kind: 'number' },
  { text: '1.0E10', kind: 'number' },
  { text: '1.234E-5', kind: 'number' },
  { text: 'true', kind: 'boolean' },
  { text: '{"a":1}', kind: 'json' },
  { text: '[1]', kind: 'json' },
  { text: '{not json', kind: 'text' },
  { text: '', kind: 'text' },
  { text: '12 bar', kind: 'text' },
  { text: 'NaN', kind: 'text' },
])('$text is shown as $kind', ({ text, kind }) => {
  expect(kindOfText(text, undefined)).toBe(kind);
});

test('a number that is sent as text stays text', () => {
  expect(kindOfText('42', 'text')).toBe('text');
});

test('a key that changed from number to text is text', () => {
  expect(kindOfText('broken', 'number')).toBe('text');
});

test.each([
  { text: 'true', kind: 'boolean', value: 1 },
  { text: '1.0E3', kind: 'number', value: 1000 },
  { text: 'x', kind: 'text', value: undefined },
] as const)('$text is drawn as $value', ({ text, kind, value }) => {
  expect(chartValueOfText(text, kind)).toBe(value);
});
