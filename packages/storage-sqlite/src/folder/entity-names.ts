import { isQueriedType, queriedKinds, type EntityId } from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import { entityTables } from '../entities/entity-tables.js';

/** The name people know an entity by: its name, the title of a customer, the address of a user; empty where it has none. */
export function entityName(database: DatabaseSync, { entityType, id }: EntityId): string {
  if (!isQueriedType(entityType)) return '';
  const { table } = entityTables[queriedKinds[entityType]];
  const name = `coalesce(document ->> '$.name', document ->> '$.title', document ->> '$.email', '')`;
  return String(database.prepare(`SELECT ${name} AS name FROM ${table} WHERE id = ?`).get(id)?.['name'] ?? '');
}
