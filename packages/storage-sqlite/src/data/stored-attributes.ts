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
  return statement.all(scope, key).map((row) => {
    const kind = Number(row['kind']) as ValueKind;
    return {
      tenantId: row['tenant_id'] as TenantId,
      entity: { entityType: row['entity_type'] as EntityType, id: String(row['entity_id']) },
      attribute: { key, kind, value: valueOfColumn(kind, row['value'] as bigint | number | string), lastUpdateMs: Number(row['last_update_ms']) },
    };
  });
}
