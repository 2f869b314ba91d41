import type { Connection, JsonValue, RuleChain, RuleNode } from '@fieldline/model';
import { nodeInfo } from '@fieldline/model';
import { contractErrors } from './errors.js';
import { API_DEBUG_ALL_MS } from './limits.js';
import type { NodeCatalogue } from './node-catalogue.js';
import { toClassName, toNodeType } from './node-catalogue.js';
import type { RuleChainMetadataSave, RuleNodeSave, WireRuleChainMetadata, WireRuleNode } from './rule-chain.js';
import { wireId } from './wire-id.js';

/** ThingsBoard's class of the node that calls another chain; the older `ruleChainConnections` become nodes of it. */
const chainCallClassName = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode';

/** The graph of a chain in ThingsBoard's form. Connections name nodes by their place in `nodes`. */
export function ruleChainToMetadata(chain: RuleChain, catalogue: NodeCatalogue): WireRuleChainMetadata {
  const places = new Map(chain.nodes.map((node, place) => [node.id, place]));
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
    nodes: chain.nodes.map((node) => ruleNodeToWire(node, chain, catalogue)),
    connections: connections.length === 0 ? null : connections,
    ruleChainConnections: null,
    ...(chain.notes.length === 0 ? {} : { notes: chain.notes }),
  };
}

function ruleNodeToWire(node: RuleNode, chain: RuleChain, catalogue: NodeCatalogue): WireRuleNode {
  const named = toClassName(catalogue, { type: node.type, version: node.configVersion });
  return {
    id: wireId('RULE_NODE', node.id),
    createdTime: chain.createdAtMs,
    ruleChainId: wireId('RULE_CHAIN', chain.id),
    type: named.type,
    name: node.name,
    debugSettings: { failuresEnabled: node.debug.failures, allEnabled: false, allEnabledUntil: node.debug.allUntilMs },
    singletonMode: node.isSingleton,
    queueName: node.queueName ?? null,
    configurationVersion: named.version,
    configuration: node.config,
    externalId: null,
    additionalInfo: { ...nodeInfo(node) },
  };
}

/** The part of a rule chain that saving metadata replaces. */
export type RuleChainGraph = Pick<RuleChain, 'nodes' | 'connections' | 'notes'> & { readonly firstNodeId: string | undefined };

/**
 * Reads ThingsBoard's form of a graph.
 *
 * @param options.newId makes ids for nodes that have none
 * @throws CONTRACT_NODE_INDEX_OUT_OF_RANGE where a connection or the first node names a place outside `nodes`
 */
export function metadataToRuleChain(
  metadata: RuleChainMetadataSave,
  catalogue: NodeCatalogue,
  options: { readonly newId: () => string; readonly nowMs: number },
): RuleChainGraph {
  const nodes = (metadata.nodes ?? []).map((node) => savedNode(node, catalogue, options));
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
  const calls = (metadata.ruleChainConnections ?? []).map((call) => {
    const node = chainCallNode(call, catalogue, options.newId());
    connections.push({ fromId: at(call.fromIndex).id, toId: node.id, relationType: call.type });
    return node;
  });
  return { nodes: [...nodes, ...calls], connections: unique(connections), firstNodeId, notes: metadata.notes ?? [] };
}

function savedNode(node: RuleNodeSave, catalogue: NodeCatalogue, options: { newId: () => string; nowMs: number }): RuleNode {
  const named = toNodeType(catalogue, { type: node.type, version: node.configurationVersion ?? 0 });
  const layout = node.additionalInfo;
  return {
    id: node.id?.id ?? options.newId(),
    type: named.type,
    name: node.name,
    configVersion: named.version,
    config: node.configuration ?? {},
    ...(node.queueName === null || node.queueName === undefined ? {} : { queueName: node.queueName }),
    isSingleton: node.singletonMode ?? false,
    debug: debugOf(node, options.nowMs),
    layout: { x: layout?.layoutX ?? 0, y: layout?.layoutY ?? 0 },
    ...(layout?.description === null || layout?.description === undefined || layout.description === '' ? {} : { description: layout.description }),
  };
}

/** "Everything" is recorded for a while only, whatever the request says. */
function debugOf(node: RuleNodeSave, nowMs: number): RuleNode['debug'] {
  const latest = nowMs + API_DEBUG_ALL_MS;
  const settings = node.debugSettings;
  if (settings === null || settings === undefined) {
    return node.debugMode === true ? { failures: true, allUntilMs: latest } : { failures: false, allUntilMs: 0 };
  }
  const until = settings.allEnabled === true ? latest : Math.min(settings.allEnabledUntil ?? 0, latest);
  return { failures: settings.failuresEnabled ?? false, allUntilMs: until };
}

function chainCallNode(call: NonNullable<RuleChainMetadataSave['ruleChainConnections']>[number], catalogue: NodeCatalogue, id: string): RuleNode {
  const config: Record<string, JsonValue> = { ruleChainId: call.targetRuleChainId.id };
  const named = toNodeType(catalogue, { type: chainCallClassName, version: 0 });
  return {
    id,
    type: named.type,
    name: '',
    configVersion: named.version,
    config: config as RuleNode['config'],
    isSingleton: false,
    debug: { failures: false, allUntilMs: 0 },
    layout: { x: call.additionalInfo?.layoutX ?? 0, y: call.additionalInfo?.layoutY ?? 0 },
  };
}

/** Several connections between two nodes may differ in relation type only; equal ones are one. */
function unique(connections: readonly Connection[]): Connection[] {
  const seen = new Map(connections.map((c) => [`${c.fromId} ${c.toId} ${c.relationType}`, c]));
  return [...seen.values()];
}
