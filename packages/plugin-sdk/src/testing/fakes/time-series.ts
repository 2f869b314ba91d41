import type { EntityId, JsonObject, JsonValue, Message } from '@fieldline/model';
import { readingTsMs } from '@fieldline/model';
import type { TimeSeriesService } from '../../services.js';
import { refused } from './problem.js';

/** A point a node saved. Values are as they came, without the casts of the real writer. */
export interface SavedPoint {
  readonly entity: EntityId;
  readonly key: string;
  readonly tsMs: number;
  readonly value: JsonValue;
  readonly ttlMs: number;
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
          found.push({ entity: message.originator, key, tsMs, value, ttlMs: options.ttlMs });
        }
      }
      points.push(...found);
      return found.length;
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
