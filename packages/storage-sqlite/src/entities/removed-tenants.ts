import { entityRules, type EntityKind, type TenantId, type UniqueRule } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlValue, WriteStatement } from '../writer/writer-link.js';
import { columnValue } from './entity-conditions.js';
import { entityTables, uniqueColumnOf } from './entity-tables.js';

/** A condition of rows that still count: none of them is of a removed tenant. */
export const isOfTenant = 'tenant_id NOT IN (SELECT id FROM removed_tenant)';

/**
 * The tenants that were removed, as a connection sees them. Their rows go bit by bit (writer/tenant-sweep.ts), so whoever
 * reads asks here afterwards: what was found of a tenant counts only if the tenant was still there then.
 */
export class RemovedTenants {
  readonly #has: StatementSync;
  readonly #isAnyLeft: StatementSync;

  constructor(database: DatabaseSync) {
    this.#has = database.prepare('SELECT 1 FROM removed_tenant WHERE id = ?');
    this.#isAnyLeft = database.prepare('SELECT 1 FROM removed_tenant WHERE is_swept = 0 LIMIT 1');
  }

  has(tenantId: string): boolean {
    return this.#has.get(tenantId) !== undefined;
  }

  /** True while there may be rows of removed tenants in the tables. */
  get leaveRows(): boolean {
    return this.#isAnyLeft.get() !== undefined;
  }
}

/** Removes a tenant, for every reader. Its rows follow where the request says `removesTenants`. */
export function tenantMark(tenantId: TenantId): WriteStatement {
  return { sql: 'INSERT OR IGNORE INTO removed_tenant (id) VALUES (?)', rows: [[tenantId]] };
}

/** Lists of tenants know no tenant to ask about, so the row of the tenant itself does not wait for the others. */
export function tenantRemoval(tenantId: TenantId): readonly WriteStatement[] {
  return [tenantMark(tenantId), { sql: `DELETE FROM ${entityTables.tenant.table} WHERE tenant_id = ?`, rows: [[tenantId]] }];
}

/** Removes rows of removed tenants that have what a change gives an entity and what is unique in the whole system. */
export function roomFor(change: EntityChange): readonly WriteStatement[] {
  if (change.change !== 'insert' && change.change !== 'update') return [];
  const rules: readonly UniqueRule<EntityKind>[] = entityRules[change.kind].unique;
  const unique = rules.filter(({ within }) => within === 'system');
  const isTaken = ['id', ...unique.map(uniqueColumnOf)].map((column) => `${column} = ?`).join(' OR ');
  const fields = change.entity as Readonly<Record<string, unknown>>;
  const values = unique.map(({ field, ignoresCase }): SqlValue => {
    return ignoresCase === true ? String(fields[field]).toLowerCase() : columnValue(fields[field]);
  });
  const sql = `DELETE FROM ${entityTables[change.kind].table} WHERE (${isTaken}) AND tenant_id IN (SELECT id FROM removed_tenant WHERE is_swept = 0)`;
  return [{ sql, rows: [[change.entity.id, ...values]] }];
}
