// Goal: what is recorded is what was promised, and no tenant has more recorded than its budget. Method: the recorder over
// units of the memory store and a clock that the test moves.
import { epochMs, type Clock } from '@fieldline/kernel';
import { Message, type Event, type TenantId } from '@fieldline/model';
import type { CommitUnit, DebugRecord, TracePart } from '@fieldline/ports';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import {
  DEBUG_CHARACTERS_MAX,
  DEBUG_EVENTS_MAX,
  DEBUG_PERIOD_MS,
  HOUR_MS,
  ORIGINATORS_REMEMBERED_MAX,
  TRACES_BURST,
  TRACES_PER_SECOND,
} from './limits.js';
import { messageRecorder } from './message-recorder.js';

const tenantId = '00000000-0000-7000-8000-0000000000aa' as TenantId;
const otherTenantId = '00000000-0000-7000-8000-0000000000bb' as TenantId;
const startMs = 1_700_000_000_000 - (1_700_000_000_000 % HOUR_MS);

function start(sampleEvery?: number) {
  const time = { nowMs: startMs };
  const clock: Clock = { nowMs: () => epochMs(time.nowMs), monotonicMs: () => time.nowMs, after: () => () => undefined };
  let made = 0;
  const ids = { next: () => `id-${(made += 1)}` };
  const recorder = messageRecorder({ clock, ids, server: 'svc1', sampleEvery });
  const wants = (device: string, tenant = tenantId, type = 'POST_TELEMETRY_REQUEST') =>
    recorder.wants({ tenantId: tenant, originator: { entityType: 'DEVICE', id: device }, type }, time.nowMs);
  return { recorder, time, wants, ids };
}

/** A unit that shows what was added. */
function watchedUnit() {
  const traces: TracePart[] = [];
  const events: Event[] = [];
  const unit: CommitUnit = memoryDataStore().begin();
  unit.trace = (part) => void traces.push(part);
  unit.record = ({ entity }) => void events.push(entity as Event);
  return { unit, traces, events };
}

const part = (more: Partial<TracePart> = {}): Omit<TracePart, 'id'> => ({
  tenantId,
  traceId: 'trace',
  originator: { entityType: 'DEVICE', id: 'a' },
  messageType: 'T',
  ruleChainId: 'root',
  startedAtMs: 0,
  reason: 'sampled',
  hasFailed: false,
  isStart: true,
  isCut: false,
  hops: [],
  messages: [],
  ...more,
});

test('what the platform says of a device is not its first message', () => {
  const { wants } = start(0);
  expect(wants('a', tenantId, 'ENTITY_CREATED')).toBeUndefined();
  expect([wants('a'), wants('a')]).toEqual(['first', undefined]);
});

test('the first message of each originator and hour is wanted, the next are not', () => {
  const { wants, time } = start(0);
  expect(['a', 'a', 'b', 'a', 'b'].map((device) => wants(device))).toEqual(['first', undefined, 'first', undefined, undefined]);
  time.nowMs += HOUR_MS - 1;
  expect(wants('a')).toBeUndefined();
  time.nowMs += 1;
  expect(wants('a')).toBe('first');
});

test('of so many messages one is wanted, of none with 0', () => {
  const count = (every: number): number => {
    const { wants, time } = start(every);
    let wanted = 0;
    for (let n = 0; n < 100_000; n += 1) {
      time.nowMs += n % 20 === 0 ? 1 : 0;
      if (wants('a') === 'sampled') wanted += 1;
    }
    return wanted;
  };
  expect(count(1_000)).toBeGreaterThan(90);
  expect(count(1_000)).toBeLessThan(110);
  expect(count(0)).toBe(0);
});

test('devices that report in turn are all picked sooner or later', () => {
  const { wants, time } = start(100);
  const picked = new Set<number>();
  for (let n = 0; n < 1_000_000; n += 1) {
    time.nowMs += 1;
    if (wants(`device-${n % 100}`) === 'sampled') picked.add(n % 100);
  }
  expect(picked.size).toBe(100);
});

test('samples and firsts have a budget a tenant that fills again; what it refused is counted', () => {
  const { wants, time, recorder } = start(1);
  const wanted = (tenant?: TenantId): number =>
    Array.from({ length: 1_000 }, () => wants('a', tenant)).filter((reason) => reason !== undefined).length;
  expect(wanted()).toBe(TRACES_BURST);
  expect(recorder.leftOut(tenantId)).toEqual({ traces: 1_000 - TRACES_BURST, failures: 0, debugEvents: 0 });
  expect(wanted(otherTenantId)).toBe(TRACES_BURST);
  time.nowMs += 1_000;
  expect(wanted()).toBe(TRACES_PER_SECOND);
});

test('an originator that found the budget spent is still the first when there is room', () => {
  const { wants, time } = start(0);
  for (let n = 0; n < TRACES_BURST; n += 1) wants(`device-${n}`);
  expect(wants('late')).toBeUndefined();
  time.nowMs += 1_000;
  expect(wants('late')).toBe('first');
  expect(wants('late')).toBeUndefined();
});

