import { bodyOf, client } from './client.js';
import type { EntityRef } from './wire.js';

/** A stored reading, its value as text: numbers keep all their digits, JSON is as it was sent. */
export interface Reading {
  readonly ts: number;
  readonly value: string;
}

/** A span of time, in milliseconds since 1970; the end is not part of it. */
export interface Span {
  readonly startTs: number;
  readonly endTs: number;
}

export interface ReadingsQuery extends Span {
  readonly key: string;
  readonly limit: number;
  readonly orderBy: 'ASC' | 'DESC';
}

const { http } = client;

/** What pages ask about single readings; latest values and what charts draw is in `api`. */
export const telemetryApi = {
  readings: async (entity: EntityRef, { key, ...query }: ReadingsQuery, signal: AbortSignal): Promise<Reading[]> => {
    const answer = await series(entity, { ...query, key: [key] }, signal);
    return pointsOf(answer, key).map(({ ts, value }) => ({ ts, value: textOf(value) }));
  },
  /** How many readings some keys have in a span, together. The server counts; no reading is sent. */
  count: async (entity: EntityRef, keys: readonly string[], { startTs, endTs }: Span, signal: AbortSignal): Promise<number> => {
    const answer = await series(entity, { key: [...keys], startTs, endTs, agg: 'COUNT', interval: endTs - startTs }, signal);
    return keys.reduce((sum, key) => sum + pointsOf(answer, key).reduce((counted, { value }) => counted + Number(value), 0), 0);
  },
};

interface SeriesQuery extends Span {
  readonly key: string[];
  readonly limit?: number;
  readonly orderBy?: 'ASC' | 'DESC';
  readonly agg?: 'COUNT';
  readonly interval?: number;
}

function series({ entityType, id }: EntityRef, query: SeriesQuery, signal: AbortSignal) {
  const path = { entityType, entityId: id };
  return bodyOf(http.GET('/api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', { params: { path, query }, signal }));
}

/** Keys come from devices: one may be named as what every object has. */
function pointsOf<T>(answer: Readonly<Record<string, readonly T[]>>, key: string): readonly T[] {
  return Object.hasOwn(answer, key) ? (answer[key] ?? []) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
