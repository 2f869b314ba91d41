import type { EntityId, EntityType, TenantId } from '@fieldline/model';
import { queryErrors, type ManyEntitiesReader, type TimeSeriesReader } from '@fieldline/ports';
import { LATEST_ENTITIES_A_READ, QUERIED_ENTITIES_MAX } from '../limits.js';
import { columnOfValue } from '../data/write-statements.js';
import type { SqlValue } from '../writer/writer-link.js';
import type { EntityStatement } from './entity-query-sql.js';
import { NONE, raw, sql } from './sql.js';
import { KEY_STEP } from './value-terms.js';
import type { QueryRun } from './query-connection.js';
import { latestOfEntities } from './viewed-latest.js';

/** Latest values are in the memory of whoever owns the data store; history is read for views whose time has ended. */
export type LatestReader = Pick<ManyEntitiesReader, 'latestOfMany'> & Pick<TimeSeriesReader, 'range'>;

/** An entity with its number. */
export interface NumberedEntity extends EntityId {
  readonly number: number;
  readonly tenantId: TenantId;
}

/** The entities whose latest values decide what a query finds. */
export interface Candidates {
  readonly statement: EntityStatement;
  /** Of one type and of one tenant, so that nothing has to be grouped. */
  readonly areOfOneType: boolean;
}

/** The columns of `numberedEntity`, of a row `e`. */
export const numberedColumns = raw('e.number, e.entity_type, e.entity_id, e.tenant_id');

export function numberedEntity([number, entityType, id, tenantId]: readonly unknown[]): NumberedEntity {
  return { number: Number(number), entityType: entityType as EntityType, id: String(id), tenantId: tenantId as TenantId };
}

/**
 * Calls `use` with a table of the latest values of some keys of some entities, in the form of the
 * attribute table; its keys have the numbers of their places.
 *
 * @throws QUERY_TOO_MANY_ENTITIES
 */
export function withLatestTable<T>(
  run: QueryRun & { readonly latest: LatestReader },
  keys: readonly string[],
  candidates: Candidates,
  use: (table: string) => Promise<T>,
): Promise<T> {
  const { connection, deadline } = run;
  const columns = 'id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, value ANY NOT NULL, last_update_ms INTEGER NOT NULL';
  return connection.withTable(
    columns,
    async (table) => {
      const insert = sql`INSERT INTO temp.${raw(table)} (id, kind, value, last_update_ms) VALUES (?, ?, ?, ?)`;
      const places = new Map(keys.map((key, place) => [key, place * KEY_STEP]));
      for await (const piece of latestPoints(run, candidateEntities(run, candidates), keys)) {
        const values = piece.flatMap(({ entity, points }) =>
          points.map(({ key, kind, value, tsMs }): SqlValue[] => [(places.get(key) ?? 0) + entity.number, kind, columnOfValue(kind, value), tsMs]),
        );
        connection.run(insert, deadline, values);
      }
      return use(table);
    },
    'STRICT',
  );
}

/** All that a statement finds: as one text for each tenant and type, because a row for each entity would cost four times as much. */
function candidateEntities({ connection, deadline }: QueryRun, { statement, areOfOneType }: Candidates): readonly NumberedEntity[] {
  const found = sql`${statement.select(numberedColumns)} LIMIT ${QUERIED_ENTITIES_MAX + 1}`;
  const grouped = areOfOneType ? NONE : raw('GROUP BY tenant_id, entity_type');
  const groups = connection.all(
    sql`SELECT tenant_id, entity_type, group_concat(number), group_concat(entity_id) FROM (${found}) ${grouped}`,
    deadline,
  );
  const entities = groups.flatMap(([tenantId, entityType, numbers, ids]) => {
    if (numbers === null) return [];
    const numberOf = String(numbers).split(',');
    return String(ids)
      .split(',')
      .map((id, at) => numberedEntity([numberOf[at], entityType, id, tenantId]));
  });
  if (entities.length > QUERIED_ENTITIES_MAX) throw queryErrors.TOO_MANY_ENTITIES({ max: QUERIED_ENTITIES_MAX });
  return entities;
}

/** The latest points of entities that have any, read in pieces that hold up nobody for long. */
export async function* latestPoints(run: QueryRun & { readonly latest: LatestReader }, entities: readonly NumberedEntity[], keys: readonly string[]) {
  for (const [tenantId, ofTenant] of Map.groupBy(entities, (entity) => entity.tenantId)) {
    for (let start = 0; start < ofTenant.length; start += LATEST_ENTITIES_A_READ) {
      const piece = ofTenant.slice(start, start + LATEST_ENTITIES_A_READ);
      const lists = await latestOfEntities(run, tenantId, piece, keys);
      yield piece.flatMap((entity, at) => {
        const points = lists[at] ?? [];
        return points.length === 0 ? [] : [{ entity, points }];
      });
    }
  }
}
