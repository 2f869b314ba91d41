import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { valueAtPath, type JsonValue, type KaaTimeSeries, type Reading } from '@fieldline/model';
import { compiledSeries, isNumber, isTaken, type CompiledSeries } from './compiled-series.js';
import { kaaErrors } from './errors.js';
import { AUTO_NAME_LENGTH_MAX } from './limits.js';
import { parseSampleTime } from './sample-time.js';

/** When samples arrived, and how far ahead of that their own times may be. */
export interface Receipt {
  /** The one instant that all samples of a payload share. */
  readonly atMs: number;
  readonly futureMaxMs: number;
}

/**
 * Extraction of time series from 2/DCP data samples (kaa.md §5.2). Of each sample the configured values become readings
 * under the keys of `keyOfValue`; with auto-extraction each top-level member of an object whose value is a number, and whose
 * name is made of letters, digits, hyphen and underscore, is a reading `auto~<name>` besides. What fits nothing is passed
 * over without complaint.
 *
 * @returns one reading for each sample that gave a value, in order; or KAA_SAMPLE_TIME_UNREADABLE, which refuses them all
 */
export function extractSamples(
  samples: readonly JsonValue[],
  receipt: Receipt,
  series: KaaTimeSeries,
): { readonly readings: readonly Reading[] } | { readonly problem: Problem } {
  const compiled = compiledSeries(series);
  const readings: Reading[] = [];
  for (const sample of samples) {
    const ownMs = ownTimeOf(sample, receipt, compiled);
    if (ownMs === undefined && compiled.time?.isRequired === true) {
      const { text: path, format } = compiled.time;
      return { problem: problemOf(kaaErrors.SAMPLE_TIME_UNREADABLE({ path, format })) };
    }
    const data = valuesOf(sample, compiled);
    if (data !== undefined) readings.push({ tsMs: ownMs ?? receipt.atMs, hasOwnTs: ownMs !== undefined, data, ...exactText(data) });
  }
  return { readings };
}

/** A time too far ahead is none: the clock of the device is wrong. */
function ownTimeOf(sample: JsonValue, { atMs, futureMaxMs }: Receipt, { time }: CompiledSeries): number | undefined {
  if (time === undefined) return undefined;
  const tsMs = parseSampleTime(valueAtPath(sample, time.path), time.format);
  return tsMs === undefined || tsMs - atMs > futureMaxMs ? undefined : tsMs;
}

function valuesOf(sample: JsonValue, { values, isAutoExtracted, timeMember }: CompiledSeries): Record<string, JsonValue> | undefined {
  const data: Record<string, JsonValue> = {};
  let count = 0;
  for (const wanted of values) {
    const value = valueAtPath(sample, wanted.path);
    if (!isTaken(wanted, value)) continue;
    data[wanted.key] = value;
    count += 1;
  }
  if (isAutoExtracted && typeof sample === 'object' && sample !== null && !Array.isArray(sample)) {
    for (const [name, value] of Object.entries(sample)) {
      if (!isNumber(value) || name === timeMember || name.length > AUTO_NAME_LENGTH_MAX || !SERIES_NAME.test(name)) continue;
      data[`auto~${name}`] = value;
      count += 1;
    }
  }
  return count === 0 ? undefined : data;
}

/**
 * To devices of ThingsBoard an integer that 64 bits do not hold is a text (device-api.md §2.3). To Kaa it is a number, which it stays
 * where its text has a point.
 */
function exactText(data: Record<string, JsonValue>): { readonly text?: string } {
  if (!Object.values(data).some(isLarge)) return {};
  const members = Object.entries(data).map(
    ([key, value]) => `${JSON.stringify(key)}:${isLarge(value) ? `${BigInt(value)}.0` : JSON.stringify(value)}`,
  );
  return { text: `{${members.join(',')}}` };
}

function isLarge(value: JsonValue): value is number {
  return typeof value === 'number' && Math.abs(value) >= LONG_END;
}

/** The first number behind those that 64 bits with a sign hold. */
const LONG_END = 2 ** 63;
const SERIES_NAME = /^[A-Za-z0-9_-]+$/;
