import type { JsonObject } from './value.js';

/** One reading of a device, decoded: what becomes one telemetry message. */
export interface Reading {
  /** Time of the reading; the time of arrival where the device named none. */
  readonly tsMs: number;
  /** True where the device named the time. */
  readonly hasOwnTs: boolean;
  /** The flat object of its values, without members that were null. */
  readonly data: JsonObject;
  /** JSON text of `data`; given only where `data` alone would lose how a number was written (`42.0`, 2^53 + 1). */
  readonly text?: string | undefined;
}
