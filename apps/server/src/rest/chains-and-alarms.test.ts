import type { Alarm } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, failure } from './refusals.fixture.js';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const className = 'org.thingsboard.rule.engine.filter.TbJsFilterNode';

describe('rule chains', () => {
  const post = (path: string, body: object | undefined, token = rest.admin) => rest.call('POST', `/api/ruleChain${path}`, { token, body });
  const get = (path: string, token = rest.admin) => rest.call('GET', `/api/ruleChain/${path}`, { token });
  const node = (name: string, extra: object = {}) => ({
    type: className,
    name,
    configurationVersion: 0,
    configuration: { jsScript: 'return msg.a > 1;' },
    additionalInfo: { layoutX: 10, layoutY: 20, description: '' },
    ...extra,
  });

  it('are listed with the root chain of the tenant', async () => {
    const { body } = await rest.call('GET', '/api/ruleChains?pageSize=10&page=0', { token: rest.admin });
    expect(body).toMatchObject({
      totalElements: 1,
      data: [{ name: 'Root Rule Chain', root: true, type: 'CORE', debugMode: false, configuration: null, version: 1 }],
    });
    const metadata = await get(`${rest.one.chain.id}/metadata`);
    expect(metadata.body).toMatchObject({
      ruleChainId: { entityType: 'RULE_CHAIN', id: rest.one.chain.id },
      version: 1,
      firstNodeIndex: 2,
      ruleChainConnections: null,
    });
    expect(metadata.body.nodes).toHaveLength(6);
    expect(metadata.body.connections[0]).toEqual({ fromIndex: 2, toIndex: 0, type: 'Post telemetry' });
  });

  it('are created, drawn, saved again and swapped in', async () => {
    const chain = (await post('', { name: 'Chain' })).body;
    expect(chain).toMatchObject({ name: 'Chain', root: false, version: 1, firstRuleNodeId: null });
    const saved = await post('/metadata', {
      ruleChainId: chain.id,
      version: 1,
      firstNodeIndex: 0,
      nodes: [node('A'), node('B', { type: 'com.example.Unknown', configuration: { any: 1 } })],
      connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
      ruleChainConnections: null,
    });
    expect(saved).toMatchObject({ status: 200, body: { version: 2, firstNodeIndex: 0, connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }] } });
    expect(saved.body.nodes[0]).toMatchObject({
      type: className,
      name: 'A',
      configurationVersion: 0,
      queueName: null,
      singletonMode: false,
      externalId: null,
    });
    expect(saved.body.nodes[1]).toMatchObject({ type: 'com.example.Unknown', configuration: { any: 1 } });
    expect((await rest.entities.find('ruleChain', rest.one.tenantId, chain.id.id))?.nodes[0]).toMatchObject({
      type: 'filter.script',
      configVersion: 2,
    });
    expect(rest.published.at(-1)).toMatchObject({ kind: 'ruleChain', id: chain.id.id, version: 2 });
    const again = await post('/metadata', { ...saved.body, nodes: [saved.body.nodes[0]], connections: [] });
    expect(again.body).toMatchObject({ version: 3, connections: null });
    expect(again.body.nodes[0].id).toEqual(saved.body.nodes[0].id);
    expect(await post('/metadata', saved.body)).toMatchObject({ status: 409, body: { errorCode: 35 } });
    expect((await get(`${chain.id.id}/metadata`)).body).toEqual(again.body);
  });

  it('refuse what cannot run', async () => {
    const { id: ruleChainId } = (await post('', { name: 'Refused' })).body;
    const save = (nodes: object[], edges: [number, number][]) =>
      post('/metadata', { ruleChainId, nodes, connections: edges.map(([fromIndex, toIndex]) => ({ fromIndex, toIndex, type: 'True' })) });
    expect(await save([node('A')], [[0, 0]])).toMatchObject(failure(400, 31, "Can't create the relation to yourself."));
    expect(
      await save(
        [node('A'), node('B')],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toMatchObject(failure(400, 31, "Can't create circling relations in rule chain."));
    expect(await save([node('A')], [[0, 1]])).toMatchObject(failure(400, 31, 'Rule node 1 does not exist: the chain has 1 nodes, counted from 0.'));
    expect((await save([node('A', { configuration: { jsScript: 5 } })], [])).body.message).toMatch(/^'A' node configuration is invalid: .*jsScript/);
    expect((await post('/metadata', { ruleChainId, nodes: [{ name: 'A' }] })).body.message).toMatch(/nodes\.0\.type/);
    expect((await get(`${ruleChainId.id}/metadata`)).body).toMatchObject({ version: 1, nodes: [], connections: null });
  });

  it('move the root flag and are removed', async () => {
    const { id } = (await post('', { name: 'Next root' })).body;
    expect((await post(`/${id.id}/root`, undefined)).body).toMatchObject({ root: true });
    expect((await get(rest.one.chain.id)).body).toMatchObject({ root: false });
    expect(await rest.call('DELETE', `/api/ruleChain/${id.id}`, { token: rest.admin })).toMatchObject(
      failure(400, 31, 'Deletion of Root Tenant Rule Chain is prohibited!'),
    );
    await post(`/${rest.one.chain.id}/root`, undefined);
    expect(await rest.call('DELETE', `/api/ruleChain/${id.id}`, { token: rest.admin })).toMatchObject({ status: 200, text: '' });
    expect(await get(id.id)).toMatchObject(failure(404, 32, `Rule chain with id [${id.id}] is not found`));
    expect(await post('', { name: '' })).toMatchObject(failure(400, 31, 'Rule chain name should be specified!'));
    expect(await post('', { name: 'Second', root: true })).toMatchObject({ status: 400 });
  });

  it('are no business of others', async () => {
    const { id } = rest.one.chain;
    for (const path of [id, `${id}/metadata`]) {
      expect((await get(path, rest.stranger)).status).toBe(404);
      expect(await get(path, rest.customer)).toMatchObject(denied);
      expect(await get(path, rest.system)).toMatchObject(denied);
    }
    expect((await post('/metadata', { ruleChainId: { id }, nodes: [] }, rest.stranger)).status).toBe(404);
    expect((await post(`/${id}/root`, undefined, rest.stranger)).status).toBe(404);
    expect((await rest.call('DELETE', `/api/ruleChain/${id}`, { token: rest.stranger })).status).toBe(404);
  });
});

