// Goal: what happened to a message can be looked up afterwards: its path through nested chains and past a delay, where it failed,
// what came to a node and left it, and that every message is accounted for. Method: a real server that records every message, a
// device over MQTT, people over REST and WebSocket.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
let device: { id: string; token: string };
let client: MqttClient;
let rootId: string;
let nestedId: string;

beforeAll(async () => {
  folder = await temporaryFolder('traces');
  server = await startServer(folder.path, { env: { FIELDLINE_TRACE_SAMPLE: '1' } });
  admin = await TenantClient.signIn(server.ports.http);
  [device] = (await admin.createDevices('traced', 1)) as [{ id: string; token: string }];
  ({ rootId, nestedId } = await drawChains());
  client = await connectAsync(`mqtt://127.0.0.1:${server.ports.mqtt}`, { username: device.token, reconnectPeriod: 0 });
});
afterAll(async () => {
  await client.endAsync();
  await stopServer(server);
  await folder.remove();
});

interface Entity {
  readonly id: { readonly id: string };
}
interface Page<T> {
  readonly data: readonly T[];
  readonly totalElements: number;
}
const everything = { failuresEnabled: true, allEnabled: true, allEnabledUntil: 0 };
const node = (type: string, name: string, configuration: object, more = {}) => ({
  ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration, configurationVersion: 0, singletonMode: false },
  ...{ additionalInfo: { layoutX: 0, layoutY: 0 }, ...more },
});
const script = (jsScript: string) => ({ scriptLang: 'JS', jsScript, tbelScript: '' });

async function save(name: string, nodes: readonly object[], connections: readonly [number, number, string][]): Promise<string> {
  const { id } = await admin.request<Entity>('POST', '/api/ruleChain', { name });
  await admin.request('POST', '/api/ruleChain/metadata', {
    ...{ ruleChainId: id, firstNodeIndex: 0, nodes },
    connections: connections.map(([fromIndex, toIndex, type]) => ({ fromIndex, toIndex, type })),
  });
  return id.id;
}

/** The root chain asks another one, waits two seconds, so that whoever watches sees it, and saves; its filter is debugged, and fails where a sensor is broken. */
async function drawChains(): Promise<{ rootId: string; nestedId: string }> {
  const doubled = script('return {msg: {t: msg.t * 2}, metadata: metadata, msgType: msgType};');
  const nested = await save(
    'Doubling',
    [node('transform.TbTransformMsgNode', 'Double', doubled), node('flow.TbRuleChainOutputNode', 'Doubled', {})],
    [[0, 1, 'Success']],
  );
  const filter = script('if (msg.t === -1) throw new Error("broken sensor"); return msg.t > 0;');
  const wait = { periodInSeconds: 2, maxPendingMsgs: 1000, useMetadataPeriodInSecondsPatterns: false };
  const root = await save(
    'Start',
    [
      node('filter.TbJsFilterNode', 'Is warm', filter, { debugSettings: everything }),
      node('flow.TbRuleChainInputNode', 'Ask', { ruleChainId: nested, forwardMsgToDefaultRuleChain: false }, { configurationVersion: 1 }),
      node('delay.TbMsgDelayNode', 'Wait', wait),
      node('telemetry.TbMsgTimeseriesNode', 'Save', { defaultTTL: 0 }),
    ],
    [
      [0, 1, 'True'],
      [1, 2, 'Doubled'],
      [2, 3, 'Success'],
    ],
  );
  await admin.request('POST', `/api/ruleChain/${root}/root`);
  return { rootId: root, nestedId: nested };
}

const send = (payload: string) => client.publishAsync('v1/devices/me/telemetry', payload, { qos: 1 });

