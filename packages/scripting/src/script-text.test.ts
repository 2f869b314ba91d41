import { expect, test } from 'vitest';
import { argumentNames } from './argument-names.js';
import { examine as examineAs, placeOf } from './script-text.js';

const examine = (body: string) => examineAs(body, argumentNames('update'));

test.each([
  ['result = {}; return result;', ['result']],
  ['for (i = 0; i < 3; i++) n += 1;', ['i', 'n']],
  ['for (key in msg) ++count;', ['key', 'count']],
  ['msg.a = 1; this.b = 2; x.y.z += 3;', []],
  ['return a == 1 || b === 2 || c >= 3 || d => 4;', []],
  ['var text = "hidden = 1"; // other = 2\n/* third = 3 */', ['text']],
  ['return 1 / 2; late = 3 / 4;', ['late']],
  ['return /a = "/.test(msg); after = "x";', ['after']],
  ['Math = 1; msg = 2; return undefined;', []],
])('%j assigns %j', (body, names) => {
  expect(examine(body).looseNames.toSorted()).toEqual(names.toSorted());
});

test.each([
  ['return true;', []],
  ['return msg.a;', ['readsMessage']],
  ['return metadata.a;', ['readsMetadata']],
  ['return msgType === "A";', ['readsType']],
  ['return arguments[1].a;', ['readsMessage', 'readsMetadata', 'readsType']],
  ['return m\\u0073g;', ['readsMessage', 'readsMetadata', 'readsType']],
])('%j needs %j', (body, needs) => {
  const { readsMessage, readsMetadata, readsType } = examine(body);
  expect({ readsMessage, readsMetadata, readsType }).toEqual({
    readsMessage: needs.includes('readsMessage'),
    readsMetadata: needs.includes('readsMetadata'),
    readsType: needs.includes('readsType'),
  });
});

test.each([
  ['return msg.a;', true],
  ['count = 1; return count;', false],
  ['return arguments.callee;', false],
])('%j may be one function for all messages: %j', (body, isReusable) => {
  expect(examine(body).isReusable).toBe(isReusable);
});

test('a generator reads other names, and may assign those of other scripts', () => {
  const facts = examineAs('msg = prevMsg; return {msg: msg};', argumentNames('generate'));
  expect(facts).toMatchObject({ looseNames: ['msg'], readsMessage: true, readsMetadata: false, readsType: false });
});

test('a place counts lines and columns from 1', () => {
  expect(placeOf('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
});
