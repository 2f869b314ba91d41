import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKaaAnswer, kaaErrorPayload, kaaStatusCode, kaaUplinkOf, parseKaaTopic } from './kaa-topics.js';
import { UplinkKind } from './uplink-batch.js';

// The table of kaa.md §2.1.
test.each([
  { topic: 'kp1/a-v1/dcx/T/json', resource: 'json', id: undefined },
  { topic: 'kp1/a-v1/dcx/T/json/42', resource: 'json', id: '42' },
  { topic: 'kp1/a-v1/epmx/T/get/keys/7', resource: 'get/keys', id: '7' },
  { topic: 'kp1/a-v1/epmx/T/get/0', resource: 'get', id: '0' },
  { topic: 'kp1/a-v1/dcx/T/plain/altitude', resource: 'plain/altitude', id: undefined },
  { topic: 'kp1/a-v1/dcx/T/plain/7', resource: 'plain', id: '7' },
  { topic: 'kp1/a-v1/cmx/T/config/json/display/5', resource: 'config/json/display', id: '5' },
  { topic: 'kp1/a-v1/dcx/T/json/-5', resource: 'json/-5', id: undefined },
  { topic: 'kp1/a-v1/dcx/T/json/1.5', resource: 'json/1.5', id: undefined },
  { topic: 'kp1/a-v1/dcx/T/json/00099999999999999', resource: 'json', id: '00099999999999999' },
])('$topic asks for $resource with id $id', ({ topic, resource, id }) => {
  const parsed = parseKaaTopic(topic);
  expect(parsed).toMatchObject({ appVersion: 'a-v1', token: 'T', resource, requestId: id });
});

test.each([
  '/kp1/a-v1/dcx/T/json',
  'kp1/a-v1/dcx/T/json/',
  'kp1/a-v1/dcx/T',
  'kp1/a-v1/dcx//json',
  'kp1//dcx/T/json',
  'kp1/a-v1/dcx/T.x/json',
  'kp2/a-v1/dcx/T/json',
  'kp1/',
  'kp1',
  '',
])('"%s" is no request', (topic) => {
  expect(parseKaaTopic(topic)).toBeUndefined();
});

const name = fc.stringMatching(/^[a-z0-9_~-]{1,6}$/);
const resource = fc.array(fc.stringMatching(/^[a-z-][a-z0-9-]{0,4}$/), { minLength: 1, maxLength: 3 });
const id = fc.option(fc.stringMatching(/^[0-9]{1,12}$/), { nil: undefined });

test('a request put together from its parts comes apart into them', () => {
  fc.assert(
    fc.property(name, name, name, resource, id, (appVersion, extension, token, path, requestId) => {
      const topic = ['kp1', appVersion, extension, token, ...path, ...(requestId === undefined ? [] : [requestId])].join('/');
      expect(parseKaaTopic(topic)).toEqual({ appVersion, extension, token, resource: path.join('/'), requestId });
    }),
  );
});

test('any text is a request or is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('k', 'p', '1', '/', '0', '7', '.', '+', 'é') }), (text) => {
      const parsed = parseKaaTopic(`kp1/${text}`);
      if (parsed === undefined) return;
      const tail = [parsed.resource, parsed.requestId].filter(Boolean).join('/');
      expect(`kp1/${parsed.appVersion}/${parsed.extension}/${parsed.token}/${tail}`).toBe(`kp1/${text}`);
    }),
    { numRuns: 1_000 },
  );
});

test('data collection takes JSON and one plain metric', () => {
  for (const isRelaxed of [false, true]) {
    expect(kaaUplinkOf('json', isRelaxed)).toEqual({ kind: UplinkKind.kaaJson, metric: '' });
    expect(kaaUplinkOf('plain/altitude', isRelaxed)).toEqual({ kind: UplinkKind.kaaPlain, metric: 'altitude' });
    for (const path of ['', 'plain', 'plain/a/b', 'x/json', 'JSON']) expect(kaaUplinkOf(path, isRelaxed)).toBeUndefined();
  }
});

test('K34: what only begins with json is JSON where paths are relaxed', () => {
  for (const path of ['json/random_string', 'json/a/b', 'json/-5', 'jsonp']) {
    expect(kaaUplinkOf(path, false)).toBeUndefined();
    expect(kaaUplinkOf(path, true)).toEqual({ kind: UplinkKind.kaaJson, metric: '' });
  }
});

test('answers are told from requests by their last level', () => {
  expect(isKaaAnswer('kp1/a/dcx/T/json/7/status')).toBe(true);
  expect(isKaaAnswer('kp1/a/dcx/T/json/error')).toBe(true);
  expect(isKaaAnswer('kp1/a/dcx/T/json/7')).toBe(false);
});

test('a failure is said in two members', () => {
  expect(kaaErrorPayload(400, 'Not "JSON".')).toBe('{"statusCode":400,"reasonPhrase":"Not \\"JSON\\"."}');
  expect(kaaStatusCode({ kind: 'unauthenticated', code: 'DEVICE_UNKNOWN' })).toBe(401);
  expect(kaaStatusCode({ kind: 'unavailable', code: 'STORAGE_FULL' })).toBe(503);
  expect(kaaStatusCode({ kind: 'unavailable', code: 'DEVICE_ACK_TIMEOUT' })).toBe(504);
});
