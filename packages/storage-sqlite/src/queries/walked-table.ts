import type { RelationWalk, TenantId } from '@fieldline/model';
import { queryErrors } from '@fieldline/ports';
import { QUERIED_ENTITIES_MAX } from '../limits.js';
import type { QueryRun } from './query-connection.js';
import { anyOf, isIn, raw, sql, type Sql } from './sql.js';

/**
 * Walks breadth first, then calls `use` with the table of what was found: the numbers of the entities, each with the root
 * from which it was met first.
 *
 * @throws QUERY_TOO_MANY_ENTITIES
 */
export function withWalkedTable<T>(run: QueryRun, tenantId: TenantId, walk: RelationWalk, use: (table: string) => Promise<T>): Promise<T> {
  const metColumns = 'entity_id TEXT, entity_type TEXT, level INTEGER, root_id TEXT, PRIMARY KEY (entity_id, entity_type)';
  return run.connection.withTable(
    metColumns,
    (met) =>
      run.connection.withTable('number INTEGER PRIMARY KEY, root_id TEXT', (found) => {
        follow(run, tenantId, walk, met);
        run.connection.run(sql`INSERT INTO temp.${raw(found)} (number, root_id) ${foundSql(tenantId, walk, met)}`, run.deadline);
        return use(found);
      }),
    'WITHOUT ROWID',
  );
}

/** Fills the table of the entities met with their level, the roots having 0. */
function follow({ connection, deadline }: QueryRun, tenantId: TenantId, walk: RelationWalk, met: string): void {
  const add = raw(`INSERT OR IGNORE INTO temp.${met} (entity_id, entity_type, level, root_id)`);
  const roots = walk.roots.map(({ entityType, id }) => [id, entityType, id]);
  let total = connection.run(sql`${add} VALUES (?1, ?2, 0, ?3)`, deadline, roots);
  const { farId, farType } = endsOf(walk);
  // The entities of the last level are not left, so they need not be remembered.
  for (let level = 1; level < walk.maxLevel; level += 1) {
    const onward = sql`SELECT r.${farId}, ${farType}, ${level}, min(m.root_id) ${stepsSql(tenantId, walk, met)} AND m.level = ${level - 1} GROUP BY 1, 2`;
    const added = connection.run(sql`${add} ${onward}`, deadline);
    total += added;
    if (total > QUERIED_ENTITIES_MAX) throw queryErrors.TOO_MANY_ENTITIES({ max: QUERIED_ENTITIES_MAX });
    if (added === 0) return;
  }
}

/** The relations `r` that lead on from the entities `m` that were met. */
function stepsSql(tenantId: TenantId, walk: RelationWalk, met: string): Sql {
  const { nearId, nearType } = endsOf(walk);
  return sql`FROM temp.${raw(met)} m CROSS JOIN relation r ON r.tenant_id = ${tenantId} AND r.${nearId} = m.entity_id AND r.type_group = 'COMMON'
    WHERE ${nearType} = m.entity_type AND (r.rowid & 15 <> 0 OR in_time())`;
}

/** Of each entity reached: its number and the root of the nearest way to it, where a relation that leads to it fits. */
function foundSql(tenantId: TenantId, walk: RelationWalk, met: string): Sql {
  const { farId, farType } = endsOf(walk);
  const fits = sql`(${fitsSql(walk, farType)}) AND (${isLastSql(tenantId, walk)})`;
  const reached = sql`SELECT r.${farId} AS entity_id, ${farType} AS entity_type, substr(min(format('%02d', m.level) || m.root_id), 3) AS root_id,
    max(${fits}) AS is_found ${stepsSql(tenantId, walk, met)} AND m.level < ${walk.maxLevel} GROUP BY 1, 2`;
  return sql`SELECT e.number, x.root_id FROM (${reached}) x CROSS JOIN numbered_entity e
    ON e.entity_id = x.entity_id AND e.entity_type = x.entity_type AND e.tenant_id = ${tenantId} WHERE x.is_found`;
}

function fitsSql({ steps, isNegated }: RelationWalk, farType: Sql): Sql {
  if (steps.length === 0) return raw('1');
  const fitsAny = anyOf(
    steps.map(({ relationType, entityTypes, isNegated: isOther }) => {
      const type = sql`json_extract(r.document, '$.type')`;
      const isOfType = relationType === '' ? raw('1') : sql`${type} ${raw(isOther ? '<>' : '=')} ${relationType}`;
      return entityTypes.length === 0 ? isOfType : sql`(${isOfType} AND ${isIn(farType, entityTypes)})`;
    }),
  );
  return isNegated ? sql`NOT ${fitsAny}` : fitsAny;
}

function isLastSql(tenantId: TenantId, walk: RelationWalk): Sql {
  if (!walk.lastLevelOnly) return raw('1');
  const { farId, farType, nearId, nearName } = endsOf(walk);
  return sql`m.level + 1 = ${walk.maxLevel} OR NOT EXISTS (SELECT 1 FROM relation n
    WHERE n.tenant_id = ${tenantId} AND n.${nearId} = r.${farId} AND n.type_group = 'COMMON' AND json_extract(n.document, ${nearName}) = ${farType})`;
}

/** The columns of the end a relation is met at and of the one it leads to. */
function endsOf({ direction }: RelationWalk): { readonly [C in 'nearId' | 'nearType' | 'farId' | 'farType']: Sql } & { readonly nearName: string } {
  const [near, far] = direction === 'FROM' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const type = (end: string): Sql => raw(`json_extract(r.document, '$.${end}Type')`);
  return { nearId: raw(`${near}_id`), nearType: type(near), farId: raw(`${far}_id`), farType: type(far), nearName: `$.${near}Type` };
}
