import type { JsonValue, Reading } from '@fieldline/model';

/**
 * Auto-extraction of 2/DCP data samples (kaa.md §5.2): each top-level member of an object sample whose value
 * is a number and whose name is made of letters, digits, hyphen and underscore becomes a value of the series
 * `auto~<name>`. Everything else of a sample is passed over without complaint.
 *
 * @param receivedAtMs the one instant that all samples of a payload share; the protocol has no other time
 * @returns one reading for each sample that gave a value, in order
 */
export function extractSamples(samples: readonly JsonValue[], receivedAtMs: number): readonly Reading[] {
  const readings: Reading[] = [];
  for (const sample of samples) {
    if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) continue;
    const data: Record<string, number> = {};
    let count = 0;
    for (const [name, value] of Object.entries(sample)) {
      if (typeof value !== 'number' || !SERIES_NAME.test(name)) continue;
      data[`auto~${name}`] = value;
      count += 1;
    }
    if (count > 0) readings.push({ tsMs: receivedAtMs, hasOwnTs: false, data });
  }
  return readings;
}

const SERIES_NAME = /^[A-Za-z0-9_-]+$/;
