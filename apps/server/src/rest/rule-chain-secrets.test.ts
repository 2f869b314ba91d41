// Goal: secrets of rule nodes go in and never come out (design.md §8), and clients that send back what they read lose none.
// Method: a running API over memory stores with shipped nodes that have secrets; what is stored is read from the store.
import { plugin as http } from '@fieldline/plugin-http';
import { plugin as rabbitmq } from '@fieldline/plugin-rabbitmq';
import { SECRET_MISSING, SECRET_SET } from '@fieldline/model';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

interface Node {
  readonly id: { readonly id: string };
  readonly configuration: Readonly<Record<string, unknown>>;
}

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest({ definitions: [...http.nodes, ...rabbitmq.nodes] });
});
afterAll(() => rest.close());

const post = (path: string, body?: object, token = rest.admin) => rest.call('POST', `/api/${path}`, { token, body });
const metadata = async (id: string, token = rest.admin) => (await rest.call('GET', `/api/ruleChain/${id}/metadata`, { token })).body;
const stored = async (id: string, tenantId = rest.one.tenantId) => {
  const chain = await rest.entities.find('ruleChain', tenantId, id);
  return chain?.nodes.map(({ config }) => config as Record<string, unknown>) ?? [];
};

const rabbit = {
  type: 'org.thingsboard.rule.engine.rabbitmq.TbRabbitMqNode',
  name: 'Forward',
  configuration: { host: 'broker', username: 'me', password: 'hunter2-of-rabbit' },
};
const call = {
  type: 'org.thingsboard.rule.engine.rest.TbRestApiCallNode',
  name: 'Call',
  configurationVersion: 4,
  configuration: {
    restEndpointUrlPattern: 'https://example.com',
    headers: { 'Content-Type': 'text/plain', Authorization: 'Bearer hunter2-of-header' },
    credentials: { type: 'basic', username: 'me', password: 'hunter2-of-basic' },
  },
};

let id: string;
let graph: { version: number; nodes: Node[] };
beforeEach(async () => {
  id = (await post('ruleChain', { name: 'Secrets' })).body.id.id;
  const saved = await post('ruleChain/metadata', { ruleChainId: { id }, nodes: [rabbit, call] });
  expect(saved.status).toBe(200);
  expect(saved.text).not.toContain('hunter2');
  graph = saved.body;
});

it('they are hidden in every answer and record, and stored as they are', async () => {
  const [forward, rest_] = graph.nodes.map(({ configuration }) => configuration);
  expect(forward).toMatchObject({ username: 'me', password: SECRET_SET });
  expect(rest_).toMatchObject({
    headers: { 'Content-Type': 'text/plain', Authorization: SECRET_SET },
    credentials: { type: 'basic', username: 'me', password: SECRET_SET },
  });
  expect(await stored(id)).toMatchObject([rabbit.configuration, call.configuration]);
  const changed = graph.nodes.map((node, place) => (place === 1 ? { ...node, configuration: call.configuration } : node));
  await post('ruleChain/metadata', { ...graph, nodes: changed });
  for (const path of [`ruleChain/${id}/metadata`, 'ruleChains/export?limit=100', `audit/logs/entity/RULE_CHAIN/${id}?pageSize=100&page=0`]) {
    const { status, text } = await rest.call('GET', `/api/${path}`, { token: rest.admin });
    expect([path, status]).toEqual([path, 200]);
    expect(text).not.toContain('hunter2');
  }
  expect(JSON.stringify(rest.told)).not.toContain('hunter2');
});

it('a client that sends back what it read keeps them, and one that sends another value changes that one', async () => {
  const nodes = graph.nodes.map((node) => ({ ...node, name: 'renamed' }));
  const again = await post('ruleChain/metadata', { ...graph, nodes });
  expect(again.status).toBe(200);
  expect(await stored(id)).toMatchObject([rabbit.configuration, call.configuration]);
  const [forward, ...others] = again.body.nodes as Node[];
  const replaced = { ...forward, configuration: { ...forward?.configuration, password: 'new' } };
  await post('ruleChain/metadata', { ...again.body, nodes: [replaced, ...others] });
  expect(await stored(id)).toMatchObject([{ password: 'new' }, call.configuration]);
});

it('nobody gets the secret of another node or place by saying it is set', async () => {
  const configuration = { host: 'elsewhere', password: SECRET_SET };
  const refused = (setting: string) => failure(400, 31, `'Forward' node is sent as if a secret of it were stored, and none is: ${setting}`);
  const copy = await post('ruleChain/metadata', { ...graph, nodes: [...graph.nodes, { ...rabbit, configuration }] });
  expect(copy).toMatchObject(refused('password'));
  const otherType = { ...rabbit, id: graph.nodes[1]?.id, configuration };
  expect(await post('ruleChain/metadata', { ...graph, nodes: [otherType] })).toMatchObject(refused('password'));
  const otherPlace = { ...rabbit, id: graph.nodes[0]?.id, configuration: { host: SECRET_SET } };
  expect((await post('ruleChain/metadata', { ...graph, nodes: [otherPlace] })).body.nodes[0].configuration.host).toBe('broker');
});

it('a file has none of them: imported elsewhere they are missing, until they are set', async () => {
  const { body: document } = await rest.call('GET', '/api/ruleChains/export?limit=100', { token: rest.admin });
  const imported = await post('ruleChains/import', document, rest.stranger);
  expect(imported.text).not.toContain('error');
  const made = imported.body.at(-1).ruleChainId.id as string;
  expect(await stored(made, rest.two.tenantId)).toMatchObject([{ password: SECRET_MISSING }, { headers: { Authorization: SECRET_MISSING } }]);
  // A save that leaves them missing is none of a secret's business.
  const read = await metadata(made, rest.stranger);
  expect((await post('ruleChain/metadata', read, rest.stranger)).status).toBe(200);
  expect((await metadata(made, rest.stranger)).nodes[0].configuration.password).toBe(SECRET_MISSING);
});

it('the first graph of a chain is an import as well, and values in a file are taken', async () => {
  const { id: made } = (await post('ruleChain', { name: 'By hand' })).body;
  const nodes = [rabbit, { ...rabbit, configuration: { host: 'broker', password: SECRET_SET } }];
  expect((await post('ruleChain/metadata', { ruleChainId: made, nodes })).status).toBe(200);
  expect(await stored(made.id)).toMatchObject([{ password: 'hunter2-of-rabbit' }, { password: SECRET_MISSING }]);
});
