// Goal: what devices of a profile send is told with kinds, ranges, shares and examples, stays within its bounds, and is there
// again after a restart. Method: messages given to the learner over a memory store and a clock that tests move.
import { epochMs, fnv1aOfText, silentLog, type Clock } from '@fieldline/kernel';
import { learnedTypesAttribute, ValueKind, type DeviceId, type JsonObject, type TenantId } from '@fieldline/model';
import { memoryDataStore } from '@fieldline/storage-memory';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KnownSession } from '../ingest/session-table.js';
import {
  EXAMPLE_CHARACTERS_MAX,
  LEARNED_DEVICE_SILENT_MS,
  LEARNED_KEYS_MAX,
  LEARNED_MESSAGES_FADE,
  LEARNED_PROFILES_MAX,
  LEARNED_SAVE_MS,
  LEARNED_SAVED_AT_ONCE,
  STORED_KEYS_TOLD_MAX,
} from '../limits.js';
import { LearnedTypes } from './learned-types.js';
import { profileKeys } from './profile-keys.js';

const tenantId = 'tenant' as TenantId;
let store: ReturnType<typeof memoryDataStore>;
let timers: (() => void)[];
let nowMs: number;
const clock: Clock = {
  nowMs: () => epochMs(nowMs),
  monotonicMs: () => nowMs,
  after(_name, delayMs, fn) {
    expect(delayMs).toBe(LEARNED_SAVE_MS);
    timers.push(fn);
    return () => void timers.splice(timers.indexOf(fn), 1);
  },
};
beforeEach(() => {
  store = memoryDataStore();
  timers = [];
  nowMs = 1_700_000_000_000;
});

const newLearner = async (): Promise<LearnedTypes> => {
  const learner = new LearnedTypes({ store, clock, log: silentLog });
  await learner.start();
  return learner;
};
const session = (device: number, deviceProfileId = 'profile') =>
  ({ tenantId, deviceId: `device ${device}` as DeviceId, deviceProfileId }) as KnownSession;
/** Seldom enough that each is looked at. */
const see = (learner: LearnedTypes, from: KnownSession, data: JsonObject): void => learner.see(from, data, (nowMs += 1_000));
const told = async (learner: LearnedTypes, profile = 'profile') => (await learner.learned(tenantId, profile))?.keys;

describe('of each key it is told', () => {
  test('which kinds it has had, in which range, when, and what the last values were', async () => {
    const learner = await newLearner();
    for (const data of [{ t: 21 }, { t: 23.5 }, { t: -4.25 }, { t: 'off' }, { on: true }, { at: { lat: 1, lon: 2 } }]) see(learner, session(1), data);
    expect(await told(learner)).toMatchObject([
      {
        key: 't',
        kinds: [
          { kind: ValueKind.double, count: 2 },
          { kind: ValueKind.long, count: 1 },
          { kind: ValueKind.string, count: 1 },
        ],
        range: { min: -4.25, max: 23.5 },
        lastSeenMs: nowMs - 2_000,
        messages: 4,
        examples: ['off', -4.25],
      },
      { key: 'on', kinds: [{ kind: ValueKind.boolean }], examples: [true] },
      { key: 'at', kinds: [{ kind: ValueKind.json }], examples: ['{lat, lon}'] },
    ]);
    expect((await told(learner))?.[1]?.range).toBeUndefined();
  });

  test('which texts it has, the newest first and none of them long', async () => {
    const learner = await newLearner();
    for (const mode of ['eco', 'boost', 'eco', 'off', 'x'.repeat(1_000), 'boost']) see(learner, session(1), { mode });
    expect((await told(learner))?.[0]?.examples).toEqual(['boost', `${'x'.repeat(EXAMPLE_CHARACTERS_MAX)}…`, 'off']);
  });

  test('how many messages and devices have it', async () => {
    const learner = await newLearner();
    for (let device = 0; device < 400; device += 1) see(learner, session(device), device % 4 === 0 ? { t: 1, rare: 1 } : { t: 1 });
    const { messages, devices, keys } = (await learner.learned(tenantId, 'profile'))!;
    const [t, rare] = keys;
    expect([messages, t?.messages, rare?.messages]).toEqual([400, 400, 100]);
    expect([devices, t?.devices]).toEqual([64, 64]);
    // A quarter of 64 that were chosen by chance.
    expect(rare?.devices).toBeGreaterThan(6);
    expect(rare?.devices).toBeLessThan(28);
  });

  test('what came of late more than what was long ago', async () => {
    const learner = await newLearner();
    for (let n = 0; n < LEARNED_MESSAGES_FADE; n += 1) see(learner, session(1), { old: 1 });
    for (let n = 0; n < 3 * LEARNED_MESSAGES_FADE; n += 1) see(learner, session(1), { new: 1 });
    const keys = (await told(learner))!;
    expect(keys.map(({ key }) => key)).toEqual(['new', 'old']);
    expect(keys[1]?.messages).toBeLessThan((keys[0]?.messages ?? 0) / 5);
  });
});

