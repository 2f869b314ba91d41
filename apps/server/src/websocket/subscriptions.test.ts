// Goal: subscriptions answer exactly as websocket-api.md §4, §10, §11 and §14 say. Method: a real server on a real
// port over memory stores, and the ws client.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Frame, LiveClient, type RunningLive, startLive } from './live.fixture.js';
import { INTERVALS_MAX, POINTS_PER_FRAME_MAX, POINTS_PER_KEY_MAX, SUBSCRIPTIONS_PER_SOCKET_MAX } from './limits.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const command = (type: string, more: Record<string, unknown>) => ({
  cmds: [{ type, cmdId: 1, entityType: 'DEVICE', entityId: running.device.id, ...more }],
});
const frame = (data: NonNullable<Frame['data']>, subscriptionId = 1): Frame => ({
  subscriptionId,
  errorCode: 0,
  errorMsg: null,
  data,
  latestValues: Object.fromEntries(Object.entries(data).map(([key, pairs]) => [key, pairs.at(-1)?.[0] ?? 0])),
});
const error = (subscriptionId: number, errorCode: number, errorMsg: string): Frame => ({
  subscriptionId,
  errorCode,
  errorMsg,
  data: null,
  latestValues: {},
});
const ask = async (type: string, more: Record<string, unknown>): Promise<Frame> => {
  client.send(command(type, more));
  return client.take();
};

describe('TIMESERIES', () => {
  test('without keys: latest values of all keys, then every key of each batch in one frame', async () => {
    await running.save(running.device, ['temperature', t, 22.5], ['temperature', t - 1, 1]);
    expect(await ask('TIMESERIES', {})).toEqual(frame({ temperature: [[t, '22.5']] }));
    await running.save(running.device, ['temperature', t + 60_000, 23], ['humidity', t + 60_000, 40], ['temperature', t + 60_001, 23.25]);
    await running.save(running.device, ['humidity', t, 41]);
    expect(await client.takeAll()).toEqual([
      frame({
        humidity: [[t + 60_000, '40']],
        temperature: [
          [t + 60_000, '23'],
          [t + 60_001, '23.25'],
        ],
      }),
      frame({ humidity: [[t, '41']] }),
    ]);
  });

  test('with keys: latest value of each, the current time and null where there is none, then only those keys', async () => {
    await running.save(running.device, ['a', t, 1], ['b', t, 2]);
    expect(await ask('TIMESERIES', { keys: 'a,missing' })).toEqual(frame({ a: [[t, '1']], missing: [[running.clock.nowMs(), null]] }));
    await running.save(running.device, ['a', t + 1, 3], ['b', t + 1, 4]);
    await running.save(running.device, ['b', t + 2, 5]);
    expect(await client.takeAll()).toEqual([frame({ a: [[t + 1, '3']] })]);
  });

  test('keys of every shape come back under their own names', async () => {
    await running.save(running.device, ['__proto__', t, 1], ['constructor', t, 2]);
    client.send(command('TIMESERIES', { keys: '__proto__,constructor,toString' }));
    await client.until(() => client.frames.length === 1);
    const entries = Object.entries(client.frames.shift()?.data ?? {});
    expect(entries).toEqual([
      ['__proto__', [[t, '1']]],
      ['constructor', [[t, '2']]],
      ['toString', [[running.clock.nowMs(), null]]],
    ]);
  });

  test('a time window: history newest first with its limit, keys without data absent, then live points', async () => {
    await running.save(
      running.device,
      ['temperature', t, 22.5],
      ['temperature', t + 60_000, 23],
      ['temperature', t - 1, 9],
      ['temperature', t + 120_000, 9],
    );
    const window = { keys: 'temperature,missing', startTs: t, timeWindow: 120_000, interval: 0, agg: 'NONE' };
    expect(await ask('TIMESERIES', { ...window, limit: 2 })).toEqual(
      frame({
        temperature: [
          [t + 60_000, '23'],
          [t, '22.5'],
        ],
      }),
    );
    expect((await ask('TIMESERIES', { ...window, cmdId: 2, limit: 1 })).data).toEqual({ temperature: [[t + 60_000, '23']] });
    await running.save(running.device, ['temperature', t + 1, 7]);
    expect((await client.take()).data).toEqual({ temperature: [[t + 1, '7']] });
  });

  test('an aggregated window: oldest first, and live points stay raw', async () => {
    await running.save(running.device, ['temperature', t, 22], ['temperature', t + 1, 23], ['temperature', t + 60_000, 23]);
    const window = { keys: 'temperature', startTs: t, timeWindow: 120_000, interval: 60_000, limit: 100, agg: 'AVG' };
    expect((await ask('TIMESERIES', window)).data).toEqual({
      temperature: [
        [t + 30_000, '22.5'],
        [t + 90_000, '23.0'],
      ],
    });
    await running.save(running.device, ['temperature', t + 2, 5]);
    expect((await client.take()).data).toEqual({ temperature: [[t + 2, '5']] });
  });

  test('LATEST_TELEMETRY suppresses older points and sends an equal time; other scopes send both', async () => {
    await running.save(running.device, ['a', t, 1]);
    await ask('TIMESERIES', { scope: 'LATEST_TELEMETRY' });
    await ask('TIMESERIES', { cmdId: 2 });
    await running.save(running.device, ['a', t - 1, 2], ['new', 1, 1]);
    await running.save(running.device, ['a', t, 3], ['new', 0, 1]);
    const frames = await client.takeAll();
    expect(frames.filter(({ subscriptionId }) => subscriptionId === 1).map(({ data }) => data)).toEqual([{ new: [[1, '1']] }, { a: [[t, '3']] }]);
    expect(frames.filter(({ subscriptionId }) => subscriptionId === 2)).toHaveLength(2);
  });

  test('a key without a value accepts the first one, however old', async () => {
    await ask('TIMESERIES', { scope: 'LATEST_TELEMETRY', keys: 'a' });
    await running.save(running.device, ['a', 5, 1]);
    expect((await client.take()).data).toEqual({ a: [[5, '1']] });
  });

  test('the commands of the legacy endpoint get the same frames', async () => {
    const legacy = await LiveClient.open(running.port, `/api/ws/plugins/telemetry?token=${running.tokens.one}`);
    await running.save(running.device, ['temperature', t, 22.5]);
    const target = { entityType: 'DEVICE', entityId: running.device.id };
    legacy.send({ tsSubCmds: [{ ...target, scope: 'LATEST_TELEMETRY', cmdId: 10 }], historyCmds: [], attrSubCmds: [] });
    expect(await legacy.take()).toEqual(frame({ temperature: [[t, '22.5']] }, 10));
    await running.save(running.device, ['temperature', t + 60_000, 23], ['humidity', t + 60_000, 40]);
    expect(await legacy.take()).toEqual(frame({ humidity: [[t + 60_000, '40']], temperature: [[t + 60_000, '23']] }, 10));
    legacy.send({ historyCmds: [{ ...target, keys: '', startTs: 0, endTs: 1, cmdId: 14 }] });
    expect(await legacy.take()).toEqual(error(14, 2, 'Keys are empty!'));
  });
});

