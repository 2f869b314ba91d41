// Goal: what is removed is told to whoever watches it (websocket-api.md §4.2, §4.3 and §14.10, row 5 of §15). Method: a real server
// on a real port over memory stores, and the ws client.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const watch = async (type: string, more: Record<string, unknown> = {}): Promise<void> => {
  client.send({ cmds: [{ type, cmdId: 1, entityType: 'DEVICE', entityId: running.device.id, ...more }] });
  await client.take();
};
const remove = (key: string, startMs: number, endMs: number, latest: 'keep' | 'remove' | 'rewrite') =>
  running.commit((unit) => unit.removePoints({ tenantId: running.tenants.one, entity: running.device, key, startMs, endMs, latest }));
const told = async (): Promise<unknown[]> => (await client.takeAll()).map(({ data }) => data);

describe('row 5: removed telemetry', () => {
  beforeEach(() => running.save(running.device, ['a', t, 1], ['a', t + 1, 2], ['b', t, 1]));

  test.each(['', 'LATEST_TELEMETRY'])('a key that has no value any more is told with time 0 and no text, in scope "%s"', async (scope) => {
    await watch('TIMESERIES', { scope, keys: 'a' });
    await remove('a', 0, t + 5, 'remove');
    await remove('b', 0, t + 5, 'remove');
    expect(await client.takeAll()).toEqual([{ subscriptionId: 1, errorCode: 0, errorMsg: null, data: { a: [[0, '']] }, latestValues: { a: 0 } }]);
  });

  test.each(['', 'LATEST_TELEMETRY'])(
    'an older point that takes its place is told as it is, and newer ones after it, in scope "%s"',
    async (scope) => {
      await watch('TIMESERIES', { scope });
      await remove('a', t + 1, t + 2, 'rewrite');
      await running.save(running.device, ['a', t, 5]);
      expect(await told()).toEqual([{ a: [[t, '1']] }, { a: [[t, '5']] }]);
    },
  );

  test('a latest value that stays is not spoken of', async () => {
    await watch('TIMESERIES');
    await remove('a', 0, t + 5, 'keep');
    await remove('a', 0, t, 'remove');
    expect(await told()).toEqual([]);
  });
});

describe('removed attributes', () => {
  test('are told to those who watch their scope and key', async () => {
    await watch('ATTRIBUTES', { scope: 'SHARED_SCOPE', keys: 'targetTemp' });
    const path = `/api/plugins/telemetry/DEVICE/${running.device.id}`;
    await running.call(running.tokens.one, 'POST', `${path}/SHARED_SCOPE`, { targetTemp: 21, other: 1 });
    await running.call(running.tokens.one, 'DELETE', `${path}/SHARED_SCOPE?keys=targetTemp,other`);
    const [saved, removed] = await told();
    expect(Object.values(saved as object)).toEqual([[[expect.any(Number), '21']]]);
    expect(removed).toEqual({ targetTemp: [[0, '']] });
  });
});