test('a kind that a key no longer has is forgotten, with its texts', async () => {
  const learner = await newLearner();
  see(learner, session(1), { t: 'off', mode: 'eco' });
  for (let n = 0; n < 2 * LEARNED_MESSAGES_FADE; n += 1) see(learner, session(1), { t: n / 2 + 0.25 });
  const [t, mode] = (await told(learner))!;
  expect([t?.kinds.map(({ kind }) => kind), t?.examples]).toEqual([[ValueKind.double], [LEARNED_MESSAGES_FADE - 0.25]]);
  expect(mode).toMatchObject({ key: 'mode', kinds: [{ kind: ValueKind.string }], examples: ['eco'] });
});

describe('devices that are gone do not count', () => {
  const devices = async (learner: LearnedTypes) => {
    const { devices: all, keys } = (await learner.learned(tenantId, 'profile'))!;
    return [all, Object.fromEntries(keys.map((key) => [key.key, key.devices]))];
  };

  test('once they are deleted', async () => {
    const learner = await newLearner();
    for (let n = 0; n < 100; n += 1) see(learner, session(n), { old: 1 });
    expect(await devices(learner)).toEqual([64, { old: 64 }]);
    for (let n = 0; n < 100; n += 1) learner.controlChanged({ kind: 'device', tenantId, id: `device ${n}` });
    expect(await devices(learner)).toEqual([0, { old: 0 }]);
    for (let n = 100; n < 110; n += 1) see(learner, session(n), { new: 1 });
    expect(await devices(learner)).toEqual([10, { old: 0, new: 10 }]);
  });

  test('once they were silent for a month, also over a restart', async () => {
    let learner = await newLearner();
    for (let n = 0; n < 100; n += 1) see(learner, session(n), { old: 1 });
    await learner.stop();
    learner = await newLearner();
    nowMs += LEARNED_DEVICE_SILENT_MS - 1_000_000;
    see(learner, session(200), { new: 1 });
    // Silence is looked for once a day.
    nowMs += 86_400_000;
    for (let n = 200; n < 210; n += 1) see(learner, session(n), { new: 1 });
    expect(await devices(learner)).toEqual([10, { old: 0, new: 10 }]);
  });
});

test('of many messages at once a few are looked at, with the same shares', async () => {
  const learner = await newLearner();
  const sessions = [session(1), session(2), session(3)];
  for (let n = 0; n < 300_000; n += 1) learner.see(sessions[n % 3] as KnownSession, n % 3 === 0 ? { t: 1, third: 1 } : { t: 1 }, nowMs + n / 100);
  const { messages, devices, keys } = (await learner.learned(tenantId, 'profile'))!;
  expect(messages).toBeLessThan(1_500);
  expect(messages).toBeGreaterThan(100);
  expect(devices).toBe(3);
  const third = (keys[1]?.messages ?? 0) / messages;
  expect([keys[1]?.key, third > 0.2 && third < 0.47]).toEqual(['third', true]);
});

