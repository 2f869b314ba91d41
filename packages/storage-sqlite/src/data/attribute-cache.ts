import { ValueKind, type Attribute, type AttributeScope, type EntityId, type StoredValue, type TenantId } from '@fieldline/model';
import type { AttributeWrite } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ATTRIBUTE_ENTITIES_CACHED, ATTRIBUTE_KEYS_CACHED } from '../limits.js';
import { isWrite, type AttributeChange } from './attribute-changes.js';
import { PinnedCache } from './pinned-cache.js';

/** All attributes of one entity, by scope and key, and the number of the entity where it is known. */
interface OfEntity {
  number: number | undefined;
  readonly scopes: Readonly<Record<AttributeScope, Map<string, Attribute>>>;
}

/** One change, and how to take it back. */
export interface AttributeUndo {
  readonly change: AttributeChange;
  readonly entityKey: string;
  readonly before: Attribute | undefined;
  /** Number of the row that the change finds in the table, where it is known. */
  readonly id: bigint | undefined;
}

/** Attributes as they are with everything given to commit: read from the database once for each entity, then kept up to date. */
export class AttributeCache {
  readonly #entities: PinnedCache<OfEntity>;
  /** Numbers of keys, by scope and key. */
  readonly #keyNumbers = new Map<string, number>();
  readonly #select: StatementSync;
  readonly #selectEntityNumber: StatementSync;
  readonly #selectKeyNumber: StatementSync;

  constructor(database: DatabaseSync, cachedMax = ATTRIBUTE_ENTITIES_CACHED) {
    this.#entities = new PinnedCache(cachedMax);
    this.#select = database.prepare(
      `SELECT e.number, scope, key, k.number AS key_number, kind, value, last_update_ms
       FROM numbered_entity e JOIN attribute a ON a.entity_number = e.number JOIN attribute_key k ON k.number = a.key_number
       WHERE e.tenant_id = ? AND e.entity_type = ? AND e.entity_id = ?`,
    );
    this.#select.setReadBigInts(true);
    this.#selectEntityNumber = database.prepare('SELECT number FROM numbered_entity WHERE tenant_id = ? AND entity_type = ? AND entity_id = ?');
    this.#selectKeyNumber = database.prepare('SELECT number FROM attribute_key WHERE scope = ? AND key = ?');
  }

  read(tenantId: TenantId, entity: EntityId, scope: AttributeScope): ReadonlyMap<string, Attribute> {
    return this.#entity(tenantId, entity).scopes[scope];
  }

  /** Reads what `apply` of the change will need from the disk. */
  prepare({ tenantId, entity, scope, key }: AttributeChange): void {
    const found = this.#entity(tenantId, entity);
    // An attribute on its way to the disk for the first time has no numbers yet; its next change asks again.
    if (!found.scopes[scope].has(key)) return;
    found.number ??= numberIn(this.#selectEntityNumber.get(tenantId, entity.entityType, entity.id));
    if (!this.#keyNumbers.has(`${scope} ${key}`)) this.#learn(scope, key, numberIn(this.#selectKeyNumber.get(scope, key)));
  }

  /** Takes a change over; it stays here until `settled` or `takeBack`. */
  apply(change: AttributeChange): AttributeUndo {
    const { tenantId, entity, scope, key } = change;
    const { number, scopes } = this.#entity(tenantId, entity);
    const before = scopes[scope].get(key);
    const keyNumber = this.#keyNumbers.get(`${scope} ${key}`);
    const isNumbered = before !== undefined && number !== undefined && keyNumber !== undefined;
    const id = isNumbered ? (BigInt(keyNumber) << 32n) | BigInt(number) : undefined;
    const undo = { change, entityKey: entityKeyOf(tenantId, entity), before, id };
    this.#entities.pin(undo.entityKey);
    if (isWrite(change)) scopes[scope].set(key, attributeOf(change));
    else scopes[scope].delete(key);
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
    const ofScope = this.#entities.get(entityKey)?.scopes[scope];
    if (before === undefined) ofScope?.delete(key);
    else ofScope?.set(key, before);
    this.#entities.unpin(entityKey);
  }

  #entity(tenantId: TenantId, entity: EntityId): OfEntity {
    const entityKey = entityKeyOf(tenantId, entity);
    const cached = this.#entities.get(entityKey);
    if (cached !== undefined) return cached;
    const loaded: OfEntity = { number: undefined, scopes: { CLIENT_SCOPE: new Map(), SHARED_SCOPE: new Map(), SERVER_SCOPE: new Map() } };
    for (const row of this.#select.iterate(tenantId, entity.entityType, entity.id)) {
      const kind = Number(row['kind']) as ValueKind;
      const [scope, key] = [row['scope'] as AttributeScope, String(row['key'])];
      const value = valueOfColumn(kind, row['value'] as bigint | number | string);
      loaded.number = Number(row['number']);
      loaded.scopes[scope].set(key, { key, kind, value, lastUpdateMs: Number(row['last_update_ms']) });
      this.#learn(scope, key, Number(row['key_number']));
    }
    this.#entities.set(entityKey, loaded);
    return loaded;
  }

  #learn(scope: AttributeScope, key: string, number: number | undefined): void {
    if (number === undefined) return;
    // Few installations have that many keys. Those that do learn them again.
    if (this.#keyNumbers.size >= ATTRIBUTE_KEYS_CACHED) this.#keyNumbers.clear();
    this.#keyNumbers.set(`${scope} ${key}`, number);
  }
}

const numberIn = (row: Readonly<Record<string, unknown>> | undefined): number | undefined => (row === undefined ? undefined : Number(row['number']));

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
