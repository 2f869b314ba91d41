// Goal: what is written over REST is typed as the rows of device-api.md §2.3 say (rest-api.md §6.7 and §6.8), as telemetry and as
// attributes. Method: each JSON literal is written over HTTP and read back with strict types and as text.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let prefix: string;
beforeAll(async () => {
  rest = await startRest();
  const { id } = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } })).body.id;
  prefix = `/api/plugins/telemetry/DEVICE/${id}`;
});
afterAll(() => rest.close());

const digits301 = `12${'0'.repeat(299)}`;

/** A literal in a body, its JSON when read with its own type, and its text. */
const rows: readonly (readonly [what: string, literal: string, strict: string, text: string])[] = [
  ['true / false: BOOLEAN', 'true', 'true', 'true'],
  ['true / false: BOOLEAN', 'false', 'false', 'false'],
  ['LONG', '42', '42', '42'],
  ['LONG', '-7', '-7', '-7'],
  ['LONG beyond 2^53', '9007199254740993', '9007199254740993', '9007199254740993'],
  ['the longest LONG', '-9223372036854775808', '-9223372036854775808', '-9223372036854775808'],
  ['DOUBLE even if integral', '42.0', '42', '42.0'],
  ['DOUBLE', '42.5', '42.5', '42.5'],
  ['exponent form with no fractional part: LONG', '1E+1', '10', '10'],
  ['exponent form with no fractional part: LONG', '1e3', '1000', '1000'],
  ['exponent form: DOUBLE', '101E-1', '10.1', '10.1'],
  ['fractional value: DOUBLE', '1.5E-5', '0.000015', '1.5E-5'],
  ['integral value beyond int64: STRING', '1.2E300', `"${digits301}"`, digits301],
  ['integer outside int64: STRING', '10000000000000000000', '"10000000000000000000"', '10000000000000000000'],
  ['more than 16 fractional digits: STRING', '0.12345678901234567', '"0.12345678901234567"', '0.12345678901234567'],
  ['STRING', '"text"', '"text"', 'text'],
  ['"42" is LONG', '"42"', '42', '42'],
  ['"007" is LONG', '"007"', '7', '7'],
  ['"-3" is LONG', '"-3"', '-3', '-3'],
  ['"1.0" is DOUBLE', '"1.0"', '1', '1.0'],
  ['".5" is DOUBLE', '".5"', '0.5', '0.5'],
  ...['1e5', '+1', '0x10', '1.', ' 1', '', '-', 'true'].map((text) => [`${JSON.stringify(text)} is STRING`, `"${text}"`, `"${text}"`, text] as const),
  ['nested object: JSON', '{ "a": [1, "x", null] }', '{"a":[1,"x",null]}', '{"a":[1,"x",null]}'],
  ['nested array: JSON', '[ 1, {"b": true} ]', '[1,{"b":true}]', '[1,{"b":true}]'],
];

const write = async (path: string, literal: string): Promise<void> => {
  expect(await rest.call('POST', `${prefix}/${path}`, { token: rest.admin, body: `{"v":${literal}}` })).toMatchObject({ status: 200, text: '' });
};
const read = async (path: string): Promise<string> => (await rest.call('GET', `${prefix}/${path}`, { token: rest.admin })).text;

describe('device-api.md §2.3, over REST', () => {
  it.each(rows)('telemetry, %s: %s', async (_, literal, strict, text) => {
    await write('timeseries/ANY', literal);
    const body = await read('values/timeseries?keys=v&useStrictDataTypes=true');
    expect(body.replace(/"ts":\d+/, '"ts":0')).toBe(`{"v":[{"ts":0,"value":${strict}}]}`);
    expect(JSON.parse(await read('values/timeseries?keys=v')).v[0].value).toBe(text);
  });
  it.each(rows)('attributes, %s: %s', async (_, literal, strict) => {
    await write('SERVER_SCOPE', literal);
    const body = await read('values/attributes/SERVER_SCOPE?keys=v');
    expect(body.replace(/"lastUpdateTs":\d+/, '"lastUpdateTs":0')).toBe(`[{"lastUpdateTs":0,"key":"v","value":${strict}}]`);
  });
});