test('after a burst, messages that come slowly are looked at again', async () => {
  const learner = await newLearner();
  for (let n = 0; n < 100_000; n += 1) learner.see(session(1), { t: 1 }, nowMs + n / 100);
  nowMs += 60_000;
  for (let n = 0; n < 3; n += 1) see(learner, session(1), { after: n });
  expect((await told(learner))?.[1]).toMatchObject({ key: 'after', messages: 3, lastSeenMs: nowMs });
});

test('the first messages are all looked at, however fast they come', async () => {
  const learner = await newLearner();
  for (const t of [1.5, 2.5, 4]) learner.see(session(1), { t }, nowMs);
  expect(await told(learner)).toMatchObject([{ key: 't', messages: 3 }]);
});

describe('its memory is bounded', () => {
  test('in keys: those not seen for longest go', async () => {
    const learner = await newLearner();
    see(learner, session(1), { first: 1 });
    for (let n = 0; n < LEARNED_KEYS_MAX; n += 1) see(learner, session(1), { [`key${n}`]: n, kept: 1 });
    const keys = (await told(learner))!.map(({ key }) => key);
    expect(keys).toHaveLength(LEARNED_KEYS_MAX);
    expect(keys).toContain('kept');
    expect(keys).not.toContain('first');
  });

  test('in profiles: a session goes on with what stands for its profile then', async () => {
    const learner = await newLearner();
    const early = session(0, 'early');
    see(learner, early, { t: 1 });
    for (let n = 0; n < LEARNED_PROFILES_MAX; n += 1) see(learner, session(n, `profile ${n}`), { t: 1 });
    expect(await learner.learned(tenantId, 'early')).toBeUndefined();
    see(learner, early, { u: 1 });
    expect((await told(learner, 'early'))?.map(({ key }) => key)).toEqual(['u']);
  });

  test('in profiles: that which was not looked at for longest goes', async () => {
    const learner = await newLearner();
    const early = session(0, 'early');
    for (let n = 0; n < LEARNED_PROFILES_MAX; n += 1) see(learner, n === 0 ? early : session(n, `profile ${n}`), { t: 1 });
    see(learner, early, { u: 1 });
    see(learner, session(0, 'late'), { t: 1 });
    expect((await told(learner, 'early'))?.map(({ key }) => key)).toEqual(['t', 'u']);
    expect(await told(learner, 'profile 1')).toBeUndefined();
  });

  test('in texts: what is kept of a long one keeps the rest of its message out of memory', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const learner = await newLearner();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 100; n += 1) see(learner, session(1), JSON.parse(`{"key${n}":"${'y'.repeat(500_000)}"}`) as JsonObject);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
    expect(await told(learner)).toHaveLength(100);
  });

  test('in members of a message', async () => {
    const learner = await newLearner();
    see(learner, session(1), Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`key${n}`, n])));
    expect(await told(learner)).toHaveLength(100);
  });
});

