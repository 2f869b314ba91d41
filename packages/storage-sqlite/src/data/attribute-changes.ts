import type { AttributeRemoval, AttributeWrite } from '@fieldline/ports';

export type AttributeChange = AttributeWrite | AttributeRemoval;

export const isWrite = (change: AttributeChange): change is AttributeWrite => 'value' in change;

type Decided<T, C> = T & { readonly change: C };

/** The writes and removals of a list in which the last change of an attribute decides: no attribute is in both. */
export function decidedChanges<T extends { readonly change: AttributeChange }>(
  changes: readonly T[],
): { readonly writes: readonly Decided<T, AttributeWrite>[]; readonly removals: readonly T[] } {
  const isOfWrite = (one: T): one is Decided<T, AttributeWrite> => isWrite(one.change);
  // Units without removals are nearly all, and may hold thousands of writes.
  if (changes.every(isOfWrite)) return { writes: changes, removals: [] };
  const isLastWrite = new Map(changes.map(({ change }) => [keyOf(change), isWrite(change)]));
  return {
    writes: changes.filter(isOfWrite).filter(({ change }) => isLastWrite.get(keyOf(change)) === true),
    removals: changes.filter(({ change }) => !isWrite(change) && isLastWrite.get(keyOf(change)) === false),
  };
}

const keyOf = ({ tenantId, entity, scope, key }: AttributeChange): string => `${tenantId} ${entity.entityType} ${entity.id} ${scope} ${key}`;
