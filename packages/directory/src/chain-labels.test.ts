// Goal: whoever renames an output node of a chain does not cut off the chains that call it (rest-api.md §20.3). Method: a
// directory over the memory store, with chains that call each other.
import type { RuleNode } from '@fieldline/model';
import { beforeEach, describe, expect, it } from 'vitest';
import { renamedLabels } from './chain-labels.js';
import { openDirectory } from './directory.fixture.js';

let d: Awaited<ReturnType<typeof openDirectory>>;
beforeEach(async () => {
  d = await openDirectory();
});

const node = (id: string, type: string, name: string, config: RuleNode['config'] = {}): RuleNode => ({
  ...{ id, type, name, config, configVersion: 1, isSingleton: false },
  ...{ debug: { failures: false, allUntilMs: 0 }, layout: { x: 0, y: 0 } },
});
const output = (id: string, name: string): RuleNode => node(id, 'flow.output', name);
const graph = (nodes: readonly RuleNode[], edges: readonly (readonly [string, string, string])[] = []) => ({
  nodes: [...nodes],
  connections: edges.map(([fromId, relationType, toId]) => ({ fromId, toId, relationType })),
  firstNodeId: undefined,
  notes: [],
});
const types = async (id: string) => (await d.chains.get(d.admin, id)).connections.map(({ relationType }) => relationType);

describe('labels of output nodes', () => {
  let called: string;
  let outputs: readonly RuleNode[];
  let caller: string;
  beforeEach(async () => {
    called = (await d.chains.save(d.admin, { name: 'Called' })).id;
    outputs = (await d.chains.saveGraph(d.admin, called, graph([output('1', 'Warm'), output('2', 'Cold'), output('3', 'Cold')]))).nodes;
    caller = (await d.chains.save(d.admin, { name: 'Calling' })).id;
    const call = node('c', 'flow.rule-chain', 'Call', { ruleChainId: called });
    const other = node('o', 'flow.rule-chain', 'Other', { ruleChainId: caller });
    const ends = ['x', 'y'].map((id) => node(id, 'action.log', id));
    const edges = [
      ['c', 'Warm', 'x'],
      ['c', 'Cold', 'y'],
      ['o', 'Warm', 'x'],
    ] as const;
    await d.chains.saveGraph(d.admin, caller, graph([call, other, ...ends], edges));
  });
  const rename = (names: readonly string[]) =>
    d.chains.saveGraph(d.admin, called, graph(outputs.map((one, place) => ({ ...one, name: names[place] ?? one.name }))), { updatesUsers: true });

  it('are listed once each, with where they are used', async () => {
    expect(await d.chains.outputLabels(d.admin, called)).toEqual(['Cold', 'Warm']);
    const place = { ruleChainId: caller, ruleChainName: 'Calling', ruleNodeName: 'Call' };
    expect(await d.chains.labelUsage(d.admin, called)).toMatchObject([{ ...place, labels: ['Cold', 'Warm'] }]);
    expect(await d.chains.labelUsage(d.admin, d.one.chain.id)).toEqual([]);
  });

  it('take the connections of callers along when they are renamed', async () => {
    await rename(['Hot']);
    expect(await types(caller)).toEqual(['Hot', 'Cold', 'Warm']);
    expect(d.published.at(-1)).toMatchObject({ kind: 'ruleChain', id: caller, version: 3 });
  });

  it('that go two ways, or that another node keeps, leave callers alone', async () => {
    await rename(['Warm', 'Icy', 'Frosty']);
    await rename(['Warm', 'Icy', 'Cold']);
    expect(await types(caller)).toEqual(['Warm', 'Cold', 'Warm']);
    expect([...renamedLabels({ nodes: [...outputs] }, { nodes: [output(outputs[1]?.id ?? '', 'Icy'), output('9', 'Cold')] })]).toEqual([]);
  });

  it('are renamed nowhere unless asked for', async () => {
    await d.chains.saveGraph(d.admin, called, graph(outputs.map((one) => ({ ...one, name: 'New' }))));
    expect(await types(caller)).toEqual(['Warm', 'Cold', 'Warm']);
  });
});

it('a default chain is the chain tenants start with, and not the root', async () => {
  const chain = await d.chains.createDefault(d.admin, ' Boilers ');
  expect(chain).toMatchObject({ name: 'Boilers', isRoot: false, nodes: { length: 6 }, connections: { length: 5 } });
  expect(chain.firstNodeId).toBe(chain.nodes[2]?.id);
});

it('what an import left with a node stays with it', async () => {
  const { id } = await d.chains.save(d.admin, { name: 'Imported' });
  const imported = { ...node('n', 'unknown.type', 'N'), externalId: 'e', otherMembers: { later: 1 } };
  const [stored] = (await d.chains.saveGraph(d.admin, id, graph([imported]))).nodes;
  const { externalId: _e, otherMembers: _o, ...sentBack } = stored ?? imported;
  expect((await d.chains.saveGraph(d.admin, id, graph([sentBack]))).nodes[0]).toMatchObject({ externalId: 'e', otherMembers: { later: 1 } });
});
