import { ValueKind } from '@fieldline/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  doubleText,
  latestToWire,
  pageParametersSchema,
  requestedKeys,
  splitProfileData,
  timeSeriesParametersSchema,
  valueJson,
  valueText,
} from './index.js';

describe('text of a double', () => {
  it.each([
    [22, '22.0'],
    [0, '0.0'],
    [-0, '-0.0'],
    [0.001, '0.001'],
    [0.00099, '9.9E-4'],
    [1e7, '1.0E7'],
    [9_999_999.5, '9999999.5'],
    [1.234e-5, '1.234E-5'],
    [-1.5e300, '-1.5E300'],
  ])('of %d is %s', (value, text) => expect(doubleText(value)).toBe(text));

  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(doubleText(value))).toBe(value);
      }),
    );
  });
});

describe('values on the wire', () => {
  it('keep integers beyond 2^53 exact, as text and as JSON', () => {
    const value = { kind: ValueKind.long, value: 9_007_199_254_740_993n };
    expect(valueText(value)).toBe('9007199254740993');
    expect(JSON.stringify({ v: valueJson(value) })).toBe('{"v":9007199254740993}');
  });

  it('are text by default and typed when asked', () => {
    const json = { kind: ValueKind.json, value: '{"a":[1]}' };
    expect(valueText(json)).toBe('{"a":[1]}');
    expect(valueJson(json)).toEqual({ a: [1] });
    expect(valueText({ kind: ValueKind.boolean, value: true })).toBe('true');
  });

  it('answer null at the current time for a requested key without data', () => {
    const points = [{ key: '__proto__', tsMs: 5, kind: ValueKind.long, value: 1 }];
    const wire = latestToWire(points, ['__proto__', 'missing'], { isStrict: false, nowMs: 9 });
    expect(JSON.stringify(wire)).toBe('{"__proto__":[{"ts":5,"value":"1"}],"missing":[{"ts":9,"value":null}]}');
  });
});

describe('query parameters', () => {
  it('prefer `key` to `keys`', () => {
    expect(requestedKeys({ keys: 'a, b,,a' })).toEqual(['a', 'b']);
    expect(requestedKeys({ keys: 'a', key: 'x,y' })).toEqual(['x,y']);
    expect(requestedKeys({ keys: 'a', key: ['x,y', '', 'x,y', ' z'] })).toEqual(['x,y', ' z']);
    expect(requestedKeys({ keys: 'a', key: '' })).toEqual(['a']);
    expect(requestedKeys({ keys: ' ,', key: [''] })).toEqual([]);
    expect(requestedKeys({})).toEqual([]);
  });

  it('have the defaults of the API', () => {
    expect(timeSeriesParametersSchema.parse({})).toEqual({
      agg: 'NONE',
      interval: 0,
      intervalType: 'MILLISECONDS',
      limit: 100,
      orderBy: 'DESC',
      useStrictDataTypes: false,
    });
  });

  it.each([
    ['1700000000000', 1_700_000_000_000],
    ['-1', -1],
    ['9007199254740993', Number.MAX_SAFE_INTEGER],
    ['9223372036854775807', Number.MAX_SAFE_INTEGER],
    ['-9223372036854775808', Number.MIN_SAFE_INTEGER],
  ])('take the time %s, "ever" as the last exact one', (endTs, expected) => {
    expect(timeSeriesParametersSchema.parse({ endTs }).endTs).toBe(expected);
  });

  it.each([
    ['', 'must be a number'],
    [' ', 'must be a number'],
    ['soon', 'must be a number'],
    ['1.5', 'must be milliseconds since 1970'],
    ['1e30', 'must be milliseconds since 1970'],
    ['Infinity', 'must be milliseconds since 1970'],
  ])('refuse the time %j', (endTs, message) => {
    expect(timeSeriesParametersSchema.safeParse({ endTs }).error?.issues[0]?.message).toBe(message);
  });

  it.each([
    [{ pageSize: '0', page: '0' }, "Incorrect page link page size '0'. Page size must be greater than zero."],
    [{ pageSize: '1', page: '-1' }, "Incorrect page link page '-1'. Page must be positive integer."],
    [{ pageSize: '1', page: '0', sortProperty: 'a;b' }, 'Invalid sort property'],
    [{ pageSize: '1', page: '0', sortOrder: 'up' }, "Unsupported sort order 'up'! Only 'ASC' or 'DESC' types are allowed."],
  ])('%j are refused', (parameters, message) => {
    expect(pageParametersSchema.safeParse(parameters).error?.issues[0]?.message).toBe(message);
  });
});

describe('the Kaa switch of a profile', () => {
  it('stays as it is for clients that do not know it', () => {
    expect(splitProfileData({ alarms: null })).toEqual({
      profileData: { alarms: null },
      kaaAutoExtraction: undefined,
      kaaSeries: undefined,
    });
    expect(splitProfileData({ kaaConfiguration: { autoExtraction: false } })).toEqual({
      profileData: {},
      kaaAutoExtraction: false,
      kaaSeries: undefined,
    });
  });
});