test('only so many originators are remembered, and no more are taken for new', () => {
  const { wants, time } = start(0);
  for (let n = 0; n < ORIGINATORS_REMEMBERED_MAX; n += 1) {
    if (n % TRACES_BURST === 0) time.nowMs += 1;
    // A tenant each, so that no budget is spent.
    wants(`device-${n}`, `tenant-${n >> 7}` as TenantId);
  }
  expect(wants('one more', otherTenantId)).toBeUndefined();
  time.nowMs += HOUR_MS;
  expect(wants('one more', otherTenantId)).toBe('first');
});

test('failures have a budget of their own', () => {
  const { recorder, wants, time } = start(1);
  for (let n = 0; n < 2 * TRACES_BURST; n += 1) wants('a');
  const wanted = Array.from({ length: 1_000 }, () => recorder.wantsFailure(tenantId, time.nowMs)).filter(Boolean);
  expect(wanted).toHaveLength(TRACES_BURST);
  expect(recorder.leftOut(tenantId)).toMatchObject({ traces: TRACES_BURST, failures: 1_000 - TRACES_BURST });
});

test('a part is kept under an id of its own; parts behind hand-overs only within the budget', () => {
  const { recorder } = start();
  const { unit, traces } = watchedUnit();
  recorder.trace(unit, part());
  recorder.trace(unit, part({ reason: 'failed', isStart: false }));
  for (let n = 0; n < TRACES_BURST + 5; n += 1) recorder.trace(unit, part({ isStart: false }));
  expect(traces).toHaveLength(2 + TRACES_BURST);
  expect(new Set(traces.map(({ id }) => id)).size).toBe(traces.length);
  expect(recorder.leftOut(tenantId).traces).toBe(5);
});

const debugRecord = (more: Partial<DebugRecord> = {}): DebugRecord => {
  const fields = { id: 'm', tenantId, type: 'POST_TELEMETRY_REQUEST', originator: { entityType: 'DEVICE', id: 'd' }, tsMs: 0 } as const;
  const message = new Message({ ...fields, metadata: { ts: '5' }, text: '{"a": 1.0}' }, { next: () => 'x' });
  return { tenantId, ruleChainId: 'chain', ruleNodeId: 'node', direction: 'IN', relationType: 'Success', message, ...more };
};

test('a debug event has the members of the compatible API, and none that is absent', () => {
  const { recorder } = start();
  const { unit, events } = watchedUnit();
  recorder.debug(unit, debugRecord());
  recorder.debug(unit, debugRecord({ direction: 'OUT', relationType: 'Failure', error: 'No.' }));
  const about = { server: 'svc1', entityId: 'd', entityType: 'DEVICE', msgId: 'm', msgType: 'POST_TELEMETRY_REQUEST', dataType: 'JSON' };
  const texts = { data: '{"a": 1.0}', metadata: '{"ts":"5"}' };
  expect(events.map(({ body }) => body)).toStrictEqual([
    { ...about, ...texts, type: 'IN', relationType: 'Success' },
    { ...about, ...texts, type: 'OUT', relationType: 'Failure', error: 'No.' },
  ]);
  expect(events[0]).toMatchObject({ tenantId, createdAtMs: startMs, entityType: 'RULE_NODE', entityId: 'node', type: 'DEBUG_RULE_NODE' });
});

test('long texts are cut', () => {
  const { recorder } = start();
  const { unit, events } = watchedUnit();
  const long = 'x'.repeat(DEBUG_CHARACTERS_MAX + 1);
  const message = debugRecord().message.with({ text: long, metadata: { long } });
  recorder.debug(unit, debugRecord({ message, error: long }));
  const { data, metadata, error } = events[0]?.body ?? {};
  expect([data, metadata, error].map((text) => (text as string).length)).toEqual([DEBUG_CHARACTERS_MAX, DEBUG_CHARACTERS_MAX, DEBUG_CHARACTERS_MAX]);
});

test('beyond the limit one event says so, for the chain, and then nothing until the period is over', () => {
  const { recorder, time } = start();
  const { unit, events } = watchedUnit();
  for (let n = 0; n < DEBUG_EVENTS_MAX + 100; n += 1) recorder.debug(unit, debugRecord());
  expect(events).toHaveLength(DEBUG_EVENTS_MAX + 1);
  expect(events.at(-1)).toMatchObject({ entityType: 'RULE_CHAIN', entityId: 'chain', type: 'DEBUG_RULE_CHAIN' });
  expect(events.at(-1)?.body).toStrictEqual({ server: 'svc1', message: 'Reached debug mode rate limit!' });
  expect(recorder.leftOut(tenantId).debugEvents).toBe(100);
  recorder.debug(unit, debugRecord({ tenantId: otherTenantId }));
  expect(events.at(-1)?.tenantId).toBe(otherTenantId);
  time.nowMs += DEBUG_PERIOD_MS;
  recorder.debug(unit, debugRecord());
  expect(events.at(-1)).toMatchObject({ tenantId, type: 'DEBUG_RULE_NODE' });
});
