import { ValueKind, type Attribute, type AttributeScope, type EntityId, type StoredValue, type TenantId } from '@fieldline/model';
import type { AttributeWrite } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ATTRIBUTE_ENTITIES_CACHED } from '../limits.js';
import { PinnedCache } from './pinned-cache.js';

/** All attributes of one entity, by scope and key. */
type OfEntity = Record<AttributeScope, Map<string, Attribute>>;

/** How to take one attribute write back. */
export interface AttributeUndo {
  readonly entityKey: string;
  readonly scope: AttributeScope;
  readonly key: string;
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

  /** Takes a write over; it stays here until `settled` or `takeBack`. */
  apply(write: AttributeWrite): AttributeUndo {
    const { tenantId, entity, scope, key } = write;
    const ofScope = this.#entity(tenantId, entity)[scope];
    const undo = { entityKey: entityKeyOf(tenantId, entity), scope, key, before: ofScope.get(key) };
    this.#entities.pin(undo.entityKey);
    ofScope.set(key, attributeOf(write));
    return undo;
  }

  /** The write is on the disk. */
  settled({ entityKey }: AttributeUndo): void {
    this.#entities.unpin(entityKey);
  }

  /** The write was not kept. Writes are taken back in the reverse of their order. */
  takeBack({ entityKey, scope, key, before }: AttributeUndo): void {
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

function valueOfColumn(kind: ValueKind, value: bigint | number | string): StoredValue {
  if (kind === ValueKind.boolean) return value === 1n;
  if (kind !== ValueKind.long) return value;
  const exact = Number(value);
  return Number.isSafeInteger(exact) ? exact : value;
}
