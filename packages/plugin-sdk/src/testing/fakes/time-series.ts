import type { DataPoint, EntityId, JsonObject, JsonValue, Message } from '@fieldline/model';
import { BucketAggregate, readingTsMs } from '@fieldline/model';
import type { SaveActions, TimeSeriesService } from '../../services/index.js';
import { refused } from './problem.js';
import { jsonOf, typedOf } from './typed.js';

/** A point a node saved. Values are as they came, without the casts of the real writer. */
export interface SavedPoint {
  readonly entity: EntityId;
  readonly key: string;
  readonly tsMs: number;
  readonly value: JsonValue;
  readonly ttlMs: number;
  /** Absent: everything is done with it. */
  readonly actions?: SaveActions | undefined;
}

/** Records points in `points`, oldest first. */
export function recordedTimeSeries(points: SavedPoint[], nowMs: () => number): TimeSeriesService {
  return {
    save(message, options) {
      const fallbackMs = options.useServerTime ? nowMs() : readingTsMs(message);
      const found: SavedPoint[] = [];
      for (const element of Array.isArray(message.data) ? (message.data as readonly JsonValue[]) : [message.data]) {
        const { tsMs, values } = reading(element, fallbackMs);
        for (const [key, value] of Object.entries(values)) {
          if (value === null) throw refused('TELEMETRY_VALUE_NULL', `"${key}" is null.`);
          if (key === '') throw refused('TELEMETRY_KEY_INVALID', 'A key is empty.');
          found.push({
            entity: message.originator,
            key,
            tsMs,
            value,
            ttlMs: options.ttlMs,
            ...(options.actions === undefined ? {} : { actions: options.actions }),
          });
        }
      }
      points.push(...found);
      return found.length;
    },
    put(entity, point, ttlMs) {
      points.push({ entity, key: point.key, tsMs: point.tsMs, value: jsonOf(point), ttlMs });
    },
    latest(entity, keys) {
      const found = keys.flatMap((key) => pointsOf(points, entity, key).slice(-1));
      return Promise.resolve(found);
    },
    range(entity, { key, startMs, endMs }, order, limit) {
      const found = pointsOf(points, entity, key).filter(({ tsMs }) => tsMs >= startMs && tsMs < endMs);
      return Promise.resolve((order === 'ASC' ? found : found.reverse()).slice(0, limit));
    },
    aggregate(entity, { key, startMs, endMs }, aggregation) {
      const found = pointsOf(points, entity, key).filter(({ tsMs }) => tsMs >= startMs && tsMs < endMs);
      if (found.length === 0) return Promise.resolve(undefined);
      const bucket = new BucketAggregate();
      for (const { kind, value } of found) bucket.add(kind, value);
      const value = bucket.result(aggregation);
      return Promise.resolve(value === undefined ? undefined : { key, tsMs: Math.floor((startMs + endMs) / 2), ...value });
    },
  };
}

function reading(element: JsonValue, fallbackMs: number): { readonly tsMs: number; readonly values: JsonObject } {
  const object = flatObject(element);
  const { ts, values } = object;
  if (typeof ts === 'number' && values !== undefined) return { tsMs: ts, values: flatObject(values) };
  return { tsMs: fallbackMs, values: object };
}

/** The object a telemetry or attributes body must be. */
export function flatObject(value: JsonValue): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('TELEMETRY_BODY_INVALID', 'The body is not a JSON object.');
  return value as JsonObject;
}

/** The body of a message as an object. */
export const objectBody = (message: Message): JsonObject => flatObject(message.data);

/** Points of one key by time; of those with the same time the last saved. */
function pointsOf(points: readonly SavedPoint[], entity: EntityId, key: string): DataPoint[] {
  const byTime = new Map<number, DataPoint>();
  for (const point of points) {
    if (point.key !== key || point.entity.id !== entity.id || point.entity.entityType !== entity.entityType) continue;
    byTime.set(point.tsMs, { key, tsMs: point.tsMs, ...typedOf(point.value) });
  }
  return [...byTime.values()].sort((a, b) => a.tsMs - b.tsMs);
}
