import { type DataPoint, valueText } from '@fieldline/model';

/** Values of a frame: key to `[ts, text]` pairs. */
export type LiveData = Record<string, [number, string | null][]>;

/** Error codes of frames (websocket-api.md §11). */
export const liveErrorCodes = { internal: 1, badRequest: 2, unauthorized: 3, tooManyUpdates: 34 } as const;

/** A frame with values of version 1. */
export function liveFrame(subscriptionId: number, data: LiveData): string {
  return tailedFrame(subscriptionId, liveTail(data));
}

/**
 * What a frame with values says behind its id: equal for all who are told the same, and made once for them. Keys are in alphabetical
 * order; `latestValues` gives the time of the last pair of each key.
 */
export function liveTail(data: LiveData): string {
  const keys = Object.keys(data).sort();
  const values = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(data[key])}`);
  const times = keys.map((key) => `${JSON.stringify(key)}:${data[key]?.at(-1)?.[0] ?? 0}`);
  return `"errorCode":0,"errorMsg":null,"data":{${values.join(',')}},"latestValues":{${times.join(',')}}}`;
}

/** @param tail of `liveTail` */
export function tailedFrame(subscriptionId: number, tail: string): string {
  return `{"subscriptionId":${subscriptionId},${tail}`;
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
