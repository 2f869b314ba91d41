import { api } from '../api/api.js';
import type { Span } from '../api/telemetry-api.js';
import type { EntityRef } from '../api/wire.js';
import { readSeries, type Series } from './series.js';
import type { BucketResolution } from './time-window.js';

/** One point a bucket; with the lowest and highest of each where that was asked for. */
export interface LoadedBuckets {
  readonly points: Series;
  readonly lowest?: Series | undefined;
  readonly highest?: Series | undefined;
}

interface BucketsAsked extends Span {
  readonly keys: readonly string[];
  readonly resolution: BucketResolution;
  readonly hasRange: boolean;
}

export async function loadBuckets(entity: EntityRef, asked: BucketsAsked, signal: AbortSignal): Promise<LoadedBuckets> {
  const { keys, startTs, endTs, resolution, hasRange } = asked;
  const read = async (agg: BucketResolution['agg']) =>
    readSeries(await api.history(entity, { keys, startTs, endTs, agg, interval: resolution.intervalMs }, signal));
  const [points, lowest, highest] = await Promise.all([read(resolution.agg), ...(hasRange ? [read('MIN'), read('MAX')] : [])]);
  return { points, lowest, highest };
}
