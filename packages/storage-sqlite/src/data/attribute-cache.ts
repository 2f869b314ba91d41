import { ValueKind, type Attribute, type AttributeScope, type EntityId, type StoredValue, type TenantId } from '@fieldline/model';
import type { AttributeWrite } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ATTRIBUTE_ENTITIES_CACHED } from '../limits.js';
import { isWrite, type AttributeChange } from './attribute-changes.js';
import { PinnedCache } from './pinned-cache.js';

/** All attributes of one entity, by scope and key. */
type OfEntity = Record<AttributeScope, Map<string, Attribute>>;

/** One change, and how to take it back. */
export interface AttributeUndo {
  readonly change: AttributeChange;
  readonly entityKey: string;
  readonly before: Attribute | undefined;
}

/** Attributes as they are with everything given to commit: read from the database once for each entity, then kept up to date. */
export class AttributeCache {
  readonly #entities: PinnedCache<OfEntity>;
  readonly #select: StatementSync;

  constructor(database: DatabaseSync, cachedMax = ATTRIBUTE_ENTITIES_CACHED) {
    this.#entities = new PinnedCache(cachedMax);
    this.#select = database.prepare(
      `SELECT scope, key, kind, value, last_update_ms
       FROM numbered_entity e JOIN attribute a ON a.entity_number = e.number JOIN attribute_key k ON k.number = a.key_number
       WHERE e.tenant_id = ? AND e.entity_type = ? AND e.entity_id = ?`,
    );
    this.#select.setReadBigInts(true);
  }

  read(tenantId: TenantId, entity: EntityId, scope: AttributeScope): ReadonlyMap<string, Attribute> {
    return this.#entity(tenantId, entity)[scope];
  }

  /** Takes a change over; it stays here until `settled` or `takeBack`. */
  apply(change: AttributeChange): AttributeUndo {
    const { tenantId, entity, scope, key } = change;
    const ofScope = this.#entity(tenantId, entity)[scope];
    const undo = { change, entityKey: entityKeyOf(tenantId, entity), before: ofScope.get(key) };
    this.#entities.pin(undo.entityKey);
    if (isWrite(change)) ofScope.set(key, attributeOf(change));
    else ofScope.delete(key);
    return undo;
  }

  /** The entity was removed for good, and nothing about it is on its way to the disk any more. */
  forget(tenantId: TenantId, entity: EntityId): void {
    this.#entities.delete(entityKeyOf(tenantId, entity));
  }

  /** The change is on the disk. */
  settled({ entityKey }: AttributeUndo): void {
    this.#entities.unpin(entityKey);
  }

  /** The change was not kept. Changes are taken back in the reverse of their order. */
  takeBack({ entityKey, change, before }: AttributeUndo): void {
    const { scope, key } = change;
    const ofScope = this.#entities.get(entityKey)?.[scope];
    if (before === undefined) ofScope?.delete(key);
    else ofScope?.set(key, before);
    this.#entities.unpin(entityKey);
  }

  #entity(tenantId: TenantId, entity: EntityId): OfEntity {
    const entityKey = entityKeyOf(tenantId, entity);
    const cached = this.#entities.get(entityKey);
    if (cached !== undefined) return cached;
    const loaded: OfEntity = { CLIENT_SCOPE: new Map(), SHARED_SCOPE: new Map(), SERVER_SCOPE: new Map() };
    for (const row of this.#select.iterate(tenantId, entity.entityType, entity.id)) {
      const kind = Number(row['kind']) as ValueKind;
      const key = String(row['key']);
      const attribute = {
        key,
        kind,
        value: valueOfColumn(kind, row['value'] as bigint | number | string),
        lastUpdateMs: Number(row['last_update_ms']),
      };
      loaded[row['scope'] as AttributeScope].set(key, attribute);
    }
    this.#entities.set(entityKey, loaded);
    return loaded;
  }
}

const entityKeyOf = (tenantId: TenantId, entity: EntityId): string => `${tenantId} ${entity.entityType} ${entity.id}`;

/** The attribute a write makes. */
export const attributeOf = ({ key, kind, value, lastUpdateMs }: AttributeWrite): Attribute => ({ key, kind, value, lastUpdateMs });

/** The value as `columnOfValue` put it there; whole numbers must have been read as bigint. */
export function valueOfColumn(kind: ValueKind, value: bigint | number | string): StoredValue {
  if (kind === ValueKind.boolean) return value === 1n;
  if (kind !== ValueKind.long) return value;
  const exact = Number(value);
  return Number.isSafeInteger(exact) ? exact : value;
}
