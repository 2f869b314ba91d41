import type { Connection, RuleChain, RuleNode } from './rule-chain.js';
import { findLoops, reachable } from './chain-graph.js';
import type { JsonObject } from './value.js';

/** What the checks need to know of a node type. */
export interface NodeTypeFacts {
  /** Ways out besides `Failure`; `custom` where the engineer names them. */
  readonly relationTypes: readonly string[] | 'custom';
  /** False where nothing may lead into the node, such as a generator. */
  readonly hasInput: boolean;
  /** What is wrong with these settings, in words; an empty list where they fit. */
  configIssues(config: unknown, configVersion: number): readonly string[];
  /** What to use instead, where the node type is not offered any more. */
  readonly deprecated?: string | undefined;
  /** The plugin without which its messages fail, where that plugin is not there. */
  readonly needsPlugin?: string | undefined;
  /** JSON Schema of the settings, where there is one: it tells which of them are secret. */
  readonly settingsSchema?: JsonObject | undefined;
}

/** The node types that are installed. */
export interface NodeCatalogue {
  facts(type: string): NodeTypeFacts | undefined;
}

/** Errors keep a chain from being deployed from the editor; warnings do not. The codes are those of product.md §3.5. */
export type ComplaintCode = 'E101' | 'E104' | 'E201' | 'E202' | 'E203' | 'E204' | 'E205' | 'E206' | 'E207' | 'W303' | 'W309' | 'W310' | 'W311';

