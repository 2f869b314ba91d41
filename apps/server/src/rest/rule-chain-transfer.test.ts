// Goal: chains move between installations and tenants as rest-api.md §20.4 says, and the routes about output labels answer
// what §20.1 says. Method: a running API over memory stores with the shipped flow nodes.
import { plugin as flow } from '@fieldline/plugin-flow';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

const prefix = 'org.thingsboard.rule.engine.';
const callClass = `${prefix}flow.TbRuleChainInputNode`;
const outputClass = `${prefix}flow.TbRuleChainOutputNode`;
const log = defineRuleNode({
  ...{ type: 'action.log', version: 0, category: 'action', title: 'log', summary: 'Logs.', relationTypes: ['Success'] },
  thingsboard: { className: `${prefix}action.TbLogNode`, configurationVersion: 0, ownSettings: ['level'] },
  config: z.looseObject({}),
  defaults: {},
  onMessage: (message) => route('Success', message),
}) as AnyRuleNodeDefinition;

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest({ definitions: [...flow.nodes, log] });
});
afterAll(() => rest.close());

const get = (path: string, token = rest.admin) => rest.call('GET', `/api/${path}`, { token });
const post = (path: string, body?: object, token = rest.admin) => rest.call('POST', `/api/${path}`, { token, body });
const node = (type: string, name: string, configuration: object = {}) => ({ type, name, configurationVersion: 0, configuration });
const save = async (name: string, nodes: object[], connections: [number, number, string][] = [], token = rest.admin) => {
  const { id } = (await post('ruleChain', { name }, token)).body;
  const edges = connections.map(([fromIndex, toIndex, type]) => ({ fromIndex, toIndex, type }));
  const saved = await post('ruleChain/metadata', { ruleChainId: id, firstNodeIndex: 0, nodes, connections: edges }, token);
  expect(saved.status).toBe(200);
  return { id: id.id as string, metadata: saved.body };
};

describe('all chains in one document', () => {
  it('come back in another tenant, and call each other there', async () => {
    const called = await save('Called', [node(outputClass, 'Done')]);
    const calling = await save(
      'Calling',
      [node(callClass, 'Call', { ruleChainId: called.id }), node(`${prefix}action.TbLogNode`, 'Log', { level: 'warn' })],
      [[0, 1, 'Done']],
    );
    const { body: document } = await get('ruleChains/export?limit=100');
    expect(document.ruleChains.map(({ name }: { name: string }) => name)).toEqual(['Root Rule Chain', 'Called', 'Calling']);
    const text = JSON.stringify(document);
    for (const { id } of [called, calling, rest.one.chain]) expect(text).not.toContain(id);
    expect(document.metadata[2].nodes[1]).toMatchObject({
      ...{ id: null, ruleChainId: null, configuration: {} },
      additionalInfo: { fieldline: { settings: { level: 'warn' } } },
    });

    const imported = await post('ruleChains/import', document, rest.stranger);
    expect(imported.body).toMatchObject([{ ruleChainName: 'Root Rule Chain' }, { ruleChainName: 'Called' }, { ruleChainName: 'Calling' }]);
    expect(imported.text).not.toMatch(/updated|error/);
    const [, target, caller] = imported.body.map((one: { ruleChainId: { id: string } }) => one.ruleChainId.id) as string[];
    const { body: graph } = await get(`ruleChain/${caller}/metadata`, rest.stranger);
    expect(graph).toMatchObject({
      nodes: [
        { name: 'Call', configuration: { ruleChainId: target, forwardMsgToDefaultRuleChain: false }, configurationVersion: 1 },
        { configuration: { level: 'warn' } },
      ],
      connections: [{ fromIndex: 0, toIndex: 1, type: 'Done' }],
      firstNodeIndex: 0,
    });
    expect(graph.nodes[1].additionalInfo).toEqual({ layoutX: 0, layoutY: 0, description: '' });
    const roots = (await get('ruleChains?pageSize=100&page=0', rest.stranger)).body.data.filter((chain: { root: boolean }) => chain.root);
    expect(roots).toHaveLength(1);
  });

  it('take the place of chains of the same name and type where asked, which keep their root flag', async () => {
    const { body: document } = await get('ruleChains/export?limit=1', rest.stranger);
    document.metadata[0].nodes = [node('com.example.Later', 'L')];
    document.metadata[0].connections = null;
    document.metadata[0].firstNodeIndex = 0;
    const replaced = await post('ruleChains/import?overwrite=true', document, rest.stranger);
    expect(replaced.body).toMatchObject([{ ruleChainId: { id: rest.two.chain.id }, updated: true }]);
    expect((await get(`ruleChain/${rest.two.chain.id}`, rest.stranger)).body).toMatchObject({ root: true });
    expect((await get(`ruleChain/${rest.two.chain.id}/metadata`, rest.stranger)).body.nodes).toMatchObject([{ type: 'com.example.Later' }]);
    const added = await post('ruleChains/import?overwrite=false', document, rest.stranger);
    expect(added.body[0].ruleChainId.id).not.toBe(rest.two.chain.id);
  });

  it('that cannot be saved are told one by one', async () => {
    const id = (n: number) => ({ id: `00000000-0000-7000-8000-00000000000${n}` });
    const ruleChains = [
      { id: id(1), name: ' ' },
      { id: id(2), name: 'Loop' },
      { id: id(3), name: 'Older' },
    ];
    const metadata = [
      { ruleChainId: id(1), nodes: [] },
      { ruleChainId: id(2), nodes: [node('x', 'A')], connections: [{ fromIndex: 0, toIndex: 0, type: 'Success' }] },
      { ruleChainId: id(3), nodes: [node('x', 'A')], ruleChainConnections: [{ fromIndex: 0, targetRuleChainId: id(2), type: 'Success' }] },
    ];
    const { body } = await post('ruleChains/import', { ruleChains, metadata });
    expect(body).toMatchObject([
      { ruleChainId: null, error: 'Rule chain name should be specified!' },
      { ruleChainName: 'Loop', error: "Can't create the relation to yourself." },
      { ruleChainName: 'Older' },
    ]);
    expect(body[2].error).toBeUndefined();
    const { nodes } = (await get(`ruleChain/${body[2].ruleChainId.id}/metadata`)).body;
    expect(nodes[1]).toMatchObject({ type: callClass, name: 'Loop', configuration: { ruleChainId: body[1].ruleChainId.id } });
  });

  it('are limited in number, and the business of tenants', async () => {
    for (const limit of ['', '0', '1.5', '100000']) expect((await get(`ruleChains/export?limit=${limit}`)).status).toBe(400);
    expect(await get('ruleChains/export?limit=1', rest.customer)).toMatchObject(denied);
    expect(await post('ruleChains/import', { ruleChains: [], metadata: [] }, rest.system)).toMatchObject(denied);
  });
});