interface Head {
  readonly traceId: string;
  readonly messageType: string;
  readonly hasFailed: boolean;
  readonly isStart: boolean;
}
interface Trace {
  readonly parts: readonly { readonly isStart: boolean }[];
  readonly ruleChains: readonly { readonly id: string; readonly name: string }[];
  readonly messages: readonly { readonly data: string }[];
  readonly hops: readonly {
    readonly part: number;
    readonly ruleChainId: string;
    readonly nodeName: string;
    readonly callers: readonly object[];
    readonly in: number;
    readonly outcome: string;
    readonly out: readonly { readonly relationType: string; readonly message: number }[];
    readonly durationUs: number;
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}
const telemetryTraces = async (filter = ''): Promise<readonly Head[]> => {
  const query = `pageSize=100&page=0&entityType=DEVICE&entityId=${device.id}&textSearch=POST_TELEMETRY${filter}`;
  return (await admin.request<Page<Head>>('GET', `/api/traces?${query}`)).data;
};

test('a message is followed through both chains and past the delay', async () => {
  await send('{"t":21}');
  await expect.poll(() => telemetryTraces(), { timeout: 5_000 }).toHaveLength(2);
  const heads = await telemetryTraces();
  expect(heads.map(({ isStart, hasFailed }) => [isStart, hasFailed])).toEqual([
    [false, false],
    [true, false],
  ]);
  const trace = await admin.request<Trace>('GET', `/api/traces/${heads[0]?.traceId}`);
  const nameOf = new Map(trace.ruleChains.map(({ id, name }) => [id, name]));
  expect(trace.parts.map(({ isStart }) => isStart)).toEqual([true, false]);
  const hops = trace.hops.map(({ part, ruleChainId, nodeName, outcome, in: came, out, callers }) => [
    ...[part, nameOf.get(ruleChainId), nodeName, outcome, trace.messages[came]?.data, callers.length],
    ...out.map(({ relationType, message }) => `${relationType} ${trace.messages[message]?.data}`),
  ]);
  expect(hops).toEqual([
    [0, 'Start', 'Is warm', 'ROUTED', '{"t":21}', 0, 'True {"t":21}'],
    [0, 'Start', 'Ask', 'CALLED', '{"t":21}', 0],
    [0, 'Doubling', 'Double', 'ROUTED', '{"t":21}', 1, 'Success {"t":42}'],
    [0, 'Doubling', 'Doubled', 'RETURNED', '{"t":42}', 1, 'Doubled {"t":42}'],
    [0, 'Start', 'Ask', 'ROUTED', '{"t":42}', 0, 'Doubled {"t":42}'],
    [0, 'Start', 'Wait', 'HELD', '{"t":42}', 0],
    [1, 'Start', 'Wait', 'EMITTED', '{"t":42}', 0, 'Success {"t":42}'],
    [1, 'Start', 'Save', 'ROUTED', '{"t":42}', 0, 'Success {"t":42}'],
  ]);
  expect(trace.hops.every(({ durationUs }) => durationUs >= 0 && durationUs < 2_000_000)).toBe(true);
});

test('a message that failed is found by it, and from its dead letter', async () => {
  await send('{"t":-1}');
  const [head] = await telemetryTraces('&hasFailed=true');
  const letters = await admin.request<Page<{ traceId: string; code: string }>>('GET', '/api/deadLetters?pageSize=10&page=0');
  expect(letters.data).toMatchObject([{ traceId: head?.traceId, code: 'SCRIPT_THREW' }]);
  const { hops } = await admin.request<Trace>('GET', `/api/traces/${head?.traceId}`);
  expect(hops).toMatchObject([{ nodeName: 'Is warm', outcome: 'FAILED', error: { code: 'SCRIPT_THREW' } }]);
  expect(hops[0]?.error?.message).toContain('broken sensor');
});

interface Account {
  readonly name: string;
  readonly entered: number;
  readonly made: number;
  readonly ended: number;
  readonly unconnected: number;
  readonly failed: number;
  readonly returned: number;
  readonly called: number;
  readonly waiting: number;
}
/** What came in and did not go out: nothing, where the account is right. */
const imbalance = ({ entered, made, ended, unconnected, failed, returned, called, waiting }: Account): number =>
  entered + made - ended - unconnected - failed - returned - called - waiting;

test('every message is accounted for, and whoever watches sees it go by', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws`);
  const frames: { cmdId: number; cmdUpdateType: string; data: Account }[] = [];
  socket.on('message', (text) => frames.push(JSON.parse((text as Buffer).toString()) as (typeof frames)[number]));
  await new Promise((resolve) => socket.once('open', resolve));
  const command = { type: 'RULE_CHAIN_LEDGER', cmdId: 5, ruleChainId: rootId };
  socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: admin.token }, cmds: [command] }));
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  const before = frames[0]?.data as Account;
  expect(before).toMatchObject({ name: 'Start', failed: 1 });
  await Promise.all([send('{"t":1}'), send('{"t":2}'), send('{"t":-5}')]);
  await expect.poll(() => frames.at(-1)?.data.waiting, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => frames.at(-1)?.data.waiting, { timeout: 5_000 }).toBe(0);
  const after = frames.at(-1)?.data as Account;
  // The server itself tells rule chains of the device too, such as that it is active.
  expect(after.entered - before.entered).toBeGreaterThanOrEqual(3);
  expect(frames.map(({ data }) => imbalance(data))).toEqual(frames.map(() => 0));
  expect(frames.every(({ cmdId, cmdUpdateType }) => cmdId === 5 && cmdUpdateType === 'RULE_CHAIN_LEDGER')).toBe(true);
  socket.close();

  const accounts = await admin.request<Account[]>('GET', '/api/ruleChains/ledger');
  expect(accounts.map((account) => [account.name, imbalance(account)]).sort()).toEqual([
    ['Doubling', 0],
    ['Root Rule Chain', 0],
    ['Start', 0],
  ]);
  expect(await admin.request('GET', `/api/ruleChain/${nestedId}/ledger`)).toMatchObject({
    ...{ entered: 3, returned: 3, waiting: 0 },
    nodes: [
      { name: 'Double', received: 3, relations: [{ relationType: 'Success', left: 3, unconnected: 0 }], time: { count: 3 } },
      { name: 'Doubled', received: 3 },
    ],
  });
});

interface Metadata {
  readonly nodes: readonly {
    readonly name: string;
    readonly id: { readonly id: string };
    readonly debugSettings: { readonly allEnabledUntil: number };
  }[];
}

describe('a node that is debugged', () => {
  let nodeId: string;
  let tenantId: string;
  let metadata: Metadata;
  beforeAll(async () => {
    metadata = await admin.request<Metadata>('GET', `/api/ruleChain/${rootId}/metadata`);
    nodeId = metadata.nodes.find(({ name }) => name === 'Is warm')?.id.id ?? '';
    tenantId = (await admin.request<{ tenantId: { id: string } }>('GET', '/api/auth/user')).tenantId.id;
  });
  interface DebugEvent {
    readonly body: Readonly<Record<string, string>>;
  }
  const path = (tail = '') => `/api/events/RULE_NODE/${nodeId}${tail}`;
  const find = (filter: object) =>
    admin.request<Page<DebugEvent>>('POST', `${path()}?tenantId=${tenantId}&pageSize=100&page=0`, { eventType: 'DEBUG_RULE_NODE', ...filter });
  const shown = ({ data }: Page<DebugEvent>) => data.map(({ body }) => `${body['type']} ${body['relationType']} ${body['data']}`.replace('  ', ' '));

  test('shows what came and what left, and by what people look for', async () => {
    const telemetry = { entityId: device.id, entityType: 'DEVICE', msgType: 'POST_TELEMETRY_REQUEST' };
    const all = shown(await find(telemetry));
    expect(all.slice(0, 4)).toEqual(['IN {"t":21}', 'OUT True {"t":21}', 'IN {"t":-1}', 'OUT Failure {"t":-1}']);
    expect(all).toHaveLength(10);
    const found = (filter: object) => find({ ...telemetry, ...filter }).then(shown);
    expect(await found({ msgDirectionType: 'OUT', relationType: 'false' })).toEqual(['OUT False {"t":-5}']);
    expect(await found({ dataSearch: '"T":21' })).toEqual(['IN {"t":21}', 'OUT True {"t":21}']);
    expect(await found({ isError: true })).toEqual(['OUT Failure {"t":-1}']);
    expect(await found({ isError: true, errorStr: 'BROKEN' })).toEqual(['OUT Failure {"t":-1}']);
    expect(await found({ isError: true, errorStr: 'whole' })).toEqual([]);
    expect(await found({ metadataSearch: 'traced-0', msgDirectionType: 'IN', dataSearch: ':-' })).toEqual(
      expect.arrayContaining(['IN {"t":-1}', 'IN {"t":-5}']),
    );
    expect(await found({ metadataSearch: 'another device' })).toEqual([]);
    const [first] = (await find({ ...telemetry, dataSearch: '21' })).data;
    expect(first?.body).toEqual({
      ...{ server: expect.any(String), type: 'IN', dataType: 'JSON', relationType: '', data: '{"t":21}', metadata: expect.any(String) },
      ...{ ...telemetry, msgId: expect.any(String) },
    });
    expect(JSON.parse(first?.body['metadata'] ?? '')).toMatchObject({ deviceName: 'traced-0' });
    expect(await found({ msgId: first?.body['msgId'] })).toEqual(['IN {"t":21}', 'OUT True {"t":21}']);
    const listed = await admin.request<Page<DebugEvent>>('GET', `${path('/debug_rule_node')}?tenantId=${tenantId}&pageSize=1000&page=0`);
    expect(listed.totalElements).toBe((await find({})).totalElements);
  });

  test('gives the last message that came to it, to try a script with', async () => {
    await send('{"t":99}');
    const last = await admin.request<DebugEvent['body']>('GET', `/api/ruleNode/${nodeId}/debugIn`);
    expect(last).toMatchObject({ type: 'IN', data: '{"t":99}', msgType: 'POST_TELEMETRY_REQUEST' });
    const quiet = metadata.nodes.find(({ name }) => name === 'Save')?.id.id;
    expect(await admin.request('GET', `/api/ruleNode/${quiet}/debugIn`)).toBeUndefined();
  });

  test('goes on where it was when only that is changed, and is forgotten on demand', async () => {
    const received = async (): Promise<number> => {
      const { nodes } = await admin.request<{ nodes: { nodeId: string; received: number }[] }>('GET', `/api/ruleChain/${rootId}/ledger`);
      return nodes.find((one) => one.nodeId === nodeId)?.received ?? 0;
    };
    const before = await received();
    const quiet = { failuresEnabled: true, allEnabled: false, allEnabledUntil: 0 };
    const nodes = metadata.nodes.map((one) => (one.id.id === nodeId ? { ...one, debugSettings: quiet } : one));
    await admin.request('POST', '/api/ruleChain/metadata', { ...metadata, nodes });
    await admin.request('POST', `${path('/clear')}`, { eventType: 'DEBUG_RULE_NODE' });
    expect((await find({})).totalElements).toBe(0);
    // The engine hears of the new version a moment after its answer: then only what fails is recorded.
    await expect
      .poll(async () => {
        await send('{"t":3}');
        const { totalElements } = await find({});
        await admin.request('POST', `${path('/clear')}`, { eventType: 'DEBUG_RULE_NODE' });
        return totalElements;
      })
      .toBe(0);
    await send('{"t":-1}');
    expect(shown(await find({}))).toEqual(['OUT Failure {"t":-1}']);
    expect(await received()).toBeGreaterThan(before);
    const lives = await admin.request<Page<{ body: { event: string } }>>('GET', `${path()}?tenantId=${tenantId}&pageSize=100&page=0`);
    expect(lives.data.map(({ body }) => body.event)).toEqual(['STARTED']);
  });
});

test('what is recorded is counted', async () => {
  const { bytes, parts, leftOut } = await admin.request<{ bytes: number; parts: number; leftOut: object }>('GET', '/api/traces/usage');
  expect([bytes > 5_000, parts >= 9, leftOut]).toEqual([true, true, { traces: 0, failures: 0, debugEvents: 0 }]);
});
