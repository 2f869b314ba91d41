import { epochMs, uuidV7Source } from '@fieldline/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantId } from './entity-id.js';
import { PLAIN_DIGITS_MAX } from './limits.js';
import { Message } from './message.js';
import { forEachTypedValue, isExactJson, parseLosslessObject, typedValue } from './typed-values.js';
import type { JsonValue, StoredValue, TypedValue } from './value.js';
import { ValueKind } from './value.js';

const { boolean, long, double, string, json } = ValueKind;
const ids = uuidV7Source(
  () => epochMs(0),
  () => undefined,
);
const messageOf = (fields: { text?: string; data?: JsonValue }): Message =>
  new Message(
    { tenantId: 't' as TenantId, type: 'POST_TELEMETRY_REQUEST', originator: { entityType: 'DEVICE', id: 'd' }, tsMs: 0, metadata: {}, ...fields },
    ids,
  );
const valuesOf = (message: Message): Record<string, TypedValue> | undefined => {
  const values: Record<string, TypedValue> = {};
  const isObject = forEachTypedValue(message, (key, kind, value) => (values[key] = { kind, value }));
  return isObject ? values : undefined;
};

// Every row of device-api.md §2.3, then the boundaries between the rows.
const rows: readonly [written: string, kind: ValueKind, value: StoredValue][] = [
  ['true', boolean, true],
  ['false', boolean, false],
  ['42', long, 42],
  ['-7', long, -7],
  ['42.0', double, 42],
  ['42.5', double, 42.5],
  ['1E+1', long, 10],
  ['1e3', long, 1000],
  ['1.5e1', long, 15],
  ['101E-1', double, 10.1],
  ['1.5E-5', double, 0.000015],
  ['1.2E300', string, `12${'0'.repeat(299)}`],
  ['10000000000000000000', string, '10000000000000000000'],
  ['-10000000000000000000', string, '-10000000000000000000'],
  ['0.12345678901234567', string, '0.12345678901234567'],
  ['0.1234567890123456', double, 0.1234567890123456],
  ['"text"', string, 'text'],
  ['"42"', long, 42],
  ['"007"', long, 7],
  ['"-3"', long, -3],
  ['"1.0"', double, 1],
  ['"12.0"', double, 12],
  ['".5"', double, 0.5],
  ['"-.5"', double, -0.5],
  ['"1e5"', string, '1e5'],
  ['"+1"', string, '+1'],
  ['"0x10"', string, '0x10'],
  ['"1."', string, '1.'],
  ['" 1"', string, ' 1'],
  ['""', string, ''],
  ['"-"', string, '-'],
  ['"."', string, '.'],
  ['"1.2.3"', string, '1.2.3'],
  ['"true"', string, 'true'],
  ['{"a": 42.0, "b c": [1, 2]}', json, '{"a":42.0,"b c":[1,2]}'],
  ['[1,"x y"]', json, '[1,"x y"]'],
  ['0', long, 0],
  ['-0', long, 0],
  ['0e5', long, 0],
  ['0e-30', long, 0],
  ['9007199254740991', long, 9007199254740991],
  ['9007199254740993', long, 9007199254740993n],
  ['-9007199254740993', long, -9007199254740993n],
  ['9223372036854775807', long, 9223372036854775807n],
  ['9223372036854775808', string, '9223372036854775808'],
  ['-9223372036854775808', long, -9223372036854775808n],
  ['1.5E-20', string, '0.000000000000000000015'],
  ['123.000000000000001', double, 123],
  ['"00010000000000000000000"', string, '10000000000000000000'],
  ['"0.12345678901234567"', string, '0.12345678901234567'],
  ['"\\u0034\\u0032"', long, 42],
];

