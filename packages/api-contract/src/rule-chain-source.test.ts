// Goal: a chain's source says what the chain is and nothing else: it comes back as it was, does not change where the chain
// does not, and is the same from every server. Method: a chain with every sort of member, written, read and written again.
import type { RuleChain } from '@fieldline/model';
import { describe, expect, it } from 'vitest';
import {
  chainToSource,
  metadataToRuleChain,
  nodeCatalogue,
  ruleChainMetadataSaveSchema,
  ruleChainSourceSchema,
  ruleChainToMetadata,
  ruleChainToWire,
  type SourceNames,
  sourceToGraph,
} from './index.js';

const className = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode';
const catalogue = nodeCatalogue([{ type: 'flow.rule-chain', version: 1, thingsboard: { className, configurationVersion: 1 } }]);
const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const namesOf = (lasting: ReadonlyMap<string, string>): SourceNames => {
  const here = new Map([...lasting].map(([id, one]) => [one, id]));
  return {
    typeOf: (clazz) => (clazz === className ? 'flow.rule-chain' : clazz),
    classOf: (type) => (type === 'flow.rule-chain' ? className : type),
    lastingChainId: (id) => lasting.get(id) ?? id,
    chainIdHere: (id) => here.get(id) ?? id,
  };
};
const node = (n: number, more: object = {}): RuleChain['nodes'][number] => ({
  ...{ id: uuid(n), type: 'com.example.Any', name: `Node ${n}`, configVersion: 3, config: { z: 1, a: { z: 1, a: 2 } }, isSingleton: false },
  ...{ debug: { failures: false, allUntilMs: 0 }, layout: { x: n, y: 2 } },
  ...more,
});
const chain: RuleChain = {
  ...{ id: uuid(100), tenantId: uuid(101), createdAtMs: 1, version: 4, name: 'Chain', type: 'CORE', isRoot: true, firstNodeId: uuid(2) },
  nodes: [
    node(1, { description: 'd', queueName: 'Q', isSingleton: true, debug: { failures: true, allUntilMs: 0 }, additionalInfo: { icon: 'x' } }),
    node(2, { type: 'flow.rule-chain', configVersion: 1, config: { ruleChainId: uuid(200), forwardMsgToDefaultRuleChain: false } }),
    node(3),
  ],
  connections: [
    { fromId: uuid(2), toId: uuid(3), relationType: 'Warm' },
    { fromId: uuid(2), toId: uuid(1), relationType: 'Warm' },
    { fromId: uuid(2), toId: uuid(1), relationType: 'Cold' },
  ],
  notes: [{ id: 'n', content: 'c' }],
  additionalInfo: { description: 'x' },
};
const sourceOf = (one: RuleChain, names = namesOf(new Map([[uuid(200), uuid(900)]]))) =>
  ruleChainSourceSchema.parse(chainToSource(ruleChainToWire(one, 0), ruleChainToMetadata(one, catalogue), names));
/** What a server makes of a source. */
const savedFrom = (source: ReturnType<typeof sourceOf>, before: RuleChain, names: SourceNames): RuleChain => {
  const body = { ...sourceToGraph(source, ruleChainToMetadata(before, catalogue), names), ruleChainId: { id: before.id } };
  let made = 500;
  const reading = { newId: () => uuid((made -= 1)), nowMs: 0 };
  const { firstNodeId, ...graph } = metadataToRuleChain(ruleChainMetadataSaveSchema.parse(body), catalogue, reading);
  const { name, type, additionalInfo } = source;
  return {
    ...before,
    ...graph,
    name,
    type,
    ...(firstNodeId === undefined ? {} : { firstNodeId }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
};

describe('the source of a chain', () => {
  it('says what the chain is, the layout apart', () => {
    const source = sourceOf(chain);
    expect(source).toMatchObject({ id: uuid(100), entry: uuid(2), layout: { [uuid(1)]: { x: 1, y: 2 } } });
    expect(source.nodes.map(({ id, to }) => [id, to])).toEqual([
      [uuid(1), undefined],
      [uuid(2), { Cold: [uuid(1)], Warm: [uuid(1), uuid(3)] }],
      [uuid(3), undefined],
    ]);
    expect(source.nodes[1]).toMatchObject({ type: 'flow.rule-chain', settings: { ruleChainId: uuid(900) } });
    expect(JSON.stringify(source.nodes[2]?.settings)).toBe('{"a":{"z":1,"a":2},"z":1}');
    expect(JSON.stringify(source)).not.toMatch(/isRoot|tenant|createdTime|allUntil/);
  });

  it('is the same whatever order nodes and connections have', () => {
    const mixed = { ...chain, nodes: [...chain.nodes].reverse(), connections: [...chain.connections].reverse(), version: 9 };
    expect(JSON.stringify(sourceOf(mixed))).toBe(JSON.stringify(sourceOf(chain)));
  });

  it('comes back as the chain it was, with the nodes it has', () => {
    const names = namesOf(new Map([[uuid(200), uuid(900)]]));
    const { connections, ...back } = savedFrom(sourceOf(chain), chain, names);
    expect(back).toEqual({ ...chain, connections: undefined });
    expect(connections).toHaveLength(3);
    expect(sourceOf({ ...back, connections })).toEqual(sourceOf(chain));
  });

  it('is the same from a server it was brought to, where all ids are others', () => {
    const names = namesOf(new Map([[uuid(300), uuid(900)]]));
    const empty = { ...chain, id: uuid(400), externalId: uuid(100), nodes: [], connections: [], notes: [] };
    const there = savedFrom(sourceOf(chain), empty, names);
    expect(there.nodes.map(({ id }) => id)).toEqual([uuid(499), uuid(498), uuid(497)]);
    expect(there.nodes[1]?.config).toMatchObject({ ruleChainId: uuid(300) });
    expect(JSON.stringify(sourceOf(there, names))).toBe(JSON.stringify(sourceOf(chain)));
    const again = savedFrom(sourceOf(chain), there, names);
    expect(again.nodes.map(({ id }) => id)).toEqual(there.nodes.map(({ id }) => id));
  });
});
