import {
  attributeScopes,
  type Attribute,
  type AttributeScope,
  type EntityId,
  type EntityType,
  type TenantId,
  type ValueKind,
} from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import { valueOfColumn } from './attribute-cache.js';

/** Keys of any of the entities, by scope, sorted. */
export function attributeKeys(database: DatabaseSync, tenantId: TenantId, entities: readonly EntityId[]): Record<AttributeScope, readonly string[]> {
  // Read from the index of attributes by entity: the number of the key is the upper half of an attribute's own.
  const statement = database.prepare(`
    SELECT scope, key FROM attribute_key WHERE number IN (
      SELECT a.id >> 32 FROM json_each(?) AS asked
      CROSS JOIN numbered_entity e ON e.entity_id = asked.value ->> '$.id' AND e.entity_type = asked.value ->> '$.entityType' AND e.tenant_id = ?
      CROSS JOIN attribute a ON a.entity_number = e.number)`);
  const rows = statement.all(JSON.stringify(entities), tenantId);
  const keysIn = (scope: AttributeScope): string[] => rows.filter((row) => row['scope'] === scope).map((row) => String(row['key']));
  return Object.fromEntries(attributeScopes.map((scope) => [scope, keysIn(scope).sort()])) as Record<AttributeScope, string[]>;
}

/** Every entity of any tenant that has the attribute. */
export function everyAttribute(
  database: DatabaseSync,
  scope: AttributeScope,
  key: string,
): { readonly tenantId: TenantId; readonly entity: EntityId; readonly attribute: Attribute }[] {
  // Attributes of one key stand together, in the order of their entities.
  const statement = database.prepare(`
    SELECT e.tenant_id, e.entity_type, e.entity_id, a.kind, a.value, a.last_update_ms
    FROM attribute_key k CROSS JOIN attribute a ON a.id >= k.number << 32 AND a.id < k.number + 1 << 32
    CROSS JOIN numbered_entity e ON e.number = a.entity_number WHERE k.scope = ? AND k.key = ?`);
  statement.setReadBigInts(true);
  // Rows as lists: objects cost four times as much, and there may be a row for each device.
  statement.setReturnArrays(true);
  const rows = statement.all(scope, key) as unknown as readonly (readonly [string, string, string, bigint, bigint | number | string, bigint])[];
  return rows.map(([tenantId, entityType, id, storedKind, value, lastUpdateMs]) => {
    const kind = Number(storedKind) as ValueKind;
    return {
      tenantId: tenantId as TenantId,
      entity: { entityType: entityType as EntityType, id },
      attribute: { key, kind, value: valueOfColumn(kind, value), lastUpdateMs: Number(lastUpdateMs) },
    };
  });
}
