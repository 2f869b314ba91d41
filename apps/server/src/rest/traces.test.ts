// Goal: recorded paths of messages and accounts of rule chains are read by the administrators of their tenant only, and the last
// input of a rule node by whom it concerns. Method: a running API over memory stores that hold what an engine would record.
import type { Event } from '@fieldline/model';
import type { ChainLedger, TracePart } from '@fieldline/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
const idOf = (n: number): string => `00000000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;
const [traceId, gone, device, otherDevice] = [idOf(1), idOf(2), idOf(3), idOf(4)] as const;
let chain: string;

beforeAll(async () => {
  rest = await startRest();
  chain = rest.one.chain.id;
});
afterAll(() => rest.close());

const get = (path: string, token = rest.admin) => rest.call('GET', path, { token });
const refused = { status: 403, body: { errorCode: 20 } };

describe('traces', () => {
  beforeAll(async () => {
    const originator = { entityType: 'DEVICE', id: device } as const;
    const message = { id: traceId, type: 'POST_TELEMETRY_REQUEST', originator, metadata: '{}', data: '{"t":1}' };
    const partOf = (n: number, more: Partial<TracePart>): TracePart => ({
      ...{ id: idOf(10 + n), tenantId: rest.one.tenantId, traceId, originator, messageType: message.type, ruleChainId: chain, startedAtMs: n },
      ...{ reason: 'first', hasFailed: false, isStart: true, isCut: false, messages: [message] },
      hops: [
        {
          ...{ at: { ruleChainId: more.ruleChainId ?? chain, ruleNodeId: idOf(50) }, chainVersion: 1, nodeName: 'A', nodeType: 'filter.script' },
          ...{ startedAtMs: n, durationUs: 7, calledWith: 1, in: 0, outcome: 'ended' as const, reason: 'filtered' },
        },
      ],
      ...more,
    });
    const other = { entityType: 'DEVICE', id: otherDevice } as const;
    await rest.commit((unit) => {
      unit.trace(partOf(1, {}));
      unit.trace(partOf(2, { ruleChainId: gone, isStart: false, hasFailed: true }));
      unit.trace(partOf(3, { traceId: idOf(30), originator: other, reason: 'failed', hasFailed: true, messageType: 'ALARM' }));
    });
  });
  const times = async (query = '', token = rest.admin): Promise<number[]> => {
    const { body } = await get(`/api/traces?pageSize=10&page=0${query}`, token);
    return body.data.map(({ startTime }: { startTime: number }) => startTime);
  };

  it('are listed newest first, a part each, with the names of chains that are still there', async () => {
    const { body } = await get('/api/traces?pageSize=2&page=0');
    expect(body).toMatchObject({ totalElements: 3, hasNext: true });
    expect(body.data[1]).toEqual({
      ...{ id: idOf(12), traceId, originator: { entityType: 'DEVICE', id: device }, messageType: 'POST_TELEMETRY_REQUEST' },
      ...{ ruleChainId: gone, ruleChainName: null, startTime: 2, reason: 'FIRST', hasFailed: true, isStart: false, isCut: false, hopCount: 1 },
    });
    expect((await get('/api/traces?pageSize=1&page=2')).body.data[0].ruleChainName).toBe(rest.one.chain.name);
  });

  it('are found by originator, chain, reason, failure, time and type of message', async () => {
    expect(await times(`&entityType=DEVICE&entityId=${device}`)).toEqual([2, 1]);
    expect(await times(`&ruleChainId=${gone}`)).toEqual([2]);
    expect(await times('&reason=FAILED')).toEqual([3]);
    expect(await times('&hasFailed=true')).toEqual([3, 2]);
    expect(await times('&hasFailed=false')).toEqual([1]);
    expect(await times('&startTime=2&endTime=2')).toEqual([2]);
    expect(await times('&textSearch=alarm')).toEqual([3]);
    expect((await get(`/api/traces?pageSize=1&page=0&entityId=${device}`)).status).toBe(400);
  });

  it('are shown whole, by the id of the message', async () => {
    const { body } = await get(`/api/traces/${traceId}`);
    expect(body).toMatchObject({ traceId, hasFailed: true, isCut: false, parts: [{ startTime: 1 }, { startTime: 2 }] });
    expect(body.ruleChains).toEqual([
      { id: chain, name: rest.one.chain.name },
      { id: gone, name: null },
    ]);
    expect(body.hops.map(({ part, in: came, outcome, reason }: Record<string, unknown>) => [part, came, outcome, reason])).toEqual([
      [0, 0, 'ENDED', 'filtered'],
      [1, 1, 'ENDED', 'filtered'],
    ]);
    const { status, headers } = await get(`/api/traces/${idOf(77)}`);
    expect([status, headers.get('x-fieldline-problem')]).toEqual([404, 'REST_TRACE_NONE']);
    expect((await get('/api/traces/no-id')).status).toBe(400);
  });

  it('tell how much there is, and what was left out', async () => {
    const { body } = await get('/api/traces/usage');
    expect(body).toEqual({ bytes: expect.any(Number), parts: 3, leftOut: { traces: 1, failures: 2, debugEvents: 3 } });
    expect(body.bytes).toBeGreaterThan(300);
  });

  it('belong to their tenant', async () => {
    expect(await times('', rest.stranger)).toEqual([]);
    expect((await get(`/api/traces/${traceId}`, rest.stranger)).status).toBe(404);
    expect((await get('/api/traces/usage', rest.stranger)).body.parts).toBe(0);
    for (const path of ['/api/traces?pageSize=1&page=0', `/api/traces/${traceId}`, '/api/traces/usage'])
      for (const token of [rest.system, rest.customer]) expect(await get(path, token)).toMatchObject(refused);
  });
});

describe('accounts', () => {
  const time = { count: 3, p50Us: 10, p95Us: 20 };
  const sums = { entered: 3, made: 2, ended: 1, unconnected: 1, failed: 1, returned: 0, called: 1, waiting: 1 };
  beforeAll(() => {
    const head = { ruleChainId: chain, tenantId: rest.one.tenantId, name: 'Root', version: 4, sinceMs: 5 };
    const relations = [{ relationType: 'True', left: 2, unconnected: 1, time: { count: 0 } }];
    const node = { nodeId: idOf(50), name: 'A', type: 'filter.script', isActive: true, received: 3, failed: 1, handedOver: 1, resumed: 0 };
    rest.accounts.push({ ...head, ...sums, nodes: [{ ...node, ended: { acknowledged: 1 }, relations, time }] } satisfies ChainLedger);
  });

  it('of a chain, with its nodes', async () => {
    expect((await get(`/api/ruleChain/${chain}/ledger`)).body).toEqual({
      ...{ ruleChainId: chain, name: 'Root', version: 4, sinceTime: 5, ...sums },
      nodes: [
        {
          ...{ nodeId: idOf(50), name: 'A', type: 'filter.script', isActive: true, received: 3, failed: 1, handedOver: 1, resumed: 0 },
          ...{ ended: { acknowledged: 1 }, time },
          relations: [{ relationType: 'True', left: 2, unconnected: 1, time: { count: 0, p50Us: null, p95Us: null } }],
        },
      ],
    });
  });

  it('of all chains, without', async () => {
    expect((await get('/api/ruleChains/ledger')).body).toEqual([{ ruleChainId: chain, name: 'Root', version: 4, sinceTime: 5, ...sums }]);
    expect((await get('/api/ruleChains/ledger', rest.stranger)).body).toEqual([]);
  });

  it('are refused to others, and where the chain does not run or is not there', async () => {
    const { body } = await rest.call('POST', '/api/ruleChain', { token: rest.admin, body: { name: 'At rest', type: 'EDGE' } });
    const atRest = await get(`/api/ruleChain/${body.id.id}/ledger`);
    expect([atRest.status, atRest.headers.get('x-fieldline-problem')]).toEqual([404, 'REST_CHAIN_NOT_RUNNING']);
    const unknown = await get(`/api/ruleChain/${idOf(66)}/ledger`);
    expect([unknown.status, unknown.headers.get('x-fieldline-problem')]).toEqual([404, 'DIRECTORY_ENTITY_NOT_FOUND']);
    expect((await get(`/api/ruleChain/${chain}/ledger`, rest.stranger)).status).toBe(404);
    for (const path of [`/api/ruleChain/${chain}/ledger`, '/api/ruleChains/ledger'])
      for (const token of [rest.system, rest.customer]) expect(await get(path, token)).toMatchObject(refused);
  });
});

describe('the last input of a rule node', () => {
  const put = async (n: number, createdAtMs: number, body: Event['body']): Promise<void> => {
    const head = { id: idOf(60 + n), tenantId: rest.one.tenantId, createdAtMs, version: 1 };
    const of = { entityType: 'RULE_NODE', entityId: rest.one.chain.nodes[0]?.id ?? '', type: 'DEBUG_RULE_NODE' } as const;
    await rest.entities.write([{ change: 'insert', kind: 'event', entity: { ...head, ...of, body } }]);
  };
  const path = () => `/api/ruleNode/${rest.one.chain.nodes[0]?.id}/debugIn`;

  it('is the newest of its debug events of that direction; of those of one instant the last that was made', async () => {
    const { status, text } = await get(path());
    expect([status, text]).toEqual([200, '']);
    await put(1, 100, { type: 'OUT', msgId: 'first' });
    expect((await get(path())).text).toBe('');
    await put(2, 200, { type: 'IN', msgId: 'older' });
    await put(3, 300, { type: 'IN', msgId: 'same instant' });
    await put(4, 300, { type: 'IN', msgId: 'newest', relationType: 'True', data: '{}' });
    await put(5, 300, { type: 'OUT', msgId: 'later' });
    await put(6, 400, { type: 'OUT', msgId: 'latest' });
    expect((await get(path())).body).toEqual({ type: 'IN', msgId: 'newest', relationType: 'True', data: '{}' });
  });

  it('is shown to administrators of the tenant', async () => {
    expect((await get(path(), rest.stranger)).status).toBe(404);
    for (const token of [rest.system, rest.customer]) expect(await get(path(), token)).toMatchObject(refused);
    expect((await get(`/api/ruleNode/${idOf(88)}/debugIn`)).status).toBe(404);
  });
});
