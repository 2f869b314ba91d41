import { latestThroughViews, type DataPoint, type EntityId, type EntityType, type SeriesWindow, type TenantId } from '@fieldline/model';
import { entityTables } from '../entities/entity-tables.js';
import type { LatestReader } from './latest-table.js';
import type { QueryRun } from './query-connection.js';
import { raw, sql } from './sql.js';

/** The latest points of entities of a tenant, a list for each: of views, what shows through them. */
export async function latestOfEntities(
  run: QueryRun & { readonly latest: LatestReader },
  tenantId: TenantId,
  entities: readonly EntityId[],
  keys: readonly string[],
): Promise<readonly (readonly DataPoint[])[]> {
  const { latest, deadline } = run;
  const viewIds = entities.filter(isView).map(({ id }) => id);
  if (viewIds.length === 0) return latest.latestOfMany(tenantId, entities, keys);
  const others = entities.filter((entity) => !isView(entity));
  const ofOthers = others.length === 0 ? [] : await latest.latestOfMany(tenantId, others, keys);
  const views = viewsOf(run, tenantId, viewIds, keys);
  const ofViews = await latestThroughViews([...views.values()], keys, {
    latest: (targets, asked) => latest.latestOfMany(tenantId, targets, asked),
    newest: async (target, key, time) => {
      deadline.check();
      return (await latest.range(tenantId, target, { key, ...time, limit: 1, order: 'DESC' }))[0];
    },
  });
  const found = new Map<string, readonly DataPoint[] | undefined>([...views.keys()].map((id, at) => [id, ofViews[at]]));
  const rest = ofOthers.values();
  return entities.map((entity) => (isView(entity) ? found.get(entity.id) : rest.next().value) ?? []);
}

const isView = ({ entityType }: EntityId): boolean => entityType === 'ENTITY_VIEW';

/** Views by their ids, each with those of the keys that it lists: its others may be many. */
function viewsOf(
  { connection, deadline }: QueryRun,
  tenantId: TenantId,
  ids: readonly string[],
  keys: readonly string[],
): ReadonlyMap<string, SeriesWindow> {
  const field = (name: string) => raw(`d.document ->> '$.${name}'`);
  const listed = sql`(SELECT json_group_array(a.key) FROM json_each(${JSON.stringify(keys)}) a
    WHERE a.value IN (SELECT value FROM json_each(d.document, '$.keys.timeseries')))`;
  const statement = sql`SELECT d.id, ${field('targetType')}, ${field('targetId')}, ${field('startMs')}, ${field('endMs')}, ${listed}
    FROM json_each(${JSON.stringify(ids)}) j CROSS JOIN ${raw(entityTables.entityView.table)} d ON d.id = j.value
    WHERE d.tenant_id = ${tenantId} AND in_time()`;
  const rows = connection.all(statement, deadline);
  return new Map(
    rows.map(([id, targetType, targetId, startMs, endMs, places]): [string, SeriesWindow] => [
      String(id),
      {
        targetType: targetType as EntityType,
        targetId: String(targetId),
        startMs: Number(startMs),
        endMs: Number(endMs),
        keys: { timeseries: (JSON.parse(String(places)) as number[]).map((place) => keys[place] as string) },
      },
    ]),
  );
}
