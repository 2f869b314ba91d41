import { TIME_MAX_MS } from '@fieldline/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JSON_CONTAINERS_MAX, JSON_DEPTH_MAX, READINGS_PER_PAYLOAD_MAX } from './limits.js';
import type { DecodeOptions } from './uplink-decoder.js';
import { decodeAttributes, decodeTelemetry } from './uplink-decoder.js';

const now = 1_700_000_000_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (text: string, options?: DecodeOptions) => decodeTelemetry(bytes(text), now, options);
const codeOf = (decoded: object): string | undefined => ('problem' in decoded ? (decoded.problem as { code: string }).code : undefined);
const readingsOf = (text: string) => {
  const decoded = decode(text);
  if ('problem' in decoded) throw new Error(decoded.problem.message);
  return decoded.readings.map(({ tsMs, data, text: exact }) => ({ tsMs, body: exact ?? JSON.stringify(data) }));
};
const at = (tsMs: number, body: string) => ({ tsMs, body });

describe('the forms of device-api.md §2.1', () => {
  test.each([
    ['{"k1":"v1","k2":true}', [at(now, '{"k1":"v1","k2":true}')]],
    ['[{"k1":"v1"},{"k2":true}]', [at(now, '{"k1":"v1"}'), at(now, '{"k2":true}')]],
    ['{"ts":1451649600512,"values":{"k1":"v1"}}', [at(1451649600512, '{"k1":"v1"}')]],
    ['[{"ts":1,"values":{"a":1}},{"ts":2,"values":{"a":2}}]', [at(1, '{"a":1}'), at(2, '{"a":2}')]],
    ['[{"k1":1},{"ts":5,"values":{"k1":2}}]', [at(now, '{"k1":1}'), at(5, '{"k1":2}')]],
    ['[{"ts":5,"values":{"a":1}},{"ts":5,"values":{"a":2}}]', [at(5, '{"a":1}'), at(5, '{"a":2}')]],
    ['{"ts":5,"a":1}', [at(now, '{"ts":5,"a":1}')]],
    ['{"values":{"a":1}}', [at(now, '{"values":{"a":1}}')]],
    ['{"ts":"1451649600512","values":{"a":1},"extra":[]}', [at(1451649600512, '{"a":1}')]],
    ['{"ts":1451649600512.9,"values":{"a":1}}', [at(1451649600512, '{"a":1}')]],
    ['{"a":1,"a":2}', [at(now, '{"a":2}')]],
    ['{}', []],
    ['[]', []],
    ['[{},{"a":1}]', [at(now, '{"a":1}')]],
    ['{"a":null}', []],
    ['\ufeff{"a":1}', [at(now, '{"a":1}')]],
  ])('%s', (text, expected) => expect(readingsOf(text)).toEqual(expected));

  test('says whether the device named the time', () => {
    const decoded = decode('[{"a":1},{"ts":5,"values":{"a":1}}]');
    expect('readings' in decoded && decoded.readings.map((reading) => reading.hasOwnTs)).toEqual([false, true]);
  });
});

