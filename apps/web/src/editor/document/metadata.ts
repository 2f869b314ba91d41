import type { ConnectionWire, JsonObject, RuleChainMetadata, RuleNodeWire } from '../../api/wire.js';
import { type ChainConnection, type ChainDocument, type ChainNode, connectionKey } from './chain-document.js';

/** A chain as loaded: the document, and what is needed to save it again. */
export interface LoadedChain {
  readonly document: ChainDocument;
  readonly version: number | undefined;
  /** Key of each node in the document to its id on the server. */
  readonly serverIds: ReadonlyMap<string, string>;
  /** Kept as they came and sent back as they are. */
  readonly notes: readonly JsonObject[];
}

/**
 * Reads the wire form of a rule chain.
 *
 * @param keyOf the editor's key for a node with this number, when the chain was just saved and the nodes are known
 *   under keys that their history refers to; undefined for nodes that are new to the editor
 */
export function readMetadata(metadata: RuleChainMetadata, keyOf: (node: RuleNodeWire) => string | undefined = () => undefined): LoadedChain {
  const serverIds = new Map<string, string>();
  const nodes = metadata.nodes.map((wire, index) => {
    const id = wire.id?.id;
    const key = keyOf(wire) ?? id ?? `unsaved-${index}`;
    if (id !== undefined) serverIds.set(key, id);
    return readNode(wire, key, index + 1);
  });
  const connections = new Map<string, ChainConnection>();
  for (const { fromIndex, toIndex, type } of metadata.connections ?? []) {
    const from = nodes[fromIndex]?.key;
    const to = nodes[toIndex]?.key;
    if (from === undefined || to === undefined) continue;
    connections.set(connectionKey({ from, to, type }), { from, to, type });
  }
  return {
    document: { nodes: new Map(nodes.map((node) => [node.key, node])), connections, firstNode: nodes[metadata.firstNodeIndex ?? -1]?.key },
    version: metadata.version ?? undefined,
    serverIds,
    notes: metadata.notes ?? [],
  };
}

/** The wire form of a draft. A node whose server id is unknown, or was removed by a save since, is sent without one and created. */
export function writeMetadata(ruleChainId: string, draft: LoadedChain): RuleChainMetadata {
  const nodes = [...draft.document.nodes.values()];
  const indexOf = new Map(nodes.map((node, index) => [node.key, index]));
  const connections: ConnectionWire[] = [];
  for (const { from, to, type } of draft.document.connections.values()) {
    const fromIndex = indexOf.get(from);
    const toIndex = indexOf.get(to);
    if (fromIndex !== undefined && toIndex !== undefined) connections.push({ fromIndex, toIndex, type });
  }
  return {
    ruleChainId: { id: ruleChainId },
    version: draft.version ?? null,
    firstNodeIndex: draft.document.firstNode === undefined ? null : (indexOf.get(draft.document.firstNode) ?? null),
    nodes: nodes.map((node) => writeNode(node, draft.serverIds.get(node.key))),
    connections,
    ruleChainConnections: null,
    ...(draft.notes.length === 0 ? {} : { notes: [...draft.notes] }),
  };
}

/**
 * Finds the editor's key of each node in the answer to a save: by server id where the node had one, else by what was
 * sent. Of equal new nodes the first in the answer is the first that was sent.
 */
export function keysAfterSave(sent: LoadedChain): (node: RuleNodeWire) => string | undefined {
  const byId = new Map<string, string>();
  const byLook = new Map<string, string[]>();
  for (const node of sent.document.nodes.values()) {
    const id = sent.serverIds.get(node.key);
    if (id !== undefined) byId.set(id, node.key);
    else byLook.set(lookOf(node), [...(byLook.get(lookOf(node)) ?? []), node.key]);
  }
  return (wire) => {
    const known = wire.id === undefined || wire.id === null ? undefined : byId.get(wire.id.id);
    return known ?? byLook.get(lookOf(readNode(wire, '', 0)))?.shift();
  };
}

function lookOf(node: ChainNode): string {
  return JSON.stringify([node.type, node.name, node.x, node.y]);
}

function readNode(wire: RuleNodeWire, key: string, number: number): ChainNode {
  const { layoutX, layoutY, description, ...additionalInfo } = wire.additionalInfo ?? {};
  return {
    key,
    number,
    type: wire.type,
    name: wire.name,
    configurationVersion: wire.configurationVersion ?? 0,
    configuration: wire.configuration ?? {},
    x: typeof layoutX === 'number' ? layoutX : 0,
    y: typeof layoutY === 'number' ? layoutY : 0,
    description: typeof description === 'string' ? description : '',
    singletonMode: wire.singletonMode ?? false,
    queueName: wire.queueName ?? null,
    debugSettings: wire.debugSettings ?? null,
    additionalInfo,
  };
}

function writeNode(node: ChainNode, serverId: string | undefined): RuleNodeWire {
  const additionalInfo: JsonObject = {
    ...node.additionalInfo,
    layoutX: node.x,
    layoutY: node.y,
    description: node.description,
  };
  return {
    ...(serverId === undefined ? {} : { id: { id: serverId } }),
    type: node.type,
    name: node.name,
    debugSettings: node.debugSettings,
    singletonMode: node.singletonMode,
    queueName: node.queueName,
    configurationVersion: node.configurationVersion,
    configuration: node.configuration,
    additionalInfo,
  };
}