describe('what was learned', () => {
  test('is there after a restart, and goes on', async () => {
    const learner = await newLearner();
    for (let n = 0; n < 5; n += 1) see(learner, session(n), { t: n, mode: `m${n}` });
    const before = await learner.learned(tenantId, 'profile');
    await learner.stop();
    const next = await newLearner();
    expect(await next.learned(tenantId, 'profile')).toEqual(before);
    see(next, session(9), { t: 9 });
    expect(await told(next)).toMatchObject([{ key: 't', range: { min: 0, max: 9 }, messages: 6, devices: 6 }, { key: 'mode' }]);
  });

  test('is written every few minutes, of profiles of which something was learned', async () => {
    const learner = await newLearner();
    const written = async () => (await store.everyAttribute('SERVER_SCOPE', learnedTypesAttribute)).map(({ entity }) => entity.id);
    see(learner, session(1), { t: 1 });
    expect(await written()).toEqual([]);
    timers.splice(0).forEach((fire) => fire());
    await learner.stop();
    expect(await written()).toEqual(['profile']);
  });

  test.each([
    ...['', '5', 'null', '{}', '{"messages":1,"devices":[],"keys":[["a",{}]]}', '{"messages":1,"devices":[],"keys":[5]}'],
    '{"messages":1,"devices":[5],"keys":[["a",{"counts":[0,1,0,0,0],"messages":1,"lastSeenMs":1,"min":"x","max":1,"examples":[1],"devices":[1,0]}]]}',
    '{"messages":1,"devices":[5],"keys":[["a",{"counts":[0,-1,0,0,0],"messages":1,"lastSeenMs":1,"min":1,"max":1,"examples":[1],"devices":[1,0]}]]}',
    '{"messages":1,"devices":[5],"keys":[["a",{"counts":[0,1,0,0,0],"messages":1,"lastSeenMs":1,"min":1,"max":1,"examples":[1,2,3,4],"devices":[1,0]}]]}',
    '{"messages":1,"devices":[5],"keys":[["a",{"counts":[0,1,0,0,0],"messages":1,"lastSeenMs":1,"min":1,"max":1,"examples":[{"a":1}],"devices":[1,0]}]]}',
    '{"messages":-1,"devices":[5],"keys":[["a",{"counts":[0,1,0,0,0],"messages":1,"lastSeenMs":1,"min":1,"max":1,"examples":[1],"devices":[1,0]}]]}',
    '{"messages":1e999,"devices":[5],"keys":[["a",{"counts":[0,1,0,0,0],"messages":1,"lastSeenMs":1,"min":1,"max":1,"examples":[1],"devices":[1,0]}]]}',
    JSON.stringify({
      messages: 1,
      devices: [5],
      keys: Array.from({ length: LEARNED_KEYS_MAX + 1 }, (_, n) => [
        `k${n}`,
        JSON.parse('{"counts":[0,1,0,0,0],"messages":1,"lastSeenMs":1,"min":1,"max":1,"examples":[1],"devices":[1,0]}'),
      ]),
    }),
  ])('is learned anew where somebody wrote something else over it: %#', async (value) => {
    const unit = store.begin();
    const at = { tenantId, entity: { entityType: 'DEVICE_PROFILE', id: 'profile' }, scope: 'SERVER_SCOPE', key: learnedTypesAttribute } as const;
    unit.attribute({ ...at, kind: ValueKind.string, value, lastUpdateMs: nowMs });
    await store.commit(unit);
    const learner = await newLearner();
    expect(await learner.learned(tenantId, 'profile')).toBeUndefined();
    see(learner, session(1), { t: 1 });
    expect(await told(learner)).toHaveLength(1);
  });

  test('outlives restarts where nobody noted when its devices were seen', async () => {
    const unit = store.begin();
    const at = { tenantId, entity: { entityType: 'DEVICE_PROFILE', id: 'profile' }, scope: 'SERVER_SCOPE', key: learnedTypesAttribute } as const;
    const value = JSON.stringify({ messages: 7, devices: [1, 2].map((n) => fnv1aOfText(`device ${n}`)), keys: [] });
    unit.attribute({ ...at, kind: ValueKind.json, value, lastUpdateMs: nowMs });
    await store.commit(unit);
    const learner = await newLearner();
    learner.controlChanged({ kind: 'device', tenantId, id: 'device 1' });
    await learner.stop();
    expect(await (await newLearner()).learned(tenantId, 'profile')).toMatchObject({ messages: 7, devices: 1 });
  });

  test('is written the next time where it could not be written', async () => {
    const commit: typeof store.commit = () => Promise.reject(new Error('disk'));
    const parts = { begin: () => store.begin(), everyAttribute: store.everyAttribute.bind(store), commit };
    const learner = new LearnedTypes({ store: parts, clock, log: silentLog });
    await learner.start();
    see(learner, session(1), { t: 1 });
    await learner.stop();
    parts.commit = store.commit.bind(store);
    await learner.stop();
    expect(await (await newLearner()).learned(tenantId, 'profile')).toMatchObject({ messages: 1 });
  });

  test('is not written for a profile that was deleted meanwhile', async () => {
    const parts = { begin: () => store.begin(), everyAttribute: store.everyAttribute.bind(store), commit: store.commit.bind(store) };
    const learner = new LearnedTypes({ store: parts, clock, log: silentLog });
    await learner.start();
    for (let n = 0; n <= LEARNED_SAVED_AT_ONCE; n += 1) see(learner, session(1, `profile ${n}`), { t: 1 });
    parts.commit = (unit) => {
      learner.controlChanged({ kind: 'deviceProfile', tenantId, id: `profile ${LEARNED_SAVED_AT_ONCE}` });
      return store.commit(unit);
    };
    await learner.stop();
    expect(await store.everyAttribute('SERVER_SCOPE', learnedTypesAttribute)).toHaveLength(LEARNED_SAVED_AT_ONCE);
  });

  test('is told to its own tenant, and forgotten with the profile or the tenant', async () => {
    const learner = await newLearner();
    for (const profile of ['a', 'b']) see(learner, session(1, profile), { t: 1 });
    expect(await learner.learned('other' as TenantId, 'a')).toBeUndefined();
    learner.controlChanged({ kind: 'deviceProfile', tenantId, id: 'a' });
    expect([await told(learner, 'a'), (await told(learner, 'b'))?.length]).toEqual([undefined, 1]);
    learner.controlChanged({ kind: 'tenant', tenantId, id: tenantId });
    expect(await told(learner, 'b')).toBeUndefined();
  });
});

