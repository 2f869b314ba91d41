import { topicMappingSchema } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapMessage } from './mapped-message.js';
import { UplinkKind } from './uplink-batch.js';

const mappingOf = (changes: object) => topicMappingSchema.parse({ topicFilter: '#', device: { from: 'level', level: 2 }, ...changes });
const map = (changes: object, topic: string, payload: string) => {
  const mapped = mapMessage(mappingOf(changes), topic, new TextEncoder().encode(payload));
  return 'fault' in mapped ? mapped.fault : { ...mapped, payload: new TextDecoder().decode(mapped.payload) };
};

test('an object payload is what a device would have sent itself: all its forms, and numbers as they were written', () => {
  const telemetry = { deviceName: 'pump', kind: UplinkKind.telemetry };
  expect(map({}, 'plant/pump/data', '{"t":42.0}')).toEqual({ ...telemetry, payload: '{"t":42.0}' });
  expect(map({}, 'plant/pump', '[{"ts":1,"values":{"t":1}}]')).toEqual({ ...telemetry, payload: '[{"ts":1,"values":{"t":1}}]' });
  expect(map({ target: 'attributes' }, 'plant/pump', '{"v":"1"}')).toEqual({ deviceName: 'pump', kind: UplinkKind.attributes, payload: '{"v":"1"}' });
});

test('the device may be named in the payload or always be the same, and values and time may lie deeper', () => {
  const changes = { device: { from: 'payload', path: 'meta.id' }, value: { form: 'object', path: 'data' }, timestampPath: 'meta.at' };
  const payload = ' { "meta": {"id":"d 1", "at": 1700000000000}, "data": {"t": 1.50, "u": {}} } ';
  expect(map(changes, 'x', payload)).toMatchObject({ deviceName: 'd 1', payload: '{"ts":1700000000000,"values":{"t": 1.50, "u": {}}}' });
  const iso = '{"meta":{"id":7,"at":"2024-01-01T00:00:00Z"},"data":{}}';
  expect(map(changes, 'x', iso)).toMatchObject({ deviceName: '7', payload: '{"ts":1704067200000,"values":{}}' });
  expect(map({ device: { from: 'fixed', name: 'one' } }, 'x', '{}')).toMatchObject({ deviceName: 'one' });
});

test.each([
  ['21.50', '{"t":21.50}'],
  ['true', '{"t":true}'],
  ['"on"', '{"t":"on"}'],
  ['on', '{"t":"on"}'],
  ['', '{"t":""}'],
  ['null', '{"t":"null"}'],
  [' 7 ', '{"t":7}'],
  ['{"a":1}', '{"t":{"a":1}}'],
])('the raw payload %j is the value of one key', (payload, expected) => {
  expect(map({ value: { form: 'raw', key: { from: 'level', level: 3 } } }, 'plant/pump/t', payload)).toMatchObject({ payload: expected });
});

test.each([
  ['no level of that number', {}, 'x', '{}', 'it names no device'],
  ['an empty level', {}, 'x//y', '{}', 'it names no device'],
  ['no such member', { device: { from: 'payload', path: 'id' } }, 'x', '{"i":1}', 'it names no device'],
  ['a name that is an object', { device: { from: 'payload', path: 'id' } }, 'x', '{"id":{}}', 'it names no device'],
  ['no time', { timestampPath: 'at' }, 'x/d', '{"at":true}', 'there is no time at at'],
  ['no object there', { value: { form: 'object', path: 'a.b' } }, 'x/d', '{"a":{"b":1}}', 'there is no object at a.b'],
  ['no key', { value: { form: 'raw', key: { from: 'level', level: 5 } } }, 'x/d', '1', 'it has no key, or is no text'],
])('%s: why there is no reading is said', (_name, changes, topic, payload, fault) => {
  expect(map(changes, topic, payload)).toBe(fault);
});

test('any bytes give an uplink or a fault', () => {
  const paths = { device: { from: 'payload', path: 'a.b' }, timestampPath: 'a.c' };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      fc.constantFrom({}, paths),
      (payload, changes) => {
        const mapped = mapMessage(mappingOf(changes), 'a/b', payload);
        expect('fault' in mapped || mapped.deviceName !== '').toBe(true);
      },
    ),
  );
});
