import { useCallback, useRef } from 'react';
import type { LatestValues } from './use-latest-values.js';
import { chartValueOfText, kindOfText } from './value-kind.js';

/** Reads live values of a key as numbers for a chart, by the kind that the key has. Stays the same function. */
export function useNumberOf(values: LatestValues | undefined): (key: string, text: string) => number | undefined {
  const latest = useRef(values);
  latest.current = values;
  return useCallback((key, text) => chartValueOfText(text, kindOfText(text, latest.current?.get(key)?.kind)), []);
}