describe('output labels', () => {
  it('are listed with where they are used, and rename their users unless told otherwise', async () => {
    const called = await save('Labels', [node(outputClass, 'Warm'), node(outputClass, 'Cold')]);
    const calling = await save('Uses labels', [node(callClass, 'Call', { ruleChainId: called.id }), node('x', 'X')], [[0, 1, 'Warm']]);
    expect((await get(`ruleChain/${called.id}/output/labels`)).body).toEqual(['Cold', 'Warm']);
    expect((await get(`ruleChain/${called.id}/output/labels/usage`)).body).toEqual([
      {
        ruleChainId: { entityType: 'RULE_CHAIN', id: calling.id },
        ruleNodeId: calling.metadata.nodes[0].id,
        ruleChainName: 'Uses labels',
        ruleNodeName: 'Call',
        labels: ['Warm'],
      },
    ]);
    const rename = (name: string, query = '') => {
      const nodes = called.metadata.nodes.map((one: { name: string }, place: number) => (place === 0 ? { ...one, name } : one));
      return post(`ruleChain/metadata${query}`, { ...called.metadata, version: null, nodes });
    };
    const used = async () => (await get(`ruleChain/${calling.id}/metadata`)).body.connections[0].type;
    await rename('Hot');
    expect(await used()).toBe('Hot');
    await rename('Tepid', '?updateRelated=false');
    expect(await used()).toBe('Hot');
    expect(await get(`ruleChain/${called.id}/output/labels`, rest.stranger)).toMatchObject({ status: 404 });
    expect(await get(`ruleChain/${called.id}/output/labels/usage`, rest.stranger)).toMatchObject({ status: 404 });
  });
});

it('a default chain is made by name', async () => {
  const { body } = await post('ruleChain/device/default', { name: 'Boilers' });
  expect(body).toMatchObject({ name: 'Boilers', root: false, type: 'CORE' });
  expect((await get(`ruleChain/${body.id.id}/metadata`)).body).toMatchObject({ firstNodeIndex: 2, nodes: { length: 6 } });
  expect(await post('ruleChain/device/default', { name: ' ' })).toMatchObject(failure(400, 31, 'Rule chain name should be specified!'));
});
