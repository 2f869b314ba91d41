import type { EntityId, EntityType, TenantId } from '@fieldline/model';
import { queryErrors, type ManyEntitiesReader } from '@fieldline/ports';
import { LATEST_ENTITIES_A_READ, QUERIED_ENTITIES_MAX } from '../limits.js';
import { columnOfValue } from '../data/write-statements.js';
import type { SqlValue } from '../writer/writer-link.js';
import { raw, sql, type Sql } from './sql.js';
import { KEY_STEP } from './value-terms.js';
import type { QueryRun } from './query-connection.js';

/** Latest values are in the memory of whoever owns the data store. */
export type LatestReader = Pick<ManyEntitiesReader, 'latestOfMany'>;

/** An entity with its number. */
export interface NumberedEntity extends EntityId {
  readonly number: number;
  readonly tenantId: TenantId;
}

/** The columns of `numberedEntity`, of a row `e`. */
export const numberedColumns = raw('e.number, e.entity_type, e.entity_id, e.tenant_id');

export function numberedEntity([number, entityType, id, tenantId]: readonly unknown[]): NumberedEntity {
  return { number: Number(number), entityType: entityType as EntityType, id: String(id), tenantId: tenantId as TenantId };
}

/**
 * Calls `use` with a table of the latest values of some keys of all entities that a statement names, in the form of the
 * attribute table; its keys have the numbers of their places.
 *
 * @param candidates selects `numberedColumns`
 * @throws QUERY_TOO_MANY_ENTITIES
 */
export function withLatestTable<T>(
  run: QueryRun & { readonly latest: LatestReader },
  keys: readonly string[],
  candidates: Sql,
  use: (table: string) => Promise<T>,
): Promise<T> {
  const { connection, deadline, latest } = run;
  return connection.withTable('id INTEGER PRIMARY KEY, kind INTEGER, value ANY, last_update_ms INTEGER', async (table) => {
    const rows = connection.all(sql`${candidates} LIMIT ${QUERIED_ENTITIES_MAX + 1}`, deadline);
    if (rows.length > QUERIED_ENTITIES_MAX) throw queryErrors.TOO_MANY_ENTITIES({ max: QUERIED_ENTITIES_MAX });
    const insert = sql`INSERT INTO temp.${raw(table)} (id, kind, value, last_update_ms) VALUES (?, ?, ?, ?)`;
    for await (const { entity, points } of latestPoints(latest, rows.map(numberedEntity), keys)) {
      const values = points.map(({ key, kind, value, tsMs }): SqlValue[] => [
        keys.indexOf(key) * KEY_STEP + entity.number,
        kind,
        columnOfValue(kind, value),
        tsMs,
      ]);
      connection.run(insert, deadline, values);
    }
    return use(table);
  });
}

/** The latest points of entities, read in pieces that hold up nobody for long. */
export async function* latestPoints(latest: LatestReader, entities: readonly NumberedEntity[], keys: readonly string[]) {
  for (const [tenantId, ofTenant] of Map.groupBy(entities, (entity) => entity.tenantId)) {
    for (let start = 0; start < ofTenant.length; start += LATEST_ENTITIES_A_READ) {
      const piece = ofTenant.slice(start, start + LATEST_ENTITIES_A_READ);
      const lists = await latest.latestOfMany(tenantId, piece, keys);
      for (const [at, entity] of piece.entries()) yield { entity, points: lists[at] ?? [] };
    }
  }
}
