import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeKaaJson, decodeKaaPlain } from './kaa-decoder.js';
import { PLAIN_BYTES_MAX, PLAIN_UNIT_LENGTH_MAX, READINGS_PER_PAYLOAD_MAX } from './limits.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (decoded: object): string | undefined => ('problem' in decoded ? (decoded.problem as { code: string }).code : undefined);

describe('2/DCP JSON (kaa.md §4.1)', () => {
  test.each([
    ['[{"temperature":23},{"h":1}]', [{ temperature: 23 }, { h: 1 }]],
    ['{"temperature":23}', [{ temperature: 23 }]],
    ['[85,34]', [85, 34]],
    ['[[85,34]]', [[85, 34]]],
    ['[]', []],
    ['5', [5]],
    ['"x"', ['x']],
    ['true', [true]],
    ['null', [null]],
  ])('%s', (text, samples) => expect(decodeKaaJson(bytes(text))).toEqual({ samples }));

  test.each(['', '[{"a":1', 'not json', '{'])('%j is malformed', (text) =>
    expect(codeOf(decodeKaaJson(bytes(text)))).toBe('PROTOCOL_PAYLOAD_MALFORMED'),
  );

  test('a batch is bounded in depth and number', () => {
    expect(codeOf(decodeKaaJson(bytes('['.repeat(10_000))))).toBe('PROTOCOL_PAYLOAD_TOO_DEEP');
    expect(codeOf(decodeKaaJson(bytes(`[${'1,'.repeat(READINGS_PER_PAYLOAD_MAX)}1]`)))).toBe('PROTOCOL_PAYLOAD_TOO_MANY_PARTS');
  });
});

describe('2/DCP plain data (kaa.md §4.2)', () => {
  test.each([
    ['altitude', '2061', { 'altitude-value': 2061, 'altitude-unit': 'number' }],
    ['charge', '47%', { 'charge-value': 47, 'charge-unit': '%' }],
    ['distance', '20m', { 'distance-value': 20, 'distance-unit': 'm' }],
    ['t', '-3.5C', { 't-value': -3.5, 't-unit': 'C' }],
    ['t', '1e3Pa\n', { 't-value': 1000, 't-unit': 'Pa' }],
    ['t', '2eV', { 't-value': 2, 't-unit': 'eV' }],
  ])('%s %s', (metric, text, sample) => expect(decodeKaaPlain(metric, bytes(text))).toEqual({ samples: [sample] }));

  test.each([
    ['t', 'warm'],
    ['t', ''],
    ['t', '-'],
    ['t', '1e999'],
    ['', '5'],
    ['a/b', '5'],
    ['t', `1${'m'.repeat(PLAIN_UNIT_LENGTH_MAX + 1)}`],
  ])('metric %j with %j is malformed', (metric, text) => expect(codeOf(decodeKaaPlain(metric, bytes(text)))).toBe('PROTOCOL_PAYLOAD_MALFORMED'));

  test('it is short', () => {
    expect(codeOf(decodeKaaPlain('t', bytes('1'.padEnd(PLAIN_BYTES_MAX + 1))))).toBe('PROTOCOL_PAYLOAD_TOO_LARGE');
  });
});

test('any bytes give samples or a coded error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 32 }), fc.string({ maxLength: 4 }), (payload, metric) => {
      for (const decoded of [decodeKaaJson(payload), decodeKaaPlain(metric, payload)]) {
        if ('problem' in decoded) expect(decoded.problem.code).toMatch(/^PROTOCOL_/);
        else expect(Array.isArray(decoded.samples)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
