import type { Clock } from '@fieldline/kernel';
import type { EntityId, ReadRelations, Relation, RelationDirection, TenantId } from '@fieldline/model';
import { relationKey } from '@fieldline/model';
import type { ControlEvent, EntityStore } from '@fieldline/ports';
import { KEPT_MS, RELATIONS_KEPT_MAX, RELATIONS_OF_ONE_KEPT_MAX, TENANTS_NOTED_MAX } from './limits.js';
import { ReadThrough } from './read-through.js';

export interface KnownRelationsDeps {
  readonly entities: Pick<EntityStore, 'findAll'>;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** The relations of one entity in one direction; undefined where they are too many to keep. */
type Kept = readonly Relation[] | undefined;

/**
 * The relations of the group COMMON as rule nodes see them, kept for entities that have few until any relation of the tenant
 * changes: an event names the relation, not its ends. Walks that read many entities at once ask the store.
 */
export class KnownRelations {
  readonly #deps: KnownRelationsDeps;
  readonly #kept = new ReadThrough<Kept>({ size: RELATIONS_KEPT_MAX, keptMs: KEPT_MS });
  /** How often the relations of a tenant changed, by a count that never comes again: what was kept before is not found any more. */
  readonly #changes = new Map<TenantId, number>();
  #count = 0;
  #countBefore = 0;

  constructor(deps: KnownRelationsDeps) {
    this.#deps = deps;
  }

  reader(tenantId: TenantId, type?: string): ReadRelations {
    return async (ids, direction, limit) => {
      const [id] = ids;
      const kept = ids.length === 1 && id !== undefined ? await this.#of(tenantId, id, direction) : undefined;
      if (kept === undefined) return this.#read(tenantId, ids, direction, { limit, type });
      return kept.filter((relation) => type === undefined || relation.type === type).slice(0, limit);
    };
  }

  async exists(tenantId: TenantId, { from, to, type }: { readonly from: EntityId; readonly to: EntityId; readonly type: string }): Promise<boolean> {
    const key = relationKey(from, to, 'COMMON', type);
    const kept = await this.#of(tenantId, from.id, 'FROM');
    if (kept !== undefined) return kept.some((relation) => relation.key === key);
    return (await this.#deps.entities.findAll('relation', tenantId, { key }, 1)).length > 0;
  }

  /** An entity that goes takes its relations along. */
  changed({ kind, tenantId, version }: ControlEvent): void {
    if (kind !== 'relation' && version !== undefined) return;
    this.#count += 1;
    this.#changes.set(tenantId, this.#count);
    if (this.#changes.size <= TENANTS_NOTED_MAX) return;
    this.#changes.clear();
    this.#countBefore = this.#count;
  }

  #of(tenantId: TenantId, id: string, direction: RelationDirection): Promise<Kept> {
    const key = `${this.#changes.get(tenantId) ?? this.#countBefore} ${tenantId} ${direction} ${id}`;
    return this.#kept.get(key, this.#deps.clock.nowMs(), async () => {
      const found = await this.#read(tenantId, [id], direction, { limit: RELATIONS_OF_ONE_KEPT_MAX + 1 });
      return found.length > RELATIONS_OF_ONE_KEPT_MAX ? undefined : found;
    });
  }

  #read(
    tenantId: TenantId,
    ids: readonly string[],
    direction: RelationDirection,
    { limit, type }: { readonly limit: number; readonly type?: string | undefined },
  ): Promise<readonly Relation[]> {
    const end = direction === 'FROM' ? 'fromId' : 'toId';
    const ofType = type === undefined ? {} : { type };
    return this.#deps.entities.findAll('relation', tenantId, { [end]: ids, typeGroup: 'COMMON', ...ofType }, limit);
  }
}
