import type { AttributeRemoval, AttributeWrite } from '@fieldline/ports';

export type AttributeChange = AttributeWrite | AttributeRemoval;

export const isWrite = (change: AttributeChange): change is AttributeWrite => 'value' in change;

/** The writes and removals of a list in which the last change of an attribute decides: nothing is in both. */
export function decidedChanges(changes: readonly AttributeChange[]): {
  readonly writes: readonly AttributeWrite[];
  readonly removals: readonly AttributeRemoval[];
} {
  // Units without removals are nearly all, and may hold thousands of writes.
  if (changes.every(isWrite)) return { writes: changes, removals: [] };
  const isLastWrite = new Map(changes.map((change) => [keyOf(change), isWrite(change)]));
  return {
    writes: changes.filter(isWrite).filter((write) => isLastWrite.get(keyOf(write)) === true),
    removals: changes.filter((change) => !isWrite(change) && isLastWrite.get(keyOf(change)) === false),
  };
}

const keyOf = ({ tenantId, entity, scope, key }: AttributeChange): string => `${tenantId} ${entity.entityType} ${entity.id} ${scope} ${key}`;
