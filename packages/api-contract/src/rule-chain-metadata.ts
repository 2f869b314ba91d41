import type { Connection, RuleChain, RuleNode } from '@fieldline/model';
import { contractErrors } from './errors.js';
import type { NodeCatalogue } from './node-catalogue.js';
import type { RuleChainGraphSave, WireRuleChainMetadata } from './rule-chain.js';
import type { GraphReading } from './rule-node-wire.js';
import { ruleNodeToWire, wireToRuleNode } from './rule-node-wire.js';
import { wireId } from './wire-id.js';

/** ThingsBoard's class of the node that calls another chain; the older `ruleChainConnections` become nodes of it. */
export const chainCallClassName = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode';

/** Name of such a node whose chain is not known, as ThingsBoard gives it. */
const chainCallName = 'Rule Chain Input';

/**
 * The graph of a chain in ThingsBoard's form. Connections name nodes by their place in `nodes`, which is sorted by id: all
 * nodes are as old as their chain (rest-api.md §20.3).
 */
export function ruleChainToMetadata(chain: RuleChain, catalogue: NodeCatalogue): WireRuleChainMetadata {
  const nodes = [...chain.nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
  const places = new Map(nodes.map((node, place) => [node.id, place]));
  const connections = chain.connections
    .map((connection) => ({
      fromIndex: places.get(connection.fromId) ?? -1,
      toIndex: places.get(connection.toId) ?? -1,
      type: connection.relationType,
    }))
    .sort((a, b) => a.fromIndex - b.fromIndex || a.toIndex - b.toIndex || (a.type < b.type ? -1 : 1));
  const first = chain.firstNodeId === undefined ? undefined : places.get(chain.firstNodeId);
  return {
    ruleChainId: wireId('RULE_CHAIN', chain.id),
    version: chain.version,
    firstNodeIndex: first ?? null,
    nodes: nodes.map((node) => ruleNodeToWire(node, chain, catalogue)),
    connections: connections.length === 0 ? null : connections,
    ruleChainConnections: null,
    ...(chain.notes.length === 0 ? {} : { notes: chain.notes }),
  };
}

/** The part of a rule chain that saving metadata replaces. */
export type RuleChainGraph = Pick<RuleChain, 'nodes' | 'connections' | 'notes'> & { readonly firstNodeId: string | undefined };

/**
 * Reads ThingsBoard's form of a graph: of a request, an exported file or an older version.
 *
 * @throws CONTRACT_NODE_INDEX_OUT_OF_RANGE where a connection or the first node names a place outside `nodes`
 */
export function metadataToRuleChain(metadata: RuleChainGraphSave, catalogue: NodeCatalogue, reading: GraphReading): RuleChainGraph {
  const nodes = (metadata.nodes ?? []).map((node) => wireToRuleNode(node, catalogue, reading));
  const at = (place: number): RuleNode => {
    const node = nodes[place];
    if (node === undefined) throw contractErrors.NODE_INDEX_OUT_OF_RANGE({ place, nodes: nodes.length });
    return node;
  };
  const connections: Connection[] = (metadata.connections ?? []).map(({ fromIndex, toIndex, type }) => ({
    fromId: at(fromIndex).id,
    toId: at(toIndex).id,
    relationType: type,
  }));
  const first = metadata.firstNodeIndex;
  const firstNodeId = first === null || first === undefined || first === -1 ? undefined : at(first).id;
  const calls = new Map<string, RuleNode>();
  for (const call of metadata.ruleChainConnections ?? []) {
    const { id } = call.targetRuleChainId;
    const place = `${id} ${call.additionalInfo?.layoutX} ${call.additionalInfo?.layoutY}`;
    const node = calls.get(place) ?? chainCallNode(call, catalogue, reading);
    calls.set(place, node);
    connections.push({ fromId: at(call.fromIndex).id, toId: node.id, relationType: call.type });
  }
  return { nodes: [...nodes, ...calls.values()], connections: unique(connections), firstNodeId, notes: metadata.notes ?? [] };
}

type ChainConnection = NonNullable<RuleChainGraphSave['ruleChainConnections']>[number];

function chainCallNode({ targetRuleChainId: { id }, additionalInfo }: ChainConnection, catalogue: NodeCatalogue, reading: GraphReading): RuleNode {
  const drawn = {
    type: chainCallClassName,
    name: reading.chainNames?.get(id) ?? chainCallName,
    configuration: { ruleChainId: id },
    additionalInfo: { layoutX: additionalInfo?.layoutX ?? null, layoutY: additionalInfo?.layoutY ?? null },
  };
  return wireToRuleNode(drawn, catalogue, reading);
}

/** Several connections between two nodes may differ in relation type only; equal ones are one. */
function unique(connections: readonly Connection[]): Connection[] {
  const seen = new Map(connections.map((c) => [`${c.fromId} ${c.toId} ${c.relationType}`, c]));
  return [...seen.values()];
}
