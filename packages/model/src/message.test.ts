import type { IdSource } from '@fieldline/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageFields } from './message.js';
import { Message, readingTsMs } from './message.js';
import { systemTenantId } from './entity-id.js';
import type { JsonValue } from './value.js';

function countingIds(): IdSource & { made: number } {
  const ids = {
    made: 0,
    next: () => {
      ids.made += 1;
      return `id-${ids.made}`;
    },
  };
  return ids;
}

const originator = { entityType: 'DEVICE', id: 'device-a' } as const;
const message = (fields: Partial<MessageFields> = {}, ids: IdSource = countingIds()): Message =>
  new Message({ tenantId: systemTenantId, type: 'POST_TELEMETRY_REQUEST', originator, tsMs: 1_000, metadata: {}, ...fields }, ids);

test('an id is made once, when it is first asked for', () => {
  const ids = countingIds();
  const made = message({}, ids);
  expect(ids.made).toBe(0);
  expect([made.id, made.id]).toEqual(['id-1', 'id-1']);
  expect(ids.made).toBe(1);
});

test('an id that was given is kept and none is made', () => {
  const ids = countingIds();
  expect(message({ id: 'kept' }, ids).with({ type: 'ALARM' }).id).toBe('kept');
  expect(ids.made).toBe(0);
});

test('every version of a message has the same id, whichever is asked first', () => {
  const first = message();
  const second = first.with({ data: 1 });
  const third = second.with({ type: 'ALARM' });
  expect(new Set([third.id, first.id, second.id]).size).toBe(1);
});

test('the text a device sent is kept to the letter while nobody rewrites the body', () => {
  const text = '{"big":12345678901234567890, "exact":42.0}';
  const made = message({ text });
  expect(made.data).toEqual({ big: Number('12345678901234567890'), exact: 42 });
  expect(made.with({ type: 'ALARM', metadata: { a: 'b' } }).text).toBe(text);
  expect(made.originalText).toBe(text);
});

test('new data drops the old text, and new text the old data', () => {
  const made = message({ data: { a: 1 }, text: '{"a":1.0}' });
  expect(made.with({ data: { a: 2 } }).text).toBe('{"a":2}');
  expect(made.with({ data: { a: 2 } }).originalText).toBeUndefined();
  expect(made.with({ text: '{"a":3}' }).data).toEqual({ a: 3 });
});

test.each([null, false, 0, ''])('new data %j is data, not the absence of a change', (data) => {
  const made = message({ data: { a: 1 } }).with({ data });
  expect(made.data).toBe(data);
  expect(made.text).toBe(JSON.stringify(data));
});

test('a message is not changed by making its next version', () => {
  const made = Object.freeze(message({ id: 'id', data: Object.freeze({ a: 1 }), text: '{"a":1}', metadata: Object.freeze({ k: 'v' }) }));
  const next = made.with({ type: 'ALARM', originator: { entityType: 'ASSET', id: 'b' }, metadata: { k: 'w' }, data: { a: 2 } });
  expect([made.type, made.originator, made.metadata, made.data]).toEqual(['POST_TELEMETRY_REQUEST', originator, { k: 'v' }, { a: 1 }]);
  expect([next.type, next.originator.id, next.metadata, next.data]).toEqual(['ALARM', 'b', { k: 'w' }, { a: 2 }]);
  expect([next.tenantId, next.tsMs]).toEqual([made.tenantId, made.tsMs]);
});

test('a message without body reads as null in both forms', () => {
  expect([message().data, message().text]).toEqual([null, 'null']);
});

test('a body that is no JSON fails for whoever asks for the data, and for nobody else', () => {
  const made = message({ text: '{"a":' });
  expect(made.text).toBe('{"a":');
  expect(() => made.data).toThrow(SyntaxError);
});

test('data and text say the same, from whichever a message was made', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const data = JSON.parse(JSON.stringify(value)) as JsonValue;
      expect(JSON.parse(message({ data }).text)).toEqual(data);
      expect(message({ text: JSON.stringify(data) }).data).toEqual(data);
    }),
  );
});

test.each([
  { ts: '1767225600123', expected: 1_767_225_600_123, why: 'the metadata wins' },
  { ts: '-5', expected: -5, why: 'before 1970 is a time too' },
  { ts: '0', expected: 0, why: 'zero is a time, not its absence' },
  { ts: undefined, expected: 1_000, why: 'without it the message tells' },
  { ts: '', expected: 1_000, why: 'empty is no time' },
  { ts: '12.5', expected: 1_000, why: 'a fraction is no time' },
  { ts: '1e3', expected: 1_000, why: 'nor is an exponent' },
  { ts: ' 5', expected: 1_000, why: 'nor is a space' },
  { ts: '8640000000000000', expected: 8.64e15, why: 'the last date is a time' },
  { ts: '8640000000000001', expected: 1_000, why: 'there is no date behind it' },
  { ts: '-8640000000000001', expected: 1_000, why: 'nor before the first one' },
  { ts: '12345678901234567', expected: 1_000, why: '17 digits are beyond every date' },
])('the time of a reading with metadata ts $ts: $why', ({ ts, expected }) => {
  expect(readingTsMs(message({ metadata: ts === undefined ? {} : { ts } }))).toBe(expected);
});
