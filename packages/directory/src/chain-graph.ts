import type { IdSource } from '@fieldline/kernel';
import type { NodeCatalogue, RuleChain, RuleNode } from '@fieldline/model';
import { checkChain, hideSecrets, keepSecrets } from '@fieldline/model';
import { directoryErrors } from './errors.js';
import { COMPLAINTS_TOLD_MAX } from './limits.js';

/** The part of a chain that the editor draws. */
export type RuleChainGraph = Pick<RuleChain, 'nodes' | 'connections' | 'notes'> & { readonly firstNodeId: string | undefined };

/**
 * Refuses what the compatible API refuses; an unknown node type or an unreachable node is stored (rest-api.md §20.3).
 *
 * @throws DIRECTORY_CHAIN_SELF_CONNECTION, DIRECTORY_CHAIN_LOOP, DIRECTORY_CHAIN_NODE_TWICE, DIRECTORY_CHAIN_NODE_SETTINGS
 */
export function checkGraph({ firstNodeId, nodes, connections }: RuleChainGraph, catalogue: NodeCatalogue): void {
  const complaints = checkChain({ nodes, connections, ...(firstNodeId === undefined ? {} : { firstNodeId }) }, catalogue);
  const of = (code: string) => complaints.filter((complaint) => complaint.code === code);
  const [twice] = of('E207');
  if (twice?.nodeId !== undefined) throw directoryErrors.CHAIN_NODE_TWICE({ id: twice.nodeId });
  if (of('E203').length > 0) throw directoryErrors.CHAIN_SELF_CONNECTION();
  const loops = of('E202').map((complaint) => complaint.message);
  if (loops.length > 0) throw directoryErrors.CHAIN_LOOP({ loops: loops.slice(0, COMPLAINTS_TOLD_MAX) });
  for (const node of nodes) {
    const issues = catalogue.facts(node.type)?.configIssues(node.config, node.configVersion) ?? [];
    if (issues.length > 0) throw directoryErrors.CHAIN_NODE_SETTINGS({ name: node.name, issues: issues.slice(0, COMPLAINTS_TOLD_MAX).join('; ') });
  }
}

/**
 * Puts the secrets back that a client sent as set: each into the node that has it, at the same place of its settings.
 *
 * @param isImport leaves secrets that nobody knows missing instead of refusing them: such a node does not start
 * @throws DIRECTORY_CHAIN_SECRET_UNKNOWN
 */
export function withStoredSecrets(graph: RuleChainGraph, stored: Pick<RuleChain, 'nodes'>, isImport: boolean): RuleChainGraph {
  const own = new Map(stored.nodes.map((node) => [node.id, node]));
  const nodes = graph.nodes.map((node) => {
    const before = own.get(node.id);
    const { settings, unknown } = keepSecrets(node.config, before?.type === node.type ? before.config : undefined);
    if (unknown.length > 0 && !isImport) {
      throw directoryErrors.CHAIN_SECRET_UNKNOWN({ name: node.name, settings: unknown.slice(0, COMPLAINTS_TOLD_MAX).join(', ') });
    }
    return { ...node, config: settings as RuleNode['config'] };
  });
  return { ...graph, nodes };
}

/** A chain as records of changes may show it. */
export function shownChain(chain: RuleChain, catalogue: NodeCatalogue): RuleChain {
  const shown = (node: RuleNode) => hideSecrets(node.config, catalogue.facts(node.type)?.settingsSchema) as RuleNode['config'];
  return { ...chain, nodes: chain.nodes.map((node) => ({ ...node, config: shown(node) })) };
}

/**
 * Keeps the ids of nodes the chain had; any other node gets a new one, so that a copied graph shares no node state. What an
 * import left with a node stays with it, as clients need not send it back.
 */
export function withOwnIds(graph: RuleChainGraph, stored: Pick<RuleChain, 'nodes'>, source: IdSource): RuleChainGraph {
  const own = new Map(stored.nodes.map((node) => [node.id, node]));
  const ids = new Map(graph.nodes.map((node) => [node.id, own.has(node.id) ? node.id : source.next()]));
  const idOf = (id: string): string => ids.get(id) ?? id;
  return {
    nodes: graph.nodes.map((node) => ({ ...importedParts(own.get(node.id), node.type), ...node, id: idOf(node.id) })),
    connections: graph.connections.map((connection) => ({ ...connection, fromId: idOf(connection.fromId), toId: idOf(connection.toId) })),
    firstNodeId: graph.firstNodeId === undefined ? undefined : idOf(graph.firstNodeId),
    notes: graph.notes,
  };
}

function importedParts(stored: RuleNode | undefined, type: string): Pick<RuleNode, 'externalId' | 'otherMembers'> {
  if (stored?.type !== type) return {};
  const { externalId, otherMembers } = stored;
  return { ...(externalId === undefined ? {} : { externalId }), ...(otherMembers === undefined ? {} : { otherMembers }) };
}
