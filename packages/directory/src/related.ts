import type { EntityId, EntityOf } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { AssignableKind } from './owner-change.js';
import type { DirectoryDeps } from './directory-deps.js';
import { entityTypeOf } from './entity-types.js';
import { RELATED_MAX, RELATION_LEVELS_MAX } from './limits.js';

/** Which entities: those that relations lead to from a root (rest-api.md §8 and §15). */
export interface RelatedSearch {
  readonly root: EntityId;
  readonly direction: 'FROM' | 'TO';
  /** 0 and below: as far as relations are followed at all. */
  readonly maxLevel: number;
  readonly lastLevelOnly: boolean;
  readonly relationType: string;
  readonly types: readonly string[];
}

/**
 * The entities of a kind that relations lead to, at most 10,000, oldest first; a customer user sees those of its customer.
 *
 * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED  about the root
 */
export async function relatedEntities<K extends AssignableKind>(
  deps: DirectoryDeps,
  caller: Caller,
  kind: K,
  search: RelatedSearch,
): Promise<readonly EntityOf<K>[]> {
  await deps.access.require(caller, search.root, 'read');
  const { tenantId, customerId } = caller;
  const entityType = entityTypeOf(kind);
  const maxLevel = search.maxLevel <= 0 ? RELATION_LEVELS_MAX : Math.min(search.maxLevel, RELATION_LEVELS_MAX);
  const steps = [{ relationType: search.relationType, entityTypes: [entityType], isNegated: false }];
  const { root, direction, lastLevelOnly, types } = search;
  const walk = { roots: [root], direction, maxLevel, lastLevelOnly, steps, isNegated: false };
  const found = await deps.queries.select({ tenantId, customerId }, { kind: 'relations', walk, entityTypes: [entityType], types }, RELATED_MAX);
  return deps.entities.findMany(
    kind,
    tenantId,
    found.map(({ id }) => id),
  );
}
