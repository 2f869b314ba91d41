import { useMemo, useState } from 'react';
import { SERIES_MAX } from '../chart/limits.js';
import type { LatestValues } from './use-latest-values.js';

/** Keys that are drawn before anybody chose: enough to see something, few enough to read. */
const initialKeyCount = 3;

/**
 * The keys that the chart draws, with a colour each. What is given back stays the same while the keys do, whatever their values become.
 * @param chartable those that can be drawn, the first of which are until somebody chooses
 */
export function useDrawnKeys(values: LatestValues | undefined, chartable: readonly string[]) {
  const [chosen, setChosen] = useState<readonly string[]>();
  const chartableText = JSON.stringify(chartable);
  const keys = useMemo(() => {
    const available = JSON.parse(chartableText) as string[];
    return (chosen ?? available.slice(0, initialKeyCount)).filter((key) => available.includes(key));
  }, [chosen, chartableText]);
  const colourNames = useMemo(() => new Map(keys.map((key, index) => [key, `--fl-series-${index + 1}`])), [keys]);
  const colours = useMemo(() => new Map([...colourNames].map(([key, name]) => [key, `var(${name})`])), [colourNames]);
  const booleanText = JSON.stringify(keys.filter((key) => values?.get(key)?.kind === 'boolean'));
  const booleanKeys = useMemo(() => new Set(JSON.parse(booleanText) as string[]), [booleanText]);
  const toggle = (key: string) => setChosen(keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key].slice(-SERIES_MAX));
  return { keys, booleanKeys, colourNames, colours, toggle };
}
