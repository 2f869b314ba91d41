import type { JsonValue } from '../../api/wire.js';
import type { ChainDocument, ChainNode } from './chain-document.js';

/** How a draft differs from what is deployed. Computed, never tracked by flags, so undoing everything leaves nothing changed. */
export interface Difference {
  readonly added: readonly ChainNode[];
  readonly removed: readonly ChainNode[];
  /** Settings, name or description differ. */
  readonly edited: readonly ChainNode[];
  /** Only the place on the canvas differs; what runs stays the same. */
  readonly moved: readonly ChainNode[];
  readonly connectionsAdded: number;
  readonly connectionsRemoved: number;
  readonly isInputMoved: boolean;
}

export function differenceBetween(deployed: ChainDocument, draft: ChainDocument): Difference {
  const added: ChainNode[] = [];
  const edited: ChainNode[] = [];
  const moved: ChainNode[] = [];
  for (const node of draft.nodes.values()) {
    const before = deployed.nodes.get(node.key);
    if (before === node) continue;
    if (before === undefined) added.push(node);
    else if (!isSameNode(before, node)) edited.push(node);
    else if (before.x !== node.x || before.y !== node.y) moved.push(node);
  }
  const removed = [...deployed.nodes.values()].filter((node) => !draft.nodes.has(node.key));
  const isKnown = (of: ChainDocument, key: string) => of.connections.has(key);
  return {
    added,
    removed,
    edited,
    moved,
    connectionsAdded: [...draft.connections.keys()].filter((key) => !isKnown(deployed, key)).length,
    connectionsRemoved: [...deployed.connections.keys()].filter((key) => !isKnown(draft, key)).length,
    isInputMoved: deployed.firstNode !== draft.firstNode,
  };
}

/** Changes that alter what runs. */
export function runtimeChangeCount(difference: Difference): number {
  const { added, removed, edited, connectionsAdded, connectionsRemoved, isInputMoved } = difference;
  return added.length + removed.length + edited.length + connectionsAdded + connectionsRemoved + (isInputMoved ? 1 : 0);
}

export function isUnchanged(difference: Difference): boolean {
  return runtimeChangeCount(difference) === 0 && difference.moved.length === 0;
}

function isSameNode(a: ChainNode, b: ChainNode): boolean {
  return (
    a.type === b.type &&
    a.name === b.name &&
    a.description === b.description &&
    a.configurationVersion === b.configurationVersion &&
    a.singletonMode === b.singletonMode &&
    a.queueName === b.queueName &&
    canonical(a.configuration) === canonical(b.configuration) &&
    canonical(a.debugSettings) === canonical(b.debugSettings)
  );
}

/** Text that is equal for equal values whatever the order of their members. */
export function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}