describe('values are typed as device-api.md §2.3 says', () => {
  test.each(rows)('%s', (written, kind, value) => {
    expect(parseLosslessObject(` { "k" : ${written} } `)?.get('k')).toStrictEqual({ kind, value });
    expect(valuesOf(messageOf({ text: `{"k":${written}}` }))).toStrictEqual({ k: { kind, value } });
  });

  test('null is kept as null and told apart from an absent key', () => {
    expect(parseLosslessObject('{"a":null}')).toEqual(new Map([['a', null]]));
    const nulls: string[] = [];
    forEachTypedValue(
      messageOf({ text: '{"a":null,"b":1.0}' }),
      () => undefined,
      (key) => nulls.push(key),
    );
    forEachTypedValue(
      messageOf({ data: { c: null } }),
      () => undefined,
      (key) => nulls.push(key),
    );
    expect(nulls).toEqual(['a', 'c']);
  });

  test('a double written out in full that no double can hold stays text', () => {
    const huge = `1${'0'.repeat(400)}.5`;
    expect(parseLosslessObject(`{"k":${huge}}`)?.get('k')).toEqual({ kind: string, value: huge });
  });

  test.each(['1E999999999', '1E-999999999', '-1.5E99999'])('%s is not written out but kept as it was written', (written) => {
    expect(parseLosslessObject(`{"k":${written}}`)?.get('k')).toEqual({ kind: string, value: written });
  });

  test('an integer of more digits than the bound stays text as written', () => {
    const written = '9'.repeat(PLAIN_DIGITS_MAX + 1);
    expect(parseLosslessObject(`{"k":${written}}`)?.get('k')).toEqual({ kind: string, value: written });
  });

  test.each(['', '[1]', '5', 'null', '{"a":', '{a:1}', '{"a":NaN}'])('%j is not a JSON object', (text) => {
    expect(parseLosslessObject(text)).toBeUndefined();
    expect(valuesOf(messageOf({ text: text === '' ? ' ' : text }))).toBeUndefined();
  });

  test('of equal keys the last one counts, and escaped keys are read', () => {
    expect([...(parseLosslessObject('{"a":1.0,"\\u0061":2.0,"b\\"":true}') ?? [])]).toEqual([
      ['a', { kind: double, value: 2 }],
      ['b"', { kind: boolean, value: true }],
    ]);
  });

  test('keys that mean something to JavaScript are keys like any other', () => {
    const text = '{"__proto__":1.0,"constructor":2,"toString":3}';
    expect([...(parseLosslessObject(text)?.keys() ?? [])]).toEqual(['__proto__', 'constructor', 'toString']);
    const keys: string[] = [];
    forEachTypedValue(messageOf({ text: '{"__proto__":1,"constructor":2}' }), (key) => keys.push(key));
    expect(keys).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a computed body', () => {
  test.each([
    [0.1 + 0.2, double, 0.1 + 0.2],
    [1e-20, double, 1e-20],
    [42, long, 42],
    [2 ** 53, long, 9007199254740992n],
    [1e20, string, '100000000000000000000'],
    [1.5e25, string, '15000000000000000000000000'],
  ] as const)('%d has the same kind whether or not someone printed the message', (value, kind, stored) => {
    const message = messageOf({ data: { k: value } });
    const before = valuesOf(message);
    expect(before).toStrictEqual({ k: { kind, value: stored } });
    expect(message.text).toContain('k');
    expect(valuesOf(message)).toStrictEqual(before);
  });
});

describe('isExactJson', () => {
  test.each([
    '{"a":1,"b":21.5,"c":"v1.0 3e5 12345678901234567890","d":true,"e":null}',
    '{"a":20.05,"b":0.001,"c":25.123456789012345,"d":-999999999999999}',
    '[]',
  ])('%s loses nothing', (text) => expect(isExactJson(text)).toBe(true));
  test.each(['{"a":42.0}', '{"a":1E3}', '[1e3]', '1.000', '{"a":1234567890123456}', '{"a":0.99999999999999999}', '{"a":{"b":42.00}}', '-0.0'])(
    '%s does',
    (text) => expect(isExactJson(text)).toBe(false),
  );
});

test('the fast and the exact way agree wherever the fast one is taken', () => {
  const number = fc.oneof(
    fc.integer({ min: -30, max: 30 }).map(String),
    fc.tuple(fc.integer({ min: -12, max: 12 }), fc.stringMatching(/^[019]{1,18}$/)).map(([whole, fraction]) => `${whole}.${fraction}`),
    fc.stringMatching(/^-?[1-9][09]{12,20}$/),
    fc.stringMatching(/^-?[1-9](\.[05]{1,3})?[eE][+-]?[0-9]$/),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  );
  const value = fc.oneof(
    number,
    number.map((text) => `"${text}"`),
    fc.constantFrom('true', 'null', '"x"', '{"n":1}', '[0.5]'),
  );
  fc.assert(
    fc.property(value, (written) => {
      const text = `{"k":${written}}`;
      const exact = parseLosslessObject(text)?.get('k');
      if (isExactJson(text)) expect(typedValue((JSON.parse(text) as { k: JsonValue }).k) ?? null).toStrictEqual(exact);
      else if (exact?.kind === double) expect(exact.value).toBe(Number(JSON.parse(text).k));
    }),
    { numRuns: 2000 },
  );
});
