// Goal: values are rendered as rest-api.md §6.3 says, and typed as the rows of device-api.md §2.3 (rest-api.md §6.7, §6.8). Method: the
// built server with its threads and its database; each literal is written over HTTP under a key of its own, and read in every form.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { done, start, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

let world: TelemetryWorld;
let device: Target;
beforeAll(async () => {
  world = await TelemetryWorld.start('rows-values');
  device = await world.device();
});
afterAll(() => world.stop());

let keys = 0;
const newKey = (): string => `key-${(keys += 1)}`;
const read = async (path: string): Promise<string> => (await device.ask('GET', path)).text.replace(/"lastUpdateTs":\d+/, '"lastUpdateTs":0');

/** Writes a value as it stands, and reads it as latest value, as history, and as an aggregate of itself. */
async function saved(literal: string): Promise<{ key: string; text(query: string): Promise<string> }> {
  const key = newKey();
  expect(await device.ask('POST', 'timeseries/ANY', `{"ts":${start},"values":{"${key}":${literal}}}`)).toMatchObject(done);
  return { key, text: (query) => read(`values/timeseries?keys=${key}&${query}`) };
}
const range = `startTs=${start}&endTs=${start + 1}`;

/** A literal in a body, its text, and its JSON with strict types. */
const rows: readonly (readonly [row: string, literal: string, text: string, strict: string])[] = [
  ['true / false: BOOLEAN', 'true', 'true', 'true'],
  ['true / false: BOOLEAN', 'false', 'false', 'false'],
  ['42, -7: LONG', '42', '42', '42'],
  ['42, -7: LONG', '-7', '-7', '-7'],
  ['LONG beyond 2^53', '9007199254740993', '9007199254740993', '9007199254740993'],
  ['the largest LONG', '9223372036854775807', '9223372036854775807', '9223372036854775807'],
  ['the least LONG', '-9223372036854775808', '-9223372036854775808', '-9223372036854775808'],
  ['42.0: DOUBLE even if integral', '42.0', '42.0', '42'],
  ['42.5: DOUBLE', '42.5', '42.5', '42.5'],
  ['1E+1, 1e3: exponent form with no fractional part becomes LONG', '1E+1', '10', '10'],
  ['1E+1, 1e3: exponent form with no fractional part becomes LONG', '1e3', '1000', '1000'],
  ['101E-1: DOUBLE', '101E-1', '10.1', '10.1'],
  ['1.5E-5: DOUBLE', '1.5E-5', '1.5E-5', '0.000015'],
  ['1.2E300: STRING of 301 digits', '1.2E300', `12${'0'.repeat(299)}`, `"12${'0'.repeat(299)}"`],
  ['integer outside int64: STRING', '9223372036854775808', '9223372036854775808', '"9223372036854775808"'],
  ['integer outside int64: STRING', '10000000000000000000', '10000000000000000000', '"10000000000000000000"'],
  ['16 fractional digits: DOUBLE', '0.1234567890123456', '0.1234567890123456', '0.1234567890123456'],
  ['more than 16 fractional digits: STRING', '0.12345678901234567', '0.12345678901234567', '"0.12345678901234567"'],
  ['"text": STRING', '"text"', 'text', '"text"'],
  ['"42", "007", "-3": LONG', '"42"', '42', '42'],
  ['"42", "007", "-3": LONG', '"007"', '7', '7'],
  ['"42", "007", "-3": LONG', '"-3"', '-3', '-3'],
  ['"1.0", ".5": DOUBLE', '"1.0"', '1.0', '1'],
  ['"1.0", ".5": DOUBLE', '".5"', '0.5', '0.5'],
  ...['1e5', '+1', '0x10', '1.', ' 1', '', '-', 'true'].map((text) => [`"${text}": STRING`, `"${text}"`, text, `"${text}"`] as const),
  ['nested object: JSON', '{ "a": [1, "x", null] }', '{"a":[1,"x",null]}', '{"a":[1,"x",null]}'],
  ['nested array: JSON', '[ 1, {"b": true} ]', '[1,{"b":true}]', '[1,{"b":true}]'],
];
describe.each([
  ['latest', ''],
  ['history', range],
])('6.8 value typing as in device-api.md §2.3, %s', (_, query) => {
  test.each(rows)('%s, %s', async (row, literal, text, strict) => {
    const { key, text: answer } = await saved(literal);
    expect([row, JSON.parse(await answer(query))]).toEqual([row, { [key]: [{ ts: start, value: text }] }]);
    expect(await answer(`${query}&useStrictDataTypes=true`)).toBe(`{"${key}":[{"ts":${start},"value":${strict}}]}`);
  });
});

describe.each(['SERVER_SCOPE', 'SHARED_SCOPE'])('6.7 value typing as in device-api.md §2.3, %s', (scope) => {
  test.each(rows)('%s, %s', async (row, literal, _, strict) => {
    const key = newKey();
    expect(await device.ask('POST', scope, `{"${key}":${literal}}`)).toMatchObject(done);
    const answer = await read(`values/attributes/${scope}?keys=${key}`);
    expect([row, answer]).toEqual([row, `[{"lastUpdateTs":0,"key":"${key}","value":${strict}}]`]);
  });
});

/** Doubles as Java writes them: plain in [1e-3, 1e7). */
const doubles: readonly (readonly [literal: string, text: string])[] = [
  ['22.0', '22.0'],
  ['0.0', '0.0'],
  ['100.0', '100.0'],
  ['-22.25', '-22.25'],
  ['0.001', '0.001'],
  ['-0.001', '-0.001'],
  ['0.0010000000000001', '0.0010000000000001'],
  ['0.0009999999999999', '9.999999999999E-4'],
  ['0.0001', '1.0E-4'],
  ['-0.0001', '-1.0E-4'],
  ['1.234E-5', '1.234E-5'],
  ['9999999.0', '9999999.0'],
  ['9999999.999999998', '9999999.999999998'],
  ['10000000.0', '1.0E7'],
  ['-10000000.0', '-1.0E7'],
  ['10000000.5', '1.00000005E7'],
  ['123456789.25', '1.2345678925E8'],
  ['10000000000.0', '1.0E10'],
  ['0.1', '0.1'],
  ['1234567.1234567', '1234567.1234567'],
];
describe.each([
  ['latest', ''],
  ['history', range],
  ['MAX', `${range}&agg=MAX&interval=1`],
])('6.3 Java double rendering, %s', (_, query) => {
  test.each(doubles)('%s', async (literal, text) => {
    const { key, text: answer } = await saved(literal);
    expect(JSON.parse(await answer(query))).toEqual({ [key]: [{ ts: start, value: text }] });
    expect(JSON.parse(await answer(`${query}&useStrictDataTypes=true`))).toEqual({ [key]: [{ ts: start, value: Number(literal) }] });
  });
});
test('6.3 Java double rendering, AVG: shortest digits that round-trip', async () => {
  const key = newKey();
  await device.save(...[1, 1, 0].map((value, at) => ({ ts: start + at, values: { [key]: value } })));
  const query = `keys=${key}&startTs=${start}&endTs=${start + 3}&agg=AVG&interval=3`;
  expect(await device.series(query)).toEqual({ [key]: [{ ts: start + 1, value: '0.6666666666666666' }] });
});
