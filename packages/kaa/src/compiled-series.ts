import { parseJsonPath, type JsonPath, type JsonValue, type KaaTimeSeries } from '@fieldline/model';
import { keyOfValue } from './series-keys.js';

/** A value that is looked for in samples. */
export interface WantedValue {
  /** Telemetry key that it becomes. */
  readonly key: string;
  readonly path: JsonPath;
  /** `typeof` of a value that is taken. */
  readonly type: 'number' | 'string' | 'boolean';
}

/** A configuration of time series as extraction needs it. */
export interface CompiledSeries {
  readonly values: readonly WantedValue[];
  readonly isAutoExtracted: boolean;
  /** Absent where points have the time of receipt. */
  readonly time?: { readonly path: JsonPath; readonly text: string; readonly format: 'iso8601' | 'millis-unix-epoch'; readonly isRequired: boolean };
  /** The member of a sample that holds the time: auto-extraction leaves it out. */
  readonly timeMember?: string | number | undefined;
}

const compiled = new WeakMap<KaaTimeSeries, CompiledSeries>();

/** The compiled form of a configuration; made once for each object, so give the same object for the same configuration. */
export function compiledSeries(series: KaaTimeSeries): CompiledSeries {
  let known = compiled.get(series);
  if (known === undefined) compiled.set(series, (known = compile(series)));
  return known;
}

function compile({ names, timestamp, 'auto-extract': isAutoExtracted }: KaaTimeSeries): CompiledSeries {
  const values = Object.entries(names).flatMap(([series, definition]) =>
    definition.values.map(({ path, name, type }): WantedValue => ({ key: keyOfValue(series, name), path: parseJsonPath(path) ?? [], type })),
  );
  if (timestamp.path === '') return { values, isAutoExtracted };
  const path = parseJsonPath(timestamp.path) ?? [];
  const time = { path, text: timestamp.path, format: timestamp.format, isRequired: timestamp['fallback-strategy'] === 'fail' };
  return { values, isAutoExtracted, time, timeMember: path.length === 1 ? path[0] : undefined };
}

/** Whether a value found at the path of a wanted one is taken: one of another type is left out, not converted. */
export function isTaken({ type }: WantedValue, value: JsonValue | undefined): value is JsonValue {
  return type === 'number' ? isNumber(value) : typeof value === type;
}

/** Whether a value is a number that can be kept: JSON may write larger ones than there are. */
export function isNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
