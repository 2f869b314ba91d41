import { ValueKind } from '@fieldline/plugin-sdk';
import { message } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { foundValue, withFetchTo, writerInto } from './write-found.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const found = new Map([
  ['whole', foundValue({ kind: ValueKind.double, value: 42 })],
  ['long', foundValue({ kind: ValueKind.long, value: 9_007_199_254_740_993n })],
  ['word', foundValue({ kind: ValueKind.string, value: 'a "b"' })],
  ['json', foundValue({ kind: ValueKind.json, value: '{"c":1.0}' })],
  ['flag', foundValue({ kind: ValueKind.boolean, value: false })],
]);

test('in the metadata values are texts, whatever the body is', () => {
  const sent = message('T', device, null, { text: 'no JSON', metadata: { whole: 'old', kept: 'k' } });
  const { metadata, text } = writerInto(sent, 'METADATA')(found);
  expect(metadata).toEqual({ whole: '42.0', kept: 'k', long: '9007199254740993', word: 'a "b"', json: '{"c":1.0}', flag: 'false' });
  expect(text).toBe('no JSON');
});

test('in the body they keep type and form, and so does what was there', () => {
  const sent = message('T', device, null, { text: '{"a": 1.0, "whole": 1}' });
  expect(writerInto(sent, 'DATA')(found).text).toBe(
    '{"a":1.0,"whole":42.0,"long":9007199254740993,"word":"a \\"b\\"","json":{"c":1.0},"flag":false}',
  );
});

test.each(['[1]', '1', '"a"', 'null', '{'])('the body %s takes no values', (text) => {
  expect(() => writerInto(message('T', device, null, { text }), 'DATA')).toThrow('Message body is not an object!');
});

test('settings of version 0 said with a switch where values go; absent is off', () => {
  expect(withFetchTo('fetchToData', 'DATA')({ fetchToData: true, a: 1 })).toEqual({ a: 1, fetchTo: 'DATA' });
  for (const old of [{ fetchToData: false }, { fetchToData: null }, {}])
    expect(withFetchTo('fetchToData', 'DATA')(old)).toEqual({ fetchTo: 'METADATA' });
  expect(withFetchTo('addToMetadata', 'METADATA')({ addToMetadata: true })).toEqual({ fetchTo: 'METADATA' });
  expect(withFetchTo('addToMetadata', 'METADATA')({})).toEqual({ fetchTo: 'DATA' });
});