describe('ATTRIBUTES', () => {
  test('current values of the scope, then each save of a subscribed key', async () => {
    await running.saveAttribute('SERVER_SCOPE', 'active', t, 'true');
    await running.saveAttribute('CLIENT_SCOPE', 'active', t, 'client');
    expect(await ask('ATTRIBUTES', { scope: 'SERVER_SCOPE', keys: 'active,missing' })).toEqual(frame({ active: [[t, 'true']] }));
    await running.saveAttribute('CLIENT_SCOPE', 'active', t + 1, 'other scope');
    await running.saveAttribute('SERVER_SCOPE', 'other', t + 1, 'other key');
    await running.saveAttribute('SERVER_SCOPE', 'active', t + 2, 'true');
    expect(await client.takeAll()).toEqual([frame({ active: [[t + 2, 'true']] })]);
  });

  test('nothing stored gives an empty frame', async () => {
    expect(await ask('ATTRIBUTES', { scope: 'SHARED_SCOPE', keys: 'targetTemp' })).toEqual(frame({}));
  });

  test('without scope and keys: all of them, two entries where two scopes have the key', async () => {
    await running.saveAttribute('SERVER_SCOPE', 'a', t, 'server');
    await running.saveAttribute('CLIENT_SCOPE', 'a', t + 1, 'client');
    const { data } = await ask('ATTRIBUTES', {});
    expect(data?.['a']).toHaveLength(2);
    await running.saveAttribute('SHARED_SCOPE', 'b', t, 'x');
    expect((await client.take()).data).toEqual({ b: [[t, 'x']] });
  });
});

