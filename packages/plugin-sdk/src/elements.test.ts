// Goal: elements of a list keep how they were written. Method: bodies with odd white space and numbers.
import { expect, test } from 'vitest';
import { elementsOf } from './elements.js';
import { message } from './testing/index.js';

const body = (text: string) => message('T', { entityType: 'DEVICE', id: 'device-a' }, null, { text });

test('elements keep their text and order', () => {
  expect(elementsOf(body(' [42.0, {"a": [1E3, "x ]"]} ,9007199254740993,null ]'))).toEqual(['42.0', '{"a":[1E3,"x ]"]}', '9007199254740993', 'null']);
  expect(elementsOf(body('[ ]'))).toEqual([]);
});

test.each(['{"a":[1]}', '1', 'null', '"[1]"'])('%s has no elements', (text) => expect(elementsOf(body(text))).toBeUndefined());
