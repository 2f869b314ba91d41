import type { JsonValue } from '../../api/wire.js';
import { type ChainConnection, type ChainDocument, type ChainNode, canReach, connectionKey, nextNumber } from './chain-document.js';
import type { Change, Patch } from './change.js';

// Each edit looks at a document and returns the change to make, or why it cannot be made. Nothing is modified here.

export interface Refusal {
  readonly refused: string;
}

export function isRefusal(result: Change | Refusal): result is Refusal {
  return 'refused' in result;
}

export interface NewNode {
  readonly type: string;
  readonly name: string;
  readonly configurationVersion: number;
  readonly configuration: JsonValue;
  readonly x: number;
  readonly y: number;
  readonly hasInput: boolean;
}

/** Places a node. The first one that takes messages becomes the one that messages enter. */
export function addNode(document: ChainDocument, key: string, node: NewNode): Change {
  const { hasInput, ...fields } = node;
  const after: ChainNode = {
    ...fields,
    key,
    number: nextNumber(document),
    description: '',
    singletonMode: false,
    queueName: null,
    debugSettings: null,
    additionalInfo: {},
  };
  const patches: Patch[] = [{ kind: 'node', before: undefined, after }];
  if (hasInput && document.firstNode === undefined && document.nodes.size === 0) {
    patches.push({ kind: 'firstNode', before: undefined, after: key });
  }
  return { label: `Add ${nameForLabel(after)}`, patches };
}

export function moveNodes(document: ChainDocument, positions: ReadonlyMap<string, { x: number; y: number }>): Change | Refusal {
  const patches: Patch[] = [];
  for (const [key, { x, y }] of positions) {
    const before = document.nodes.get(key);
    if (before === undefined || (before.x === x && before.y === y)) continue;
    patches.push({ kind: 'node', before, after: { ...before, x, y } });
  }
  if (patches.length === 0) return { refused: 'Nothing moved.' };
  const only = patches.length === 1 ? patches[0] : undefined;
  const label = only?.kind === 'node' && only.after !== undefined ? `Move ${nameForLabel(only.after)}` : `Move ${patches.length} nodes`;
  return { label, patches };
}

export type NodeFields = Partial<
  Pick<ChainNode, 'name' | 'description' | 'configuration' | 'queueName' | 'singletonMode' | 'debugSettings' | 'configurationVersion'>
>;

/** Changes settings of a node; `field` names what is typed in, so that typing becomes one step. */
export function editNode(document: ChainDocument, key: string, fields: NodeFields, field: string): Change | Refusal {
  const before = document.nodes.get(key);
  if (before === undefined) return { refused: 'The node is gone.' };
  return {
    label: `Edit ${field} of ${nameForLabel(before)}`,
    patches: [{ kind: 'node', before, after: { ...before, ...fields } }],
    mergeKey: `${key}/${field}`,
  };
}

/** Why this connection cannot be, as the server would say on save; undefined when it can. */
export function refusalToConnect(document: ChainDocument, connection: ChainConnection): string | undefined {
  const from = document.nodes.get(connection.from);
  const to = document.nodes.get(connection.to);
  if (from === undefined || to === undefined) return 'One of the nodes is gone.';
  if (connection.from === connection.to) return 'A node cannot lead to itself.';
  if (connection.type.trim() === '') return 'The relation needs a name.';
  if (document.connections.has(connectionKey(connection))) return `${connection.type} already leads from #${from.number} to #${to.number}.`;
  if (canReach(document, connection.to, connection.from)) {
    return `#${to.number} already leads to #${from.number}: a message would circle for ever.`;
  }
  return undefined;
}

export function connect(document: ChainDocument, connection: ChainConnection): Change | Refusal {
  const refused = refusalToConnect(document, connection);
  if (refused !== undefined) return { refused };
  return {
    label: `Connect ${connection.type} of ${label(document, connection.from)} to ${label(document, connection.to)}`,
    patches: [{ kind: 'connection', before: undefined, after: connection }],
  };
}

export function renameRelation(document: ChainDocument, connection: ChainConnection, type: string): Change | Refusal {
  const before = document.connections.get(connectionKey(connection));
  if (before === undefined) return { refused: 'The connection is gone.' };
  const after = { ...before, type };
  if (after.type.trim() === '') return { refused: 'The relation needs a name.' };
  if (connectionKey(after) !== connectionKey(before) && document.connections.has(connectionKey(after))) {
    return { refused: `${type} already connects these nodes.` };
  }
  return { label: `Rename ${before.type} to ${type}`, patches: [{ kind: 'connection', before, after }] };
}

export function setFirstNode(document: ChainDocument, key: string | undefined): Change | Refusal {
  if (document.firstNode === key) return { refused: 'Messages enter there already.' };
  if (key !== undefined && !document.nodes.has(key)) return { refused: 'The node is gone.' };
  return {
    label: key === undefined ? 'Disconnect the input' : `Let messages enter at ${label(document, key)}`,
    patches: [{ kind: 'firstNode', before: document.firstNode, after: key }],
  };
}

export interface Removal {
  readonly nodes: ReadonlySet<string>;
  readonly connections: ReadonlySet<string>;
  readonly isInputCut?: boolean;
}

/** Removes nodes with every connection they have, and the connections named by key. */
export function remove(document: ChainDocument, removal: Removal): Change | Refusal {
  const patches: Patch[] = [];
  for (const [key, before] of document.connections) {
    if (removal.connections.has(key) || removal.nodes.has(before.from) || removal.nodes.has(before.to)) {
      patches.push({ kind: 'connection', before, after: undefined });
    }
  }
  const removed: ChainNode[] = [];
  for (const key of removal.nodes) {
    const before = document.nodes.get(key);
    if (before === undefined) continue;
    removed.push(before);
    patches.push({ kind: 'node', before, after: undefined });
  }
  const losesInput = document.firstNode !== undefined && (removal.isInputCut === true || removal.nodes.has(document.firstNode));
  if (losesInput) patches.push({ kind: 'firstNode', before: document.firstNode, after: undefined });
  if (patches.length === 0) return { refused: 'Nothing is selected.' };
  const [only] = removed;
  if (only === undefined) return { label: patches.length === 1 ? 'Disconnect' : `Remove ${patches.length} connections`, patches };
  return { label: removed.length === 1 ? `Delete ${nameForLabel(only)}` : `Delete ${removed.length} nodes`, patches };
}

function label(document: ChainDocument, key: string): string {
  const node = document.nodes.get(key);
  return node === undefined ? 'a deleted node' : `#${node.number}`;
}

function nameForLabel(node: ChainNode): string {
  return `#${node.number} ${node.name === '' ? 'unnamed' : node.name}`;
}
