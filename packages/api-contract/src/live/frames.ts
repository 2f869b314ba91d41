import { type DataPoint, valueText } from '@fieldline/model';

/** Values of a frame: key to `[ts, text]` pairs. */
export type LiveData = Record<string, [number, string | null][]>;

/** Error codes of frames (websocket-api.md §11). */
export const liveErrorCodes = { internal: 1, badRequest: 2, unauthorized: 3, tooManyUpdates: 34 } as const;

/** A frame with values; keys in alphabetical order. `latestValues` gives the time of the last pair of each key. */
export function liveFrame(subscriptionId: number, data: LiveData): string {
  const sorted: LiveData = {};
  const latestValues: Record<string, number> = {};
  for (const key of Object.keys(data).sort()) {
    const pairs = data[key] ?? [];
    Object.defineProperty(sorted, key, { value: pairs, enumerable: true });
    Object.defineProperty(latestValues, key, { value: pairs.at(-1)?.[0] ?? 0, enumerable: true });
  }
  return JSON.stringify({ subscriptionId, errorCode: 0, errorMsg: null, data: sorted, latestValues });
}

/** An error, in the form of version 1 for commands of either version (websocket-api.md §11). */
export function liveErrorFrame(subscriptionId: number, errorCode: number, errorMsg: string): string {
  return JSON.stringify({ subscriptionId, errorCode, errorMsg, data: null, latestValues: {} });
}

/** Points as the pairs of a frame, in the order given. */
export function liveDataOf(points: readonly DataPoint[]): LiveData {
  const data: LiveData = Object.create(null) as LiveData;
  for (const point of points) (data[point.key] ??= []).push([point.tsMs, valueText(point)]);
  return data;
}
