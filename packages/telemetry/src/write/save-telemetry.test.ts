import {
  Message,
  type EntityId,
  type JsonValue,
  TELEMETRY_KEY_LENGTH_MAX,
  TELEMETRY_TEXT_LENGTH_MAX,
  type TenantId,
  ValueKind,
} from '@fieldline/model';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { telemetryWriter } from './telemetry-writer.js';

const tenantId = 'tenant' as TenantId;
const entity: EntityId = { entityType: 'DEVICE', id: 'device-a' };
const nowMs = 5_000;

function setUp() {
  const store = memoryDataStore();
  const writer = telemetryWriter({ reading: (unit) => store.reading(unit) });
  const message = (body: { data?: JsonValue; text?: string }, metadata: Record<string, string> = { ts: '1000' }): Message =>
    new Message({ tenantId, type: 'POST_TELEMETRY_REQUEST', originator: entity, tsMs: 2_000, metadata, ...body }, { next: () => 'id' });
  const save = async (given: Message, useServerTime = false) => {
    const unit = store.begin();
    const count = writer.saveMessage(unit, given, { ttlMs: 0, useServerTime, nowMs });
    await store.commit(unit);
    return count;
  };
  return { store, writer, message, save };
}

test('a flat object is saved at the time its metadata names', async () => {
  const { store, message, save } = setUp();
  expect(await save(message({ data: { temperature: 21.5, door: true, label: 'north', map: { a: 1 } } }))).toBe(4);
  expect(await store.latest(tenantId, entity)).toEqual([
    { key: 'door', tsMs: 1_000, kind: ValueKind.boolean, value: true },
    { key: 'label', tsMs: 1_000, kind: ValueKind.string, value: 'north' },
    { key: 'map', tsMs: 1_000, kind: ValueKind.json, value: '{"a":1}' },
    { key: 'temperature', tsMs: 1_000, kind: ValueKind.double, value: 21.5 },
  ]);
});

test.each([
  { metadata: {}, useServerTime: false, tsMs: 2_000, why: 'without metadata ts the time of the message counts' },
  { metadata: { ts: 'soon' }, useServerTime: false, tsMs: 2_000, why: 'a metadata ts that is no number is passed over' },
  { metadata: { ts: '1000' }, useServerTime: true, tsMs: nowMs, why: 'the server time wins where the node says so' },
])('$why', async ({ metadata, useServerTime, tsMs }) => {
  const { store, message, save } = setUp();
  await save(message({ data: { a: 1 } }, metadata), useServerTime);
  expect(await store.latest(tenantId, entity)).toEqual([{ key: 'a', tsMs, kind: ValueKind.long, value: 1 }]);
});

test('numbers keep the kind the device wrote them with', async () => {
  const { store, message, save } = setUp();
  await save(message({ text: '{"double":42.0,"long":42,"big":9007199254740993}' }));
  expect(await store.latest(tenantId, entity)).toEqual([
    { key: 'big', tsMs: 1_000, kind: ValueKind.long, value: 9_007_199_254_740_993n },
    { key: 'double', tsMs: 1_000, kind: ValueKind.double, value: 42 },
    { key: 'long', tsMs: 1_000, kind: ValueKind.long, value: 42 },
  ]);
});

test('timed objects and arrays keep their own times, and their numbers', async () => {
  const { store, message, save } = setUp();
  const text = '[{"ts":10,"values":{"a":1.0}},{"ts":"20","values":{"a":2}},{"a":3}]';
  expect(await save(message({ text }))).toBe(3);
  const points = await store.range(tenantId, entity, { key: 'a', startMs: 0, endMs: 9_999, limit: 10, order: 'ASC' });
  expect(points.map(({ tsMs, kind, value }) => [tsMs, kind, value])).toEqual([
    [10, ValueKind.double, 1],
    [20, ValueKind.long, 2],
    [1_000, ValueKind.long, 3],
  ]);
});

test('an object with only one of ts and values is an ordinary one', async () => {
  const { store, message, save } = setUp();
  await save(message({ data: { ts: 5, a: 1 } }));
  expect((await store.latest(tenantId, entity)).map(({ key, tsMs }) => [key, tsMs])).toEqual([
    ['a', 1_000],
    ['ts', 1_000],
  ]);
});

test.each<{ body: { data?: JsonValue; text?: string }; code: string }>([
  { body: { data: { a: 1, b: null } }, code: 'TELEMETRY_VALUE_NULL' },
  { body: { data: { a: 1, ' ': 2 } }, code: 'TELEMETRY_KEY_INVALID' },
  { body: { data: { a: 1, '<b>': 2 } }, code: 'TELEMETRY_KEY_INVALID' },
  { body: { data: { a: 1, ['k'.repeat(TELEMETRY_KEY_LENGTH_MAX + 1)]: 2 } }, code: 'TELEMETRY_KEY_INVALID' },
  { body: { data: { a: 1, long: 'x'.repeat(TELEMETRY_TEXT_LENGTH_MAX + 1) } }, code: 'TELEMETRY_VALUE_TOO_LARGE' },
  { body: { data: 'text' }, code: 'TELEMETRY_BODY_INVALID' },
  { body: { data: [{ a: 1 }, 2] }, code: 'TELEMETRY_BODY_INVALID' },
  { body: { data: { ts: 'soon', values: { a: 1 } } }, code: 'TELEMETRY_BODY_INVALID' },
  { body: { data: { ts: 8.64e15 + 1, values: { a: 1 } } }, code: 'TELEMETRY_BODY_INVALID' },
  { body: { data: { ts: '-8640000000000001', values: { a: 1 } } }, code: 'TELEMETRY_BODY_INVALID' },
  { body: { data: { ts: 1, values: 2 } }, code: 'TELEMETRY_BODY_INVALID' },
  { body: { text: '{"a":' }, code: 'TELEMETRY_BODY_INVALID' },
])('a body with a fault adds nothing at all: $code', ({ body, code }) => {
  const { store, writer, message } = setUp();
  const unit = store.begin();
  const save = (): unknown => writer.saveMessage(unit, message(body), { ttlMs: 0, useServerTime: false, nowMs });
  expect(save).toThrow(expect.objectContaining({ code }));
  expect(unit.isEmpty).toBe(true);
});

test('an attribute is written on change only where the node asks for it, and kind counts as a change', async () => {
  const { store, writer, message } = setUp();
  const write = async (text: string, onlyOnChange: boolean) => {
    const unit = store.begin();
    const values = writer.attributeValues(message({ text }));
    const keys = await writer.saveAttributes(unit, { tenantId, entity, scope: 'CLIENT_SCOPE', values, onlyOnChange, nowMs });
    await store.commit(unit);
    return keys;
  };
  expect(await write('{"a":42,"b":"x"}', true)).toEqual(['a', 'b']);
  expect(await write('{"a":42,"b":"y"}', true)).toEqual(['b']);
  expect(await write('{"a":42.0}', true)).toEqual(['a']);
  expect(await write('{"a":42.0}', false)).toEqual(['a']);
});