describe('TIMESERIES_HISTORY', () => {
  beforeEach(() => running.save(running.device, ['a', t, 1], ['a', t + 1_000, 2], ['a', t + 2_000, 3]));

  test('answers once, end exclusive, newest first, and subscribes to nothing', async () => {
    expect(await ask('TIMESERIES_HISTORY', { keys: 'a,missing', startTs: t, endTs: t + 2_000 })).toEqual(
      frame({
        a: [
          [t + 1_000, '2'],
          [t, '1'],
        ],
      }),
    );
    await running.save(running.device, ['a', t + 5_000, 4]);
    expect(await client.takeAll()).toEqual([]);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test.each([
    {
      more: { agg: 'COUNT', interval: 2_000 },
      pairs: [
        [t + 1_000, '2'],
        [t + 2_500, '1'],
      ],
    },
    { more: { agg: 'SUM', interval: 0 }, pairs: [[t + 1_500, '6']] },
    { more: { agg: 'SUM', interval: -5 }, pairs: [[t + 1_500, '6']] },
    { more: { agg: '', limit: 1 }, pairs: [[t + 2_000, '3']] },
    {
      more: { limit: -1, keys: 'a,a' },
      pairs: [
        [t + 2_000, '3'],
        [t + 1_000, '2'],
        [t, '1'],
      ],
    },
  ])('$more', async ({ more, pairs }) => {
    expect((await ask('TIMESERIES_HISTORY', { keys: 'a', startTs: t, endTs: t + 3_000, ...more })).data).toEqual({ a: pairs });
  });

  test('requests that are answered do not count as open', async () => {
    const cmds = Array.from({ length: 100 }, () => ({ ...command('TIMESERIES_HISTORY', { keys: 'a' }).cmds[0] }));
    for (let n = 0; n <= SUBSCRIPTIONS_PER_SOCKET_MAX / 100; n++) {
      client.send({ cmds });
      await client.until(() => client.frames.length === 100);
      client.frames.length = 0;
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  test('row 11: oversized result: frame with errorCode 1 and the exception message', async () => {
    const keys = Array.from({ length: POINTS_PER_FRAME_MAX / POINTS_PER_KEY_MAX + 1 }, (_, n) => `k${n}`);
    for (const key of keys) await running.save(running.device, ...Array.from({ length: POINTS_PER_KEY_MAX }, (_, n) => [key, t + n, n] as const));
    const range = { startTs: t, endTs: t + POINTS_PER_KEY_MAX, limit: POINTS_PER_KEY_MAX };
    const refusal = error(1, 1, `The answer has more than ${POINTS_PER_FRAME_MAX} points.`);
    expect(await ask('TIMESERIES_HISTORY', { ...range, keys: keys.join(',') })).toEqual(refusal);
    const window = { startTs: t, timeWindow: POINTS_PER_KEY_MAX, limit: POINTS_PER_KEY_MAX };
    expect(await ask('TIMESERIES', { ...window, keys: keys.join(',') })).toEqual(refusal);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
    expect((await ask('TIMESERIES_HISTORY', { ...range, keys: 'k0' })).data?.['k0']).toHaveLength(POINTS_PER_KEY_MAX);
  });

  test('a span that ends before it starts is empty', async () => {
    for (const agg of ['NONE', 'AVG']) expect((await ask('TIMESERIES_HISTORY', { keys: 'a', startTs: t + 1, endTs: t, agg })).data).toEqual({});
  });

  test('too many intervals are refused with the reason', async () => {
    const { errorCode, errorMsg } = await ask('TIMESERIES_HISTORY', { keys: 'a', startTs: 0, endTs: INTERVALS_MAX + 1, interval: 1, agg: 'AVG' });
    expect([errorCode, errorMsg]).toEqual([1, `Incorrect TsKvQuery. Number of intervals is more than ${INTERVALS_MAX}.`]);
  });
});

describe('unsubscribing', () => {
  test('is silent and ends the updates', async () => {
    await ask('TIMESERIES', {});
    client.send(command('TIMESERIES', { unsubscribe: true }));
    expect(await client.takeAll()).toEqual([]);
    await running.save(running.device, ['a', t, 1]);
    expect(await client.takeAll()).toEqual([]);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test('in the same message as the command it ends leaves nothing behind', async () => {
    const one = command('TIMESERIES', {}).cmds[0];
    client.send({ cmds: [one, { ...one, unsubscribe: true }] });
    expect(await client.takeAll()).toEqual([]);
    await running.save(running.device, ['a', t, 1]);
    expect(await client.takeAll()).toEqual([]);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test('a used id adds a second subscription; both end together', async () => {
    await ask('TIMESERIES', { keys: 'a' });
    await ask('TIMESERIES', { keys: 'b' });
    await running.save(running.device, ['a', t, 1], ['b', t, 2]);
    expect((await client.takeAll()).map(({ data }) => data)).toEqual([{ a: [[t, '1']] }, { b: [[t, '2']] }]);
    client.send(command('TIMESERIES', { unsubscribe: true }));
    await client.takeAll();
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test('closing the socket releases everything', async () => {
    for (let cmdId = 1; cmdId <= 20; cmdId++) client.send(command(cmdId % 2 === 0 ? 'TIMESERIES' : 'ATTRIBUTES', { cmdId }));
    await client.until(() => client.frames.length === 20);
    expect([running.feed.size, running.rights.size]).toEqual([1, 21]);
    client.socket.terminate();
    while (running.live.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect([running.feed.size, running.rights.size]).toEqual([0, 0]);
  });
});

describe('errors', () => {
  test.each([
    { name: 'a negative id', type: 'TIMESERIES', more: { cmdId: -1 }, frame: error(-1, 2, 'Cmd id is negative value!') },
    { name: 'no entity', type: 'ATTRIBUTES', more: { entityId: '' }, frame: error(1, 2, 'Device id is empty!') },
    { name: 'history without keys', type: 'TIMESERIES_HISTORY', more: { cmdId: 14, keys: '' }, frame: error(14, 2, 'Keys are empty!') },
    { name: 'an unknown entity', type: 'TIMESERIES', more: { entityId: 'no-uuid' }, frame: error(1, 3, 'Unauthorized') },
    { name: 'an unknown type', type: 'ENTITY_NONSENSE', more: { cmdId: 5 }, frame: error(1, 2, 'Failed to parse the payload') },
    { name: 'a wrong aggregation', type: 'TIMESERIES', more: { agg: 'MEDIAN' }, frame: error(1, 2, 'Failed to parse the payload') },
  ])('$name', async ({ type, more, frame: expected }) => {
    expect(await ask(type, more)).toEqual(expected);
  });

  test.each(['not json', '[]', '"text"', 'null', '['.repeat(10_000), '{"cmds":[{"__proto__":{"type":"TIMESERIES"}}]}'])('%.20s', async (text) => {
    client.send(text);
    expect(await client.take()).toEqual(error(1, 2, 'Failed to parse the payload'));
  });

  test.each(['TIMESERIES', 'TIMESERIES_HISTORY', 'ATTRIBUTES'])(
    '%s of an entity of another tenant says Unauthorized, and nothing leaks',
    async (type) => {
      const theirs = { entityId: running.foreign.id, keys: 'a' };
      await running.save(running.foreign, ['a', t, 1]);
      expect(await ask(type, theirs)).toEqual(error(1, 3, 'Unauthorized'));
      expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
      await running.save(running.foreign, ['a', t + 1, 2]);
      expect(await client.takeAll()).toEqual([]);
    },
  );

  test('a store that fails is an error frame and ends no other subscription, not even one of the same id', async () => {
    await ask('TIMESERIES', {});
    running.hooks.beforeRead = () => Promise.reject(new Error('broken'));
    expect(await ask('TIMESERIES', {})).toEqual(error(1, 1, 'Failed to fetch data!'));
    expect(await ask('ATTRIBUTES', { cmdId: 2 })).toEqual(error(2, 1, 'Failed to fetch attributes!'));
    expect(running.logged).toEqual(['live-command-failed', 'live-command-failed']);
    await running.save(running.device, ['a', t, 1]);
    expect((await client.takeAll()).map(({ subscriptionId, data }) => [subscriptionId, data])).toEqual([[1, { a: [[t, '1']] }]]);
  });

  test('subscriptions of a socket are bounded', async () => {
    const cmds = Array.from({ length: 100 }, (_, n) => ({ type: 'TIMESERIES', cmdId: n, entityType: 'DEVICE', entityId: running.device.id }));
    for (let n = 0; n < SUBSCRIPTIONS_PER_SOCKET_MAX / 100; n++) client.send({ cmds });
    await client.until(() => client.frames.length === SUBSCRIPTIONS_PER_SOCKET_MAX);
    client.send({ cmds: cmds.slice(0, 1) });
    expect(await client.closed).toEqual({ code: 1008, reason: 'Max regular user subscriptions limit reached' });
  });
});