describe('the catalogue of node types', () => {
  it('lists them by family with what the editor needs', async () => {
    const { body } = await rest.call('GET', '/api/components?componentTypes=FILTER,ACTION&ruleChainType=CORE', { token: rest.admin });
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ type: 'FILTER', name: 'script', clazz: className, configurationVersion: 0, actions: null });
    const { nodeDefinition } = body[0].configurationDescriptor;
    expect(nodeDefinition).toMatchObject({
      relationTypes: ['True', 'False', 'Failure'],
      inEnabled: true,
      customRelations: false,
      nodeType: 'filter.script',
    });
    expect(nodeDefinition.configSchema).toMatchObject({ type: 'object', properties: { jsScript: { type: 'string', description: 'The script.' } } });
    expect((await rest.call('GET', '/api/components/FILTER', { token: rest.admin })).body).toEqual(body);
    expect((await rest.call('GET', '/api/components/ACTION', { token: rest.system })).body).toEqual([]);
    expect((await rest.call('GET', `/api/component/${className}`, { token: rest.admin })).body).toEqual(body[0]);
    expect((await rest.call('GET', '/api/component/unknown', { token: rest.admin })).status).toBe(404);
    expect((await rest.call('GET', '/api/components/NONSENSE', { token: rest.admin })).status).toBe(400);
    expect(await rest.call('GET', '/api/components', { token: rest.customer })).toMatchObject(denied);
  });
});

