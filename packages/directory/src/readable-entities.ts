import { isProblem } from '@fieldline/kernel';
import type { EntityId, EntityKind } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { mayDo } from './access-rules.js';
import { factsOf } from './access.js';
import type { DirectoryDeps } from './directory-deps.js';
import { entityTypeOf, kindOf } from './entity-types.js';
import { READABLE_READ_AT_ONCE } from './limits.js';

/** Which of the entities the caller may read: their names by id. Those that do not exist are left out too. */
export async function readableEntities(
  { entities, access }: Pick<DirectoryDeps, 'entities' | 'access'>,
  caller: Caller,
  wanted: readonly EntityId[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const byKind = Map.groupBy(new Map(wanted.map((entity) => [entity.id, entity])).values(), ({ entityType }) => batchKindOf(caller, entityType));
  for (const entity of byKind.get(undefined) ?? []) {
    const found = await access.require(caller, entity, 'read').catch(refused);
    if (found !== undefined) names.set(entity.id, found.name);
  }
  for (const [kind, ofKind] of byKind) {
    if (kind === undefined) continue;
    const entityType = entityTypeOf(kind);
    for (let start = 0; start < ofKind.length; start += READABLE_READ_AT_ONCE) {
      const ids = ofKind.slice(start, start + READABLE_READ_AT_ONCE).map(({ id }) => id);
      for (const found of await entities.findInfos(kind, caller.tenantId, ids)) {
        const facts = factsOf(kind, caller.tenantId, found);
        if (mayDo(caller, { entityType, id: found.id }, facts, 'read')) names.set(found.id, facts.name);
      }
    }
  }
  return names;
}

/** The kind that is read many at once. What the system administrator meets may be of any tenant, and is read one by one. */
function batchKindOf(caller: Caller, entityType: EntityId['entityType']): EntityKind | undefined {
  return caller.authority === 'SYS_ADMIN' ? undefined : kindOf(entityType);
}

/** Nothing, where the reason is that the caller may not read the entity or that there is none. */
export function refused(error: unknown): undefined {
  if (isProblem(error) && (error.kind === 'not-found' || error.kind === 'forbidden')) return undefined;
  throw error;
}