describe('the body of the message', () => {
  test.each([
    ['null members are dropped', '{"a":null,"b":1}', '{"b":1}'],
    ['numeric texts become numbers', '{"a":"42","b":"1.0","c":"007","d":".5","e":"x"}', '{"a":42,"b":1.0,"c":7,"d":0.5,"e":"x"}'],
    ['exponents are written out', '{"a":1E3,"b":101E-1,"c":1.5e-5}', '{"a":1000,"b":10.1,"c":0.000015}'],
    ['integers beyond 64 bits become text', '{"a":10000000000000000000}', '{"a":"10000000000000000000"}'],
    ['64-bit integers stay exact', '{"a":9007199254740993}', '{"a":9007199254740993}'],
    ['more than 16 digits after the point become text', '{"a":0.12345678901234567}', '{"a":"0.12345678901234567"}'],
    ['a double without fraction stays one', '{"a":42.0}', '{"a":42.0}'],
    ['and beside a member that is rewritten', '{"a":42.0,"b":null}', '{"a":42.0}'],
    ['also where it is large', '{"a":"1000000000000000000000.0"}', '{"a":1000000000000000000000.0}'],
    ['nested values stay', '{"a":{"x":null,"y":"1"},"b":[1.0]}', '{"a":{"x":null,"y":"1"},"b":[1.0]}'],
    ['of equal keys the last counts, rewritten or not', '{"a":"1","a":null,"b":1.0}', '{"b":1.0}'],
    ['inside {ts,values}', '{"ts":1,"values":{"a":1.0}}', '{"a":1.0}'],
    ['inside an array', '[ {"a": 1.0 } ]', '{"a": 1.0 }'],
    ['an escaped "values" is the same member', '{"ts":1,"\\u0076alues":{"a":1.0}}', '{"a":1.0}'],
  ])('%s', (_name, text, body) => expect(readingsOf(text)).toMatchObject([{ body }]));

  test('is given as text only where the values alone would lose something', () => {
    const textOf = (text: string) => {
      const decoded = decode(text);
      return 'readings' in decoded ? decoded.readings[0]?.text : undefined;
    };
    expect(textOf('{"a":21.5,"b":40,"c":"v1.0"}')).toBeUndefined();
    expect(textOf('{"a":"42"}')).toBeUndefined();
    expect(textOf('{"a":20.05}')).toBeUndefined();
    expect(textOf('{"a":25.123456789012345}')).toBeUndefined();
    expect(textOf('{"a":40.0}')).toBe('{"a":40.0}');
  });

  test.each([
    '{"__proto__":{"polluted":1},"constructor":"2"}',
    '{"__proto__":1.0,"constructor":null}',
    '{"ts":1,"values":{"__proto__":{"polluted":1}}}',
  ])('keys that mean something to JavaScript do no harm: %s', (text) => {
    const decoded = decode(text);
    const data = 'readings' in decoded ? decoded.readings[0]?.data : undefined;
    expect(Object.keys(data ?? {})).toContain('__proto__');
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('what is refused, as a whole', () => {
  test.each([
    '',
    ' ',
    'x',
    '{',
    '{"a":}',
    '{"a":NaN}',
    '{"a":Infinity}',
    "{'a':1}",
    '{a:1}',
    '{"a":01}',
    '{"a":1.}',
    '5',
    '"text"',
    'true',
    'null',
    '[1]',
    '[{"a":1},[]]',
    '[{"a":1},null]',
    '{"ts":5,"values":[1]}',
    '{"ts":5,"values":null}',
    '{"a":1}{"b":2}',
  ])('%j is malformed', (text) => expect(codeOf(decode(text))).toBe('PROTOCOL_PAYLOAD_MALFORMED'));

  test('bytes that are not UTF-8', () => {
    expect(codeOf(decodeTelemetry(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), now))).toBe('PROTOCOL_PAYLOAD_MALFORMED');
  });

  test.each(['true', 'null', '{}', '"x"', '""', '"1e3"', '1e300', `${TIME_MAX_MS + 1}`, '"99999999999999999999"'])('a ts of %s', (ts) =>
    expect(codeOf(decode(`{"ts":${ts},"values":{"a":1}}`))).toBe('PROTOCOL_TIMESTAMP_INVALID'),
  );

  test('a time further ahead than allowed, and not one just within', () => {
    const reading = (ts: number) => `[{"a":1},{"ts":${ts},"values":{"a":1}}]`;
    expect(codeOf(decode(reading(now + 86_400_000)))).toBeUndefined();
    expect(codeOf(decode(reading(now + 86_400_001)))).toBe('PROTOCOL_TIMESTAMP_TOO_FAR_AHEAD');
    expect(codeOf(decode(reading(now + 1_001), { futureMaxMs: 1_000 }))).toBe('PROTOCOL_TIMESTAMP_TOO_FAR_AHEAD');
  });

  test.each([10_000, 1_000_000])('JSON nested %i levels deep', (depth) => {
    expect(codeOf(decode(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`))).toBe('PROTOCOL_PAYLOAD_TOO_DEEP');
    expect(codeOf(decode('{"a":'.repeat(depth)))).toBe('PROTOCOL_PAYLOAD_TOO_DEEP');
  });

  test('the depth bound is reached exactly, and brackets in texts do not count', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(codeOf(decode(nested(JSON_DEPTH_MAX)))).toBeUndefined();
    expect(codeOf(decode(nested(JSON_DEPTH_MAX + 1)))).toBe('PROTOCOL_PAYLOAD_TOO_DEEP');
    expect(codeOf(decode(`{"a":"\\"${'['.repeat(5_000)}"}`))).toBeUndefined();
  });

  test('more readings or nested values than allowed', () => {
    expect(codeOf(decode(`[${'{},'.repeat(READINGS_PER_PAYLOAD_MAX)}{}]`))).toBe('PROTOCOL_PAYLOAD_TOO_MANY_PARTS');
    expect(codeOf(decode(`{"a":[${'[],'.repeat(JSON_CONTAINERS_MAX)}[]]}`))).toBe('PROTOCOL_PAYLOAD_TOO_MANY_PARTS');
  });

  test('more bytes than allowed, and longer texts', () => {
    expect(codeOf(decode('{"a":1}', { payloadBytesMax: 6 }))).toBe('PROTOCOL_PAYLOAD_TOO_LARGE');
    expect(codeOf(decode('{"a":1}', { payloadBytesMax: 7 }))).toBeUndefined();
    expect(codeOf(decode('{"a":"1234"}', { stringLengthMax: 3 }))).toBe('PROTOCOL_STRING_TOO_LONG');
    expect(codeOf(decode('{"a":"123"}', { stringLengthMax: 3 }))).toBeUndefined();
  });
});

describe('attributes', () => {
  test('are one flat object, typed as telemetry', () => {
    expect(decodeAttributes(bytes('{"a":"1.0","ts":1,"values":{}}'))).toEqual({
      data: { a: 1, ts: 1, values: {} },
      text: '{"a":1.0,"ts":1,"values":{}}',
    });
    expect(decodeAttributes(bytes('{}'))).toEqual({ data: {} });
  });
  test.each(['[{"a":1}]', '5', '', 'x'])('%j is malformed', (text) => {
    expect(codeOf(decodeAttributes(bytes(text)))).toBe('PROTOCOL_PAYLOAD_MALFORMED');
  });
});

describe('for any bytes', () => {
  const isGood = (payload: Uint8Array): void => {
    for (const decoded of [decodeTelemetry(payload, now), decodeAttributes(payload)]) {
      if ('problem' in decoded) expect(decoded.problem.code).toMatch(/^PROTOCOL_/);
      else if ('readings' in decoded) for (const { data, text } of decoded.readings) if (text !== undefined) expect(JSON.parse(text)).toEqual(data);
    }
  };
  test('there is a value or a coded error', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), isGood), { numRuns: 2000 }));
  test('also where they nearly are JSON', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"ts"',
      '"values"',
      '"__proto__"',
      '1',
      '-',
      '1.0',
      '.',
      'e',
      '1e5',
      'null',
      'true',
      '"1.0"',
      '"',
      '\\',
      ' ',
      '{"a":1.0}',
      '{"ts":5,"values":',
      '12345678901234567890',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => isGood(bytes(pieces.join('')))),
      { numRuns: 5000 },
    );
  });
  test('and for any JSON', () =>
    fc.assert(
      fc.property(fc.json(), (text) => isGood(bytes(text))),
      { numRuns: 1000 },
    ));
});
