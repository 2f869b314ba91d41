import { expect, test } from 'vitest';
import { readAttributeText } from './attribute-text.js';

test.each([
  { text: '21.5', value: 21.5 },
  { text: 'true', value: true },
  { text: '"42"', value: '42' },
  { text: '{"a":[1]}', value: { a: [1] } },
  { text: 'hello there', value: 'hello there' },
  { text: 'null', value: 'null' },
  { text: '', value: '' },
])('$text is stored as $value', ({ text, value }) => {
  expect(readAttributeText(text)).toEqual(value);
});
