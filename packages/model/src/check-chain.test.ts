import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologicalOrder } from './chain-graph.js';
import type { NodeCatalogue } from './check-chain.js';
import { checkChain } from './check-chain.js';
import { rootRuleChain } from './default-chains.js';
import type { Connection, RuleChain } from './rule-chain.js';
import { ruleChainSchema } from './rule-chain.js';

const catalogue: NodeCatalogue = {
  facts(type) {
    if (type === 'unknown') return undefined;
    return {
      relationTypes: type === 'switch' ? 'custom' : ['True', 'False'],
      hasInput: type !== 'generator',
      configIssues: (config) => (config === 'bad' ? ['the period is 0.'] : []),
      deprecated: type === 'old' ? 'Use the new one.' : undefined,
      needsPlugin: type === 'foreign' ? 'cloud' : undefined,
    };
  },
};

const node = (id: string, type = 'filter', config: RuleChain['nodes'][number]['config'] = {}): RuleChain['nodes'][number] => ({
  id,
  type,
  name: id.toUpperCase(),
  configVersion: 1,
  config,
  isSingleton: false,
  debug: { failures: false, allUntilMs: 0 },
  layout: { x: 0, y: 0 },
});
const line = (path: string, relationType = 'True'): Connection => {
  const [fromId = '', toId = ''] = path.split('>');
  return { fromId, toId, relationType };
};
const codes = (chain: { nodes: RuleChain['nodes']; connections?: Connection[]; firstNodeId?: string }): string[] =>
  checkChain({ connections: [], firstNodeId: 'a', ...chain }, catalogue).map(({ code, nodeId }) => `${code} ${nodeId ?? '-'}`);

test('a sound chain has no complaints', () => {
  expect(codes({ nodes: [node('a'), node('b')], connections: [line('a>b'), line('a>b', 'Failure')] })).toEqual([]);
});

test.each([
  { why: 'no first node', chain: { nodes: [], firstNodeId: 'gone' }, found: ['E201 -'] },
  { why: 'settings that do not fit', chain: { nodes: [node('a', 'filter', 'bad')] }, found: ['E101 a'] },
  { why: 'a type that is not installed', chain: { nodes: [node('a', 'unknown')] }, found: ['E104 a'] },
  { why: 'two nodes of one id', chain: { nodes: [node('a'), node('a')] }, found: ['E207 a'] },
  { why: 'a connection to nowhere', chain: { nodes: [node('a')], connections: [line('a>z')] }, found: ['E205 a'] },
  {
    why: 'a connection twice, whatever its case',
    chain: { nodes: [node('a'), node('b')], connections: [line('a>b'), line('a>b', 'TRUE')] },
    found: ['E204 a'],
  },
  { why: 'a connection to itself', chain: { nodes: [node('a')], connections: [line('a>a')] }, found: ['E203 a'] },
  { why: 'a connection into a generator', chain: { nodes: [node('a'), node('g', 'generator')], connections: [line('a>g')] }, found: ['E206 a'] },
  { why: 'a relation type that never comes', chain: { nodes: [node('a'), node('b')], connections: [line('a>b', 'Maybe')] }, found: ['W309 a'] },
  { why: 'a kind that is not offered any more', chain: { nodes: [node('a', 'old')] }, found: ['W310 a'] },
  { why: 'a kind whose plugin is missing', chain: { nodes: [node('a', 'foreign')] }, found: ['W311 a'] },
  { why: 'a node out of reach', chain: { nodes: [node('a'), node('b')] }, found: ['W303 b'] },
])('complains about $why', ({ chain, found }) => {
  expect(codes(chain)).toEqual(found);
});

test('custom relation types, labels in another case and what a generator feeds are fine', () => {
  const nodes = [node('a', 'switch'), node('b'), node('g', 'generator'), node('h')];
  expect(codes({ nodes, connections: [line('a>b', 'anything'), line('g>h', 'tRUE')] })).toEqual([]);
});

test('a loop is named along its way', () => {
  const nodes = [node('a'), node('b'), node('c')];
  const complaints = checkChain({ firstNodeId: 'a', nodes, connections: [line('a>b'), line('b>c'), line('c>b')] }, catalogue);
  expect(complaints.map(({ message }) => message)).toEqual(['Loop #2 "B" → #3 "C" → #2 "B". A message would circle until the hop limit.']);
});

test('all complaints come at once', () => {
  expect(codes({ nodes: [node('a', 'filter', 'bad'), node('b', 'unknown')], connections: [line('a>a')] })).toEqual([
    'E101 a',
    'E104 b',
    'E203 a',
    'W303 b',
  ]);
});

test('a chain of 20,000 nodes in a row is walked', () => {
  const nodes = Array.from({ length: 20_000 }, (_, n) => node(`n${n}`));
  const connections = nodes.slice(1).map((to, n) => line(`n${n}>${to.id}`));
  expect(codes({ nodes, connections, firstNodeId: 'n0' })).toEqual([]);
});

test('an acyclic graph has a topological order in which every edge leads onward, any other is complained about', () => {
  const edges = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 12 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const ids = Array.from({ length: 7 }, (_, n) => `n${n}`);
      const connections = pairs.filter(([a, b]) => a !== b).map(([a, b]) => line(`n${a}>n${b}`));
      const order = topologicalOrder(ids, connections);
      expect([...order].sort()).toEqual(ids);
      const isOnward = connections.every(({ fromId, toId }) => order.indexOf(fromId) < order.indexOf(toId));
      const hasLoop = checkChain({ firstNodeId: 'n0', nodes: ids.map((id) => node(id)), connections }, catalogue).some(({ code }) => code === 'E202');
      expect(hasLoop).toBe(!isOnward);
    }),
  );
});

test('the root rule chain of a new tenant is a valid document with the switch first', () => {
  let count = 0;
  const chain = rootRuleChain({ ids: { next: () => `id-${(count += 1)}` }, tenantId: 't', nowMs: 5 });
  expect(ruleChainSchema.parse(chain)).toEqual(chain);
  expect(chain.nodes.find(({ id }) => id === chain.firstNodeId)?.type).toBe('filter.message-type-switch');
  const all: NodeCatalogue = { facts: () => ({ relationTypes: 'custom', hasInput: true, configIssues: () => [] }) };
  expect(checkChain(chain, all)).toEqual([]);
});