test('keys of a profile are those of messages, and those of stored values besides, attributes by scope', async () => {
  const learner = await newLearner();
  see(learner, session(1), { t: 1, u: 2 });
  see(learner, session(1), { t: 3 });
  const unit = store.begin();
  const entity = { entityType: 'DEVICE', id: 'device 1' } as const;
  unit.point(tenantId, entity, 't', nowMs, ValueKind.string, 'not looked at', 0);
  unit.point(tenantId, entity, 'average', nowMs, ValueKind.double, 2.5, 0);
  const at = { tenantId, entity, lastUpdateMs: 7 };
  unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'limit', kind: ValueKind.long, value: 5 });
  unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'claimingData', kind: ValueKind.json, value: '{"secretKey":"s"}' });
  unit.attribute({ ...at, scope: 'CLIENT_SCOPE', key: 'serial', kind: ValueKind.string, value: 'S1' });
  await store.commit(unit);
  const devices = [{ id: 'device 1' }, { id: 'device 2' }];
  const entities = { findAllInfos: () => Promise.resolve(devices as never) };
  const keys = await profileKeys({ entities, many: store, attributes: store, learned: learner }, tenantId, 'profile');
  expect(keys.telemetry).toMatchObject([
    { key: 't', messageShare: 1, deviceShare: 1, range: { min: 1, max: 3 }, examples: [3] },
    { key: 'u', messageShare: 0.5 },
    { key: 'average', deviceShare: 0.5, kinds: [{ kind: ValueKind.double }], lastSeenMs: nowMs, examples: [2.5] },
  ]);
  expect(keys.telemetry[2]?.messageShare).toBeUndefined();
  expect(keys.attributes.SERVER_SCOPE).toMatchObject([{ key: 'limit', lastSeenMs: 7, deviceShare: 0.5, range: { min: 5, max: 5 } }]);
  expect([keys.attributes.CLIENT_SCOPE.map(({ key }) => key), keys.attributes.SHARED_SCOPE]).toEqual([['serial'], []]);
});

test('of keys that are stored so many are told, however many there are', async () => {
  const unit = store.begin();
  const entity = { entityType: 'DEVICE', id: 'device 1' } as const;
  for (let n = 0; n < STORED_KEYS_TOLD_MAX + 50; n += 1) {
    unit.point(tenantId, entity, `key${n}`, nowMs, ValueKind.long, n, 0);
    unit.attribute({ tenantId, entity, scope: 'CLIENT_SCOPE', key: `key${n}`, kind: ValueKind.long, value: n, lastUpdateMs: 7 });
  }
  await store.commit(unit);
  const entities = { findAllInfos: () => Promise.resolve([{ id: 'device 1' }] as never) };
  const keys = await profileKeys({ entities, many: store, attributes: store, learned: await newLearner() }, tenantId, 'profile');
  expect([keys.telemetry.length, keys.attributes.CLIENT_SCOPE.length]).toEqual([STORED_KEYS_TOLD_MAX, STORED_KEYS_TOLD_MAX]);
});
