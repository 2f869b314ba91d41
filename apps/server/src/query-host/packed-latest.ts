import type { DataPoint, EntityId, EntityType, StoredValue, TenantId, ValueKind } from '@fieldline/model';
import type { ManyEntitiesReader } from '@fieldline/ports';

/** Latest values as they cross between threads. A query may need those of 100,000 entities, and objects cost 20 times as much. */
export interface PackedLatest {
  latestOfMany(tenantId: TenantId, entities: PackedEntities, keys: readonly string[]): Promise<PackedPoints>;
}

export interface PackedEntities {
  readonly ids: readonly string[];
  /** The type of each; a single one where all have the same. */
  readonly types: readonly EntityType[];
}

/** A place in each list for each point: those of an entity follow one another. */
export interface PackedPoints {
  /** Places of the entities and of the keys in what was asked. */
  readonly entities: Uint32Array;
  readonly keys: Uint32Array;
  readonly timesMs: Float64Array;
  readonly kinds: Uint8Array;
  readonly values: readonly StoredValue[];
}

type Latest = Pick<ManyEntitiesReader, 'latestOfMany'>;

/** The end that has the values. */
export function packedLatest(latest: Latest): PackedLatest {
  return {
    async latestOfMany(tenantId, { ids, types }, keys) {
      const entities = ids.map((id, at): EntityId => ({ entityType: types[types.length === 1 ? 0 : at] as EntityType, id }));
      return packedPoints(await latest.latestOfMany(tenantId, entities, keys), keys);
    },
  };
}

/** The end that asks for them. */
export function unpackedLatest(packed: PackedLatest): Latest {
  return {
    async latestOfMany(tenantId, entities, keys) {
      const types = entities.map(({ entityType }) => entityType);
      const areSame = types.every((type) => type === types[0]);
      const asked = { ids: entities.map(({ id }) => id), types: areSame ? types.slice(0, 1) : types };
      return unpackedPoints(await packed.latestOfMany(tenantId, asked, keys), entities.length, keys);
    },
  };
}

function packedPoints(lists: readonly (readonly DataPoint[])[], keys: readonly string[]): PackedPoints {
  const placeOf = new Map(keys.map((key, place) => [key, place]));
  const points = lists.flat();
  return {
    entities: Uint32Array.from(lists.flatMap((list, at) => list.map(() => at))),
    keys: Uint32Array.from(points, ({ key }) => placeOf.get(key) ?? 0),
    timesMs: Float64Array.from(points, ({ tsMs }) => tsMs),
    kinds: Uint8Array.from(points, ({ kind }) => kind),
    values: points.map(({ value }) => value),
  };
}

function unpackedPoints({ entities, keys: places, timesMs, kinds, values }: PackedPoints, count: number, keys: readonly string[]): DataPoint[][] {
  const lists = Array.from({ length: count }, (): DataPoint[] => []);
  for (const [n, value] of values.entries()) {
    const key = keys[places[n] as number] as string;
    lists[entities[n] as number]?.push({ key, tsMs: timesMs[n] as number, kind: kinds[n] as ValueKind, value });
  }
  return lists;
}
