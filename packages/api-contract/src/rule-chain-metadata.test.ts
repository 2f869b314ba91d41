import type { RuleChain } from '@fieldline/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataToRuleChain, nodeCatalogue, ruleChainMetadataSaveSchema, ruleChainToMetadata, wireRuleChainMetadataSchema } from './index.js';

const catalogue = nodeCatalogue([
  { type: 'filter.script', version: 3, thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbJsFilterNode', configurationVersion: 1 } },
  {
    type: 'flow.rule-chain',
    version: 1,
    thingsboard: { className: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode', configurationVersion: 1 },
  },
  { type: 'filter.deadband', version: 2 },
]);
const nowMs = 1_700_000_000_000;
const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const chainOf = (types: readonly string[], edges: readonly (readonly [number, number, string])[]): RuleChain => ({
  id: uuid(900_000),
  tenantId: uuid(900_001),
  createdAtMs: nowMs,
  version: 4,
  name: 'Chain',
  type: 'CORE',
  isRoot: false,
  ...(types.length === 0 ? {} : { firstNodeId: uuid(0) }),
  nodes: types.map((type, n) => ({
    id: uuid(n),
    type,
    name: `Node ${n}`,
    configVersion: n % 4,
    config: { n },
    isSingleton: n % 2 === 1,
    debug: { failures: true, allUntilMs: nowMs + n },
    layout: { x: n, y: n / 2 },
    ...(n % 2 === 0 ? {} : { additionalInfo: { color: n }, otherMembers: { later: { n } }, externalId: uuid(n + 500) }),
  })),
  connections: edges.map(([from, to, relationType]) => ({ fromId: uuid(from), toId: uuid(to), relationType })),
  notes: [],
});

const read = (metadata: unknown) => metadataToRuleChain(ruleChainMetadataSaveSchema.parse(metadata), catalogue, { newId: () => uuid(77), nowMs });

describe('rule chain metadata', () => {
  it('comes back from the wire as it went out, whatever the node types', () => {
    const type = fc.constantFrom('filter.script', 'filter.deadband', 'com.example.Unknown');
    const chain = fc.array(type, { minLength: 1, maxLength: 8 }).chain((types) =>
      fc
        .uniqueArray(fc.tuple(fc.nat(types.length - 1), fc.nat(types.length - 1), fc.constantFrom('True', 'False', 'Success')), {
          maxLength: 12,
          selector: (edge) => edge.join(' '),
        })
        .map((edges) => chainOf(types, edges)),
    );
    fc.assert(
      fc.property(chain, (one) => {
        const wire = wireRuleChainMetadataSchema.parse(ruleChainToMetadata(one, catalogue));
        const graph = read(JSON.parse(JSON.stringify(wire)));
        // Settings of older versions come back as the newest.
        const newest = (node: RuleChain['nodes'][number]) => ({
          ...node,
          configVersion: Math.max(node.configVersion, catalogue.byType(node.type)?.version ?? 0),
        });
        expect(graph.nodes).toEqual(one.nodes.map(newest));
        expect(graph.firstNodeId).toBe(one.firstNodeId);
        const order = (c: RuleChain['connections']) => c.map((x) => Object.values(x).join(' ')).sort();
        expect(order(graph.connections)).toEqual(order(one.connections));
      }),
    );
  });

  it('names known nodes by their ThingsBoard class and version, and keeps unknown names', () => {
    const wire = ruleChainToMetadata(chainOf(['filter.script', 'com.example.Unknown'], [[0, 1, 'True']]), catalogue);
    expect(wire.nodes.map((node) => node.type)).toEqual(['org.thingsboard.rule.engine.filter.TbJsFilterNode', 'com.example.Unknown']);
    expect(wire.nodes[0]?.configurationVersion).toBe(-2);
    expect(read({ ...wire, nodes: [{ ...wire.nodes[0], configurationVersion: 1 }], connections: [] }).nodes[0]?.configVersion).toBe(3);
  });

  it('answers null for connections where there are none, and for a missing first node', () => {
    expect(ruleChainToMetadata(chainOf([], []), catalogue)).toMatchObject({ connections: null, ruleChainConnections: null, firstNodeIndex: null });
  });

  it('refuses a connection to a node that is not listed', () => {
    const nodes = [{ type: 'filter.script', name: 'A' }];
    expect(() => read({ ruleChainId: { id: uuid(1) }, nodes, connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }] })).toThrow(
      /Rule node 1 does not exist/,
    );
  });

  it('turns older chain connections into rule chain nodes', () => {
    const graph = read({
      ruleChainId: { id: uuid(1) },
      nodes: [{ id: { id: uuid(2) }, type: 'filter.script', name: 'A' }],
      ruleChainConnections: [{ fromIndex: 0, targetRuleChainId: { id: uuid(5) }, type: 'True', additionalInfo: { layoutX: 3, layoutY: 4 } }],
    });
    expect(graph.nodes[1]).toMatchObject({ type: 'flow.rule-chain', config: { ruleChainId: uuid(5) }, layout: { x: 3, y: 4 } });
    expect(graph.connections).toEqual([{ fromId: uuid(2), toId: uuid(77), relationType: 'True' }]);
  });

  it('makes one node of older connections to the same place, and names it after its chain', () => {
    const call = { targetRuleChainId: { id: uuid(5) }, type: 'True', additionalInfo: { layoutX: 3, layoutY: 4 } };
    const document = {
      ruleChainId: { id: uuid(1) },
      nodes: [0, 1].map((n) => ({ id: { id: uuid(n) }, type: 'filter.script', name: 'A' })),
      ruleChainConnections: [
        { ...call, fromIndex: 0 },
        { ...call, fromIndex: 1 },
      ],
    };
    const parsed = ruleChainMetadataSaveSchema.parse(document);
    const reading = { newId: () => uuid(77), nowMs };
    expect(metadataToRuleChain(parsed, catalogue, reading)).toMatchObject({
      nodes: [{ name: 'A' }, { name: 'A' }, { name: 'Rule Chain Input' }],
      connections: [{ fromId: uuid(0) }, { fromId: uuid(1), toId: uuid(77) }],
    });
    const named = metadataToRuleChain(parsed, catalogue, { ...reading, chainNames: new Map([[uuid(5), 'Alarms']]) });
    expect(named.nodes[2]?.name).toBe('Alarms');
  });

  it('lists nodes by id and connections by their places', () => {
    const chain = chainOf(['filter.script', 'filter.script'], [[0, 1, 'True']]);
    const wire = ruleChainToMetadata({ ...chain, nodes: [...chain.nodes].reverse() }, catalogue);
    expect(wire.nodes.map((node) => node.id.id)).toEqual([uuid(0), uuid(1)]);
    expect(wire).toMatchObject({ firstNodeIndex: 0, connections: [{ fromIndex: 0, toIndex: 1 }] });
  });

  it('records everything for a quarter of an hour at most', () => {
    const node = (extra: object) => read({ ruleChainId: { id: uuid(1) }, nodes: [{ type: 'x', name: 'A', ...extra }] }).nodes[0]?.debug;
    expect(node({ debugSettings: { allEnabled: true } })).toEqual({ failures: false, allUntilMs: nowMs + 900_000 });
    expect(node({ debugSettings: { allEnabledUntil: nowMs * 2 } })).toEqual({ failures: false, allUntilMs: nowMs + 900_000 });
    expect(node({ debugMode: true })).toEqual({ failures: true, allUntilMs: nowMs + 900_000 });
  });
});
