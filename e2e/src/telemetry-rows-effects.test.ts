// Goal: what saving and deleting do besides (rest-api.md §6.7, §6.8, §6.10, §20.8): the rule chain, the audit log and WebSocket
// subscribers are told. Method: the built server with its threads and its database, over HTTP and WebSocket; each test has a device of its
// own, whose rule chain writes down what it is told.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient } from './live-client.js';
import { drawChain, drawnNode, kindSwitch, saveNode } from './rule-chain.js';
import { done, start, type Target } from './telemetry-target.js';
import { TelemetryWorld } from './telemetry-world.js';

interface Told {
  readonly type: string;
  readonly scope?: string;
  readonly msg: unknown;
}

const kinds = ['Attributes Updated', 'Attributes Deleted', 'Timeseries Updated', 'Timeseries Deleted'];
const note = "return { msg: { told: { type: msgType, scope: metadata.scope, msg: msg } }, metadata: {}, msgType: 'POST_TELEMETRY_REQUEST' };";

let world: TelemetryWorld;
let profile: Target;
let device: Target;
beforeAll(async () => {
  world = await TelemetryWorld.start('rows-effects');
  const noted = drawnNode('transform.TbTransformMsgNode', 'note', { scriptLang: 'JS', jsScript: note, tbelScript: '' });
  const wires = [...kinds.map((kind) => `kind -${kind}-> note`), 'note -Success-> save'];
  const chainId = await drawChain(world.admin, 'notes', [kindSwitch, noted, saveNode('save')], wires);
  const defaultRuleChainId = { entityType: 'RULE_CHAIN', id: chainId };
  profile = await world.make('deviceProfile', { name: 'noted', type: 'DEFAULT', transportType: 'DEFAULT', defaultRuleChainId });
});
beforeEach(async () => {
  device = await world.make('device', { name: world.name(), deviceProfileId: profile.reference });
});
afterAll(() => world.stop());

/** What its rule chain was told of the device last. */
async function toldLast(): Promise<Told | undefined> {
  return (await device.series('keys=told&useStrictDataTypes=true'))['told']?.[0]?.value as Told | undefined;
}
const untilTold = (expected: Told) => expect.poll(toldLast, { timeout: 10_000 }).toEqual(expected);

interface Recorded {
  readonly actionType: string;
  readonly actionStatus: string;
  readonly actionData: unknown;
}
async function recorded(): Promise<readonly Recorded[]> {
  const path = `/api/audit/logs/entity/DEVICE/${device.id}?pageSize=100&page=0`;
  return (await world.admin.request<{ data: readonly Recorded[] }>('GET', path)).data;
}
const record = (actionType: string, actionData: object) => expect.objectContaining({ actionType, actionStatus: 'SUCCESS', actionData }) as Recorded;

const saveAttributes = (scope: string) => device.ask('POST', scope, { a: 1, b: { c: [2] } });
const removeAttributes = (scope: string) => device.ask('DELETE', `${scope}?keys=a,b`);
const unordered = [
  { ts: start + 1, values: { a: 1 } },
  { ts: start, values: { a: 2 } },
  { ts: start + 1, values: { b: 3 } },
];
const merged = {
  timeseries: [
    { ts: start, values: { a: 2 } },
    { ts: start + 1, values: { a: 1, b: 3 } },
  ],
};
const saveSeries = () => device.ask('POST', 'timeseries/ANY', unordered);
const removeSeries = () => device.ask('DELETE', `timeseries/delete?keys=a,b&startTs=${start}&endTs=${start + 2}`);

describe.each(['SERVER_SCOPE', 'SHARED_SCOPE'])('%s', (scope) => {
  test('6.7 Effects: rule-engine event ATTRIBUTES_UPDATED (metadata scope)', async () => {
    expect(await saveAttributes(scope)).toMatchObject(done);
    await untilTold({ type: 'ATTRIBUTES_UPDATED', scope, msg: { a: 1, b: { c: [2] } } });
  });
  test('6.7 Effects: audit log', async () => {
    await saveAttributes(scope);
    expect(await recorded()).toContainEqual(record('ATTRIBUTES_UPDATED', { scope, attributes: { a: 1, b: { c: [2] } } }));
  });
  test('6.10 Event ATTRIBUTES_DELETED', async () => {
    await saveAttributes(scope);
    expect(await removeAttributes(scope)).toMatchObject(done);
    await untilTold({ type: 'ATTRIBUTES_DELETED', scope, msg: { attributes: ['a', 'b'] } });
  });
});

test('6.8 groups with the same ts are merged; TIMESERIES_UPDATED is sent to the rule chain', async () => {
  expect(await saveSeries()).toMatchObject(done);
  await untilTold({ type: 'TIMESERIES_UPDATED', msg: merged });
});
test('6.8 data is stored directly (not through the rule chain’s Save Timeseries node)', async () => {
  await saveSeries();
  expect(await device.series('keys=a,b')).toEqual({ a: [{ ts: start + 1, value: '1' }], b: [{ ts: start + 1, value: '3' }] });
  await untilTold({ type: 'TIMESERIES_UPDATED', msg: merged });
});
test('6.9 TIMESERIES_DELETED is sent to the rule chain (§20.8)', async () => {
  await saveSeries();
  expect(await removeSeries()).toMatchObject(done);
  await untilTold({ type: 'TIMESERIES_DELETED', msg: { timeseries: ['a', 'b'], startTs: start, endTs: start + 2 } });
});

describe('6.7 Effects: WebSocket subscribers notified', () => {
  let client: LiveClient;
  beforeEach(async () => void (client = await LiveClient.open(world.server.ports.http, { token: world.admin.token })));
  afterEach(() => client.close());
  const follow = async (type: string, more: object = {}): Promise<void> =>
    void (await client.ask({ type, cmdId: 1, entityType: 'DEVICE', entityId: device.id, keys: 'live', ...more }));
  const told = async (): Promise<unknown> => (await client.take()).data;

  test.each(['SERVER_SCOPE', 'SHARED_SCOPE'] as const)('6.7, 6.10 of attributes, %s', async (scope) => {
    await follow('ATTRIBUTES', { scope });
    await device.set(scope, { live: 1, other: 2 });
    expect(await told()).toEqual({ live: [[expect.any(Number), '1']] });
    await device.ask('DELETE', `${scope}?keys=live`);
    expect(await told()).toEqual({ live: [[0, '']] });
  });
  test('6.8, 6.9 of time series', async () => {
    await follow('TIMESERIES');
    await device.save({ ts: start, values: { live: 2, other: 3 } });
    expect(await told()).toEqual({ live: [[start, '2']] });
    await device.ask('DELETE', 'timeseries/delete?keys=live&deleteAllDataForKeys=true');
    expect(await told()).toEqual({ live: [[0, '']] });
  });
});