describe('alarms', () => {
  let device: { id: { id: string } };
  const alarmId = (n: number) => `00000000-0000-7000-8000-00000000a00${n}`;
  beforeAll(async () => {
    device = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Boiler', label: 'The boiler' } })).body;
    const alarm = (n: number, extra: Partial<Alarm> = {}): Alarm => ({
      id: alarmId(n),
      tenantId: rest.one.tenantId,
      createdAtMs: 1_000 * n,
      type: `Alarm ${n}`,
      originator: { entityType: 'DEVICE', id: device.id.id },
      severity: 'CRITICAL',
      startMs: 1_000 * n,
      endMs: 1_000 * n,
      details: { n },
      propagate: false,
      propagateToOwner: false,
      propagateToTenant: false,
      propagateRelationTypes: [],
      ...extra,
    });
    await rest.commit((unit) => {
      unit.alarm(alarm(1, { clearedAtMs: 5_000 }));
      unit.alarm(alarm(2));
      unit.alarm(alarm(3, { originator: deviceEntity('00000000-0000-7000-8000-00000000dead') }));
    });
  });
  const types = (body: { data: { type: string }[] }) => body.data.map(({ type }) => type);

  it('are listed for an entity and for the tenant, newest first', async () => {
    const path = `/api/alarm/DEVICE/${device.id.id}?pageSize=10&page=0`;
    const { body } = await rest.call('GET', path, { token: rest.admin });
    expect(types(body)).toEqual(['Alarm 2', 'Alarm 1']);
    expect(body.data[0]).toEqual({
      id: { entityType: 'ALARM', id: alarmId(2) },
      createdTime: 2_000,
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      customerId: null,
      type: 'Alarm 2',
      originator: device.id,
      severity: 'CRITICAL',
      acknowledged: false,
      cleared: false,
      assigneeId: null,
      startTs: 2_000,
      endTs: 2_000,
      ackTs: 0,
      clearTs: 0,
      assignTs: 0,
      details: { n: 2 },
      propagate: false,
      propagateToOwner: false,
      propagateToTenant: false,
      propagateRelationTypes: [],
      name: 'Alarm 2',
      status: 'ACTIVE_UNACK',
      originatorName: 'Boiler',
      originatorLabel: 'The boiler',
      originatorDisplayName: 'The boiler',
      assignee: null,
    });
    expect(types((await rest.call('GET', `${path}&searchStatus=ACTIVE`, { token: rest.admin })).body)).toEqual(['Alarm 2']);
    expect(types((await rest.call('GET', `${path}&status=CLEARED_UNACK`, { token: rest.admin })).body)).toEqual(['Alarm 1']);
    expect(types((await rest.call('GET', `${path}&startTime=2000&endTime=2000`, { token: rest.admin })).body)).toEqual(['Alarm 2']);
    expect(types((await rest.call('GET', `${path}&sortProperty=createdTime&sortOrder=ASC`, { token: rest.admin })).body)).toEqual([
      'Alarm 1',
      'Alarm 2',
    ]);
    const all = (await rest.call('GET', '/api/alarms?pageSize=10&page=0', { token: rest.admin })).body;
    expect(types(all)).toEqual(['Alarm 3', 'Alarm 2', 'Alarm 1']);
    expect(all.data[0]).toMatchObject({ originatorName: 'Deleted', originatorLabel: null });
    expect((await rest.call('GET', `${path}&searchStatus=ACTIVE&status=ACTIVE_ACK`, { token: rest.admin })).body.message).toMatch(
      /can't be specified at the same time/,
    );
  });

  it('are read one by one, and only by those they concern', async () => {
    expect((await rest.call('GET', `/api/alarm/${alarmId(2)}`, { token: rest.admin })).body).toMatchObject({
      type: 'Alarm 2',
      status: 'ACTIVE_UNACK',
    });
    expect((await rest.call('GET', `/api/alarm/info/${alarmId(3)}`, { token: rest.admin })).body).toMatchObject({ originatorName: 'Deleted' });
    expect((await rest.call('GET', `/api/alarm/${alarmId(2)}`, { token: rest.stranger })).status).toBe(403);
    expect((await rest.call('GET', `/api/alarm/info/${alarmId(2)}`, { token: rest.stranger })).status).toBe(404);
    expect(await rest.call('GET', `/api/alarm/${alarmId(2)}`, { token: rest.customer })).toMatchObject(denied);
    expect((await rest.call('GET', `/api/alarm/DEVICE/${device.id.id}?pageSize=1&page=0`, { token: rest.stranger })).status).toBe(404);
    expect((await rest.call('GET', '/api/alarms?pageSize=10&page=0', { token: rest.stranger })).body.totalElements).toBe(0);
  });
});
