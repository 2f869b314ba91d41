import { latestThroughViews, type DataPoint } from '@fieldline/model';
import { latestOfMany } from '../data/reads-of-many.js';
import { entityOf } from '../entities/entity-documents.js';
import { inCalls } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';
import type { QueryRow } from './selected-rows.js';

/**
 * The latest points of some keys that show through entity views of one tenant, by the ids of the views.
 *
 * @throws QUERY_TOO_SLOW, and as `range` of history
 */
export async function viewedPoints(
  run: QueryRun,
  rows: readonly QueryRow[],
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly DataPoint[]>> {
  const { entities, data, history } = run.collections;
  const points = new Map<string, readonly DataPoint[]>();
  const [first] = rows;
  if (first === undefined || keys.length === 0) return points;
  const { tenantId } = first;
  for (const part of inCalls(rows.map(({ entity }) => entity.id))) {
    const documents = await run.all(entities.entityView, { _id: { $in: part } }, part.length, { fields: ['_entity'] });
    const views = documents.map((document) => entityOf('entityView', document));
    const lists = await latestThroughViews(views, keys, {
      latest: (targets, asked) => latestOfMany(data.latest, tenantId, targets, asked),
      newest: async (target, key, time) => {
        run.checkTime();
        return (await history.range(tenantId, target, { key, ...time, limit: 1, order: 'DESC' }))[0];
      },
    });
    for (const [at, { _id }] of documents.entries()) points.set(_id, lists[at] ?? []);
  }
  return points;
}
