import { compareText, isKaaSeriesName, isKaaValueName } from '@fieldline/model';

/** A value of a Kaa series: what one telemetry key holds. */
export interface SeriesValue {
  readonly series: string;
  readonly value: string;
}

/** Name of the only value of a series that names none. */
export const ONLY_VALUE = 'value';

/**
 * The telemetry key that holds a value of a series (kaa.md §1): the value `value` has the name of the series, every other one
 * is `<series>.<value>`. `valueOfKey` is the way back.
 */
export function keyOfValue(series: string, value: string): string {
  return value === ONLY_VALUE ? series : `${series}.${value}`;
}

/**
 * The value of a Kaa series that a telemetry key holds, whoever wrote it. Each key is one value of one series: up to its first
 * dot it names the series where both parts may be names in Kaa; every other key is a series of its own with the value `value`.
 */
export function valueOfKey(key: string): SeriesValue {
  const dot = key.indexOf('.');
  const [series, value] = [key.slice(0, dot), key.slice(dot + 1)];
  if (dot > 0 && isKaaSeriesName(series) && value !== ONLY_VALUE && isKaaValueName(value)) return { series, value };
  return { series: key, value: ONLY_VALUE };
}

/** Whether a value of a series has a key that stands for nothing else. */
export function hasOwnKey({ series, value }: SeriesValue): boolean {
  const back = valueOfKey(keyOfValue(series, value));
  return back.series === series && back.value === value;
}

/** The values that keys hold, by series: of all series, or of those that are wanted; both in the order of their names. */
export function groupedValues(keys: readonly string[], wanted: readonly string[] | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const { series, value } = valueOfKey(key);
    if (wanted !== undefined && !wanted.includes(series)) continue;
    const known = found.get(series);
    if (known === undefined) found.set(series, [value]);
    else known.push(value);
  }
  for (const values of found.values()) values.sort(compareText);
  return new Map([...found].sort(([a], [b]) => compareText(a, b)));
}
