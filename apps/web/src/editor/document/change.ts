import { type ChainConnection, type ChainDocument, type ChainNode, connectionKey } from './chain-document.js';

/** What one place of a document was before and is after. Turned round, it is its own inverse. */
export type Patch =
  | { readonly kind: 'node'; readonly before: ChainNode | undefined; readonly after: ChainNode | undefined }
  | { readonly kind: 'connection'; readonly before: ChainConnection | undefined; readonly after: ChainConnection | undefined }
  | { readonly kind: 'firstNode'; readonly before: string | undefined; readonly after: string | undefined };

/** One named step of the history. */
export interface Change {
  /** In the words of the person who made it, such as "Connect True of #3 to #4". */
  readonly label: string;
  readonly patches: readonly Patch[];
  /** Changes with the same key that follow each other quickly are one step, such as typing in one field. */
  readonly mergeKey?: string;
}

/** Nodes and connections that the change does not name keep their identity. */
export function applyChange(document: ChainDocument, change: Change): ChainDocument {
  let { nodes, connections, firstNode } = document;
  for (const patch of change.patches) {
    if (patch.kind === 'firstNode') {
      firstNode = patch.after;
    } else if (patch.kind === 'node') {
      if (nodes === document.nodes) nodes = new Map(nodes);
      replace(nodes as Map<string, ChainNode>, patch.before?.key, patch.after?.key, patch.after);
    } else {
      if (connections === document.connections) connections = new Map(connections);
      const before = patch.before && connectionKey(patch.before);
      replace(connections as Map<string, ChainConnection>, before, patch.after && connectionKey(patch.after), patch.after);
    }
  }
  return { nodes, connections, firstNode };
}

export function inverseOf(change: Change): Change {
  return { ...change, patches: change.patches.map((patch) => ({ ...patch, before: patch.after, after: patch.before }) as Patch).reverse() };
}

/** One change with the effect of both; a node changed by both is changed once. */
export function mergeChanges(first: Change, second: Change): Change {
  const patches: Patch[] = [...first.patches];
  for (const patch of second.patches) {
    const index = patches.findLastIndex((earlier) => continues(earlier, patch));
    const earlier = patches[index];
    if (earlier === undefined) patches.push(patch);
    else patches[index] = { ...patch, before: earlier.before } as Patch;
  }
  return { ...second, patches };
}

function continues(earlier: Patch, later: Patch): boolean {
  return earlier.kind === 'node' && later.kind === 'node' && earlier.after !== undefined && earlier.after.key === later.before?.key;
}

function replace<T>(map: Map<string, T>, before: string | undefined, after: string | undefined, value: T | undefined): void {
  if (before !== undefined && before !== after) map.delete(before);
  if (after !== undefined && value !== undefined) map.set(after, value);
}