export interface Complaint {
  readonly code: ComplaintCode;
  readonly severity: 'error' | 'warning';
  /** Node it belongs to; absent where it is about the chain. */
  readonly nodeId?: string;
  /** Connection it belongs to. */
  readonly connection?: Connection;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Everything that is wrong with a rule chain, at once, each with the node it belongs to. Pure: the editor and
 * the server call the same function and so say the same.
 */
export function checkChain(chain: Pick<RuleChain, 'firstNodeId' | 'nodes' | 'connections'>, catalogue: NodeCatalogue): readonly Complaint[] {
  const names = new Map<string, string>();
  chain.nodes.forEach((node, place) => names.set(node.id, names.get(node.id) ?? `#${place + 1} "${node.name}"`));
  const nameOf = (id: string): string => names.get(id) ?? 'a node that does not exist';
  return [
    ...entryComplaints(chain),
    ...chain.nodes.flatMap((node, place) => nodeComplaints(node, `#${place + 1} "${node.name}"`, catalogue, nameOf)),
    ...connectionComplaints(chain, catalogue, nameOf),
    ...loopComplaints(chain, nameOf),
    ...reachComplaints(chain, catalogue, nameOf),
  ];
}

type ChainGraph = Pick<RuleChain, 'firstNodeId' | 'nodes' | 'connections'>;
type NameOf = (id: string) => string;

function entryComplaints({ firstNodeId, nodes }: ChainGraph): readonly Complaint[] {
  if (firstNodeId !== undefined && nodes.some(({ id }) => id === firstNodeId)) return [];
  const message =
    firstNodeId === undefined ? 'Messages enter nowhere: the input is not connected.' : 'Messages enter nowhere: the first node does not exist.';
  return [{ code: 'E201', severity: 'error', message, remedy: 'Connect the input of the chain to the node where messages shall start.' }];
}

function nodeComplaints(node: RuleNode, name: string, catalogue: NodeCatalogue, nameOf: NameOf): readonly Complaint[] {
  const complaints: Complaint[] = [];
  if (nameOf(node.id) !== name) {
    const message = `${name} has the same id as ${nameOf(node.id)}.`;
    complaints.push({ code: 'E207', severity: 'error', nodeId: node.id, message, remedy: 'Remove one of the two nodes and add it anew.' });
  }
  const facts = catalogue.facts(node.type);
  if (facts === undefined) {
    const message = `${name} is of type ${node.type}, which is not installed. Its settings are kept, its messages fail.`;
    return [
      ...complaints,
      { code: 'E104', severity: 'error', nodeId: node.id, message, remedy: `Install the plugin that has ${node.type}, or replace the node.` },
    ];
  }
  for (const issue of facts.configIssues(node.config, node.configVersion)) {
    const message = `${name} cannot start: ${issue}`;
    complaints.push({ code: 'E101', severity: 'error', nodeId: node.id, message, remedy: 'Open the node and correct this setting.' });
  }
  const { deprecated, needsPlugin } = facts;
  if (deprecated !== undefined) {
    const message = `${name} is of a kind that is not offered any more. It runs on.`;
    complaints.push({ code: 'W310', severity: 'warning', nodeId: node.id, message, remedy: deprecated });
  }
  if (needsPlugin !== undefined) {
    const message = `${name} needs the plugin "${needsPlugin}", which is not there: its messages fail.`;
    complaints.push({ code: 'W311', severity: 'warning', nodeId: node.id, message, remedy: 'Install the plugin, or replace the node.' });
  }
  return complaints;
}

function connectionComplaints({ nodes, connections }: ChainGraph, catalogue: NodeCatalogue, nameOf: NameOf): readonly Complaint[] {
  const types = new Map(nodes.map(({ id, type }) => [id, type]));
  const seen = new Set<string>();
  return connections.flatMap((connection): readonly Complaint[] => {
    const { fromId, toId, relationType } = connection;
    const about = { nodeId: fromId, connection } as const;
    const label = `"${relationType}" of ${nameOf(fromId)}`;
    if (!types.has(fromId) || !types.has(toId)) {
      const message = `${label} leads to ${nameOf(toId)}.`;
      return [{ code: 'E205', severity: 'error', ...about, message, remedy: 'Remove this connection.' }];
    }
    const key = `${fromId} ${toId} ${relationType.toLowerCase()}`;
    if (seen.has(key)) {
      const message = `${label} leads to ${nameOf(toId)} twice; messages would arrive there twice.`;
      return [{ code: 'E204', severity: 'error', ...about, message, remedy: 'Remove one of the two connections.' }];
    }
    seen.add(key);
    if (fromId === toId) {
      return [{ code: 'E203', severity: 'error', ...about, message: `${label} leads back to the node itself.`, remedy: 'Remove this connection.' }];
    }
    const from = catalogue.facts(types.get(fromId) ?? '');
    const to = catalogue.facts(types.get(toId) ?? '');
    const complaints: Complaint[] = [];
    if (to?.hasInput === false) {
      const message = `${nameOf(toId)} makes messages and takes none, but ${label} leads to it.`;
      complaints.push({ code: 'E206', severity: 'error', ...about, message, remedy: 'Remove this connection.' });
    }
    if (from !== undefined && !canEmit(from, relationType)) {
      const message = `${nameOf(fromId)} never leaves by "${relationType}"; no message takes this connection.`;
      complaints.push({ code: 'W309', severity: 'warning', ...about, message, remedy: `Choose one of: ${ways(from)}.` });
    }
    return complaints;
  });
}

const ways = ({ relationTypes }: NodeTypeFacts): string => [...(relationTypes === 'custom' ? [] : relationTypes), 'Failure'].join(', ');

function canEmit({ relationTypes }: NodeTypeFacts, relationType: string): boolean {
  const wanted = relationType.toLowerCase();
  return relationTypes === 'custom' || wanted === 'failure' || relationTypes.some((known) => known.toLowerCase() === wanted);
}

function loopComplaints({ nodes, connections }: ChainGraph, nameOf: NameOf): readonly Complaint[] {
  return findLoops(
    nodes.map(({ id }) => id),
    connections,
  ).map((loop) => ({
    code: 'E202',
    severity: 'error',
    nodeId: loop[0] as string,
    message: `Loop ${[...loop, loop[0] as string].map(nameOf).join(' → ')}. A message would circle until the hop limit.`,
    remedy: 'Remove one of these connections.',
  }));
}

function reachComplaints({ firstNodeId, nodes, connections }: ChainGraph, catalogue: NodeCatalogue, nameOf: NameOf): readonly Complaint[] {
  const sources = nodes.filter(({ type }) => catalogue.facts(type)?.hasInput === false).map(({ id }) => id);
  const reached = reachable(firstNodeId === undefined ? sources : [firstNodeId, ...sources], connections);
  return nodes
    .filter(({ id }) => !reached.has(id))
    .map(({ id }) => ({
      code: 'W303',
      severity: 'warning',
      nodeId: id,
      message: `${nameOf(id)} can never be reached.`,
      remedy: 'Connect it, or delete it.',
    }));
}
