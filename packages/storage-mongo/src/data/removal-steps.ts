import { SERIES_A_REMOVAL } from '../limits.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { DataCollections } from './data-collections.js';
import { endOfSeries } from './data-documents.js';
import type { DataStep } from './data-steps.js';
import { entityKey, ownerKey, type MongoUnit, type RemovedOwner } from './mongo-unit.js';
import { removedKey } from './removed-owners.js';

/** Removes everything about the entities and tenants that units remove, and remembers that they are gone; alarms and traces of entities go elsewhere. */
export async function removalSteps(collections: DataCollections, units: readonly MongoUnit[]): Promise<readonly DataStep[]> {
  const owners = units.flatMap((unit) => unit.removedOwners);
  if (owners.length === 0) return [];
  const steps: DataStep[] = [{ to: 'removed', put: [...new Set(owners.map(removedKey))].map((_id) => ({ _id })) }];
  for (const owner of owners) {
    steps.push(...(await pointRemovals(collections, owner)));
    steps.push(...(owner.entity === undefined ? ofTenant(owner.tenantId) : ofEntity(owner.tenantId, owner.entity)));
  }
  return steps;
}

/** The series are known by their latest points, or where points may not be those, by name; both go after the points. */
async function pointRemovals(collections: DataCollections, { tenantId, entity }: RemovedOwner): Promise<readonly DataStep[]> {
  const filter = entity === undefined ? { tenantId } : { tenantId, entity: entityKey(entity) };
  const names = new Set<string>();
  for (const known of [collections.latest, collections.series]) {
    for await (const { _id } of known.stream(filter, { fields: ['_id'] })) names.add(_id);
  }
  const ranges = Array.from(names, (name): MongoFilter => ({ _id: { $gte: name, $lt: endOfSeries(name) } }));
  const removals = inCalls(ranges, SERIES_A_REMOVAL).map(($or): DataStep => ({ to: 'point', remove: { $or } }));
  return [...removals, { to: 'latest', remove: filter }, { to: 'series', remove: filter }];
}

function ofEntity(tenantId: string, entity: NonNullable<RemovedOwner['entity']>): readonly DataStep[] {
  const packets: readonly DataStep[] = entity.entityType === 'DEVICE' ? [{ to: 'packet', remove: { tenantId, deviceId: entity.id } }] : [];
  return [
    { to: 'attribute', remove: { tenantId, entity: entityKey(entity) } },
    { to: 'queried', remove: { _id: ownerKey(tenantId, entity) } },
    ...packets,
  ];
}

function ofTenant(tenantId: string): readonly DataStep[] {
  const targets = ['attribute', 'queried', 'queriedKey', 'alarm', 'packet', 'nodeState', 'handOver', 'deadLetter', 'trace', 'traceUsage'] as const;
  return [...targets.map((to): DataStep => ({ to, remove: { tenantId } })), { to: 'retention', remove: { _id: tenantId } }];
}
