import type { EntityKind } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import { entityKinds } from './entity-collections.js';

/** What a write is about, as far as other writes must know: names of the kinds in each tenant, and of the kinds in all. */
export interface WriteScope {
  /** What it adds, changes or removes. */
  readonly touched: readonly string[];
  /** What nobody else may touch while it is under way: what it counts, and what it removes by a filter along with other changes. */
  readonly guarded: readonly string[];
  /** True where something has to hold when it happens. */
  readonly isConditional: boolean;
}

/** What can be told from the changes alone, before anything is read. */
export function scopeOf(changes: readonly EntityChange[]): WriteScope {
  const touched = new Set<string>();
  const guarded = new Set<string>();
  let isConditional = false;
  for (const change of changes) {
    if (change.change === 'require') isConditional = true;
    else if (change.change === 'require-fewer') guarded.add(nameOf(change.kind, change.tenantId));
    else {
      const names = touchedBy(change);
      for (const name of names) touched.add(name);
      // It takes along what refers to the rest of the write: nobody may add to that meanwhile.
      const isRemovalOfAny = change.change === 'remove-where' || change.change === 'remove-tenant';
      if (isRemovalOfAny && changes.length > 1) for (const name of names) guarded.add(name);
    }
  }
  return { touched: [...touched], guarded: [...guarded], isConditional: isConditional || guarded.size > 0 };
}

function touchedBy(change: Exclude<EntityChange, { readonly change: 'require' | 'require-fewer' }>): readonly string[] {
  const { tenantId } = 'entity' in change ? change.entity : change;
  const kinds = 'kind' in change ? [change.kind] : entityKinds;
  return kinds.flatMap((kind) => [nameOf(kind, tenantId), nameOf(kind, undefined)]);
}

const nameOf = (kind: EntityKind, tenantId: string | undefined): string => (tenantId === undefined ? kind : `${kind} ${tenantId}`);
