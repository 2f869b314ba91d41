import type { Queue } from '@fieldline/model';

/** How an attempt of a pack ended. Messages in none of the lists succeeded. */
export interface Verdict {
  /** Messages of the pack at its first attempt. */
  readonly total: number;
  /** Places of the messages of this attempt. */
  readonly places: readonly number[];
  readonly failed: ReadonlySet<number>;
  /** Timed out, or never begun because they wait behind a failure. */
  readonly pending: ReadonlySet<number>;
  /** Never retried, however they ended. */
  readonly acknowledged: ReadonlySet<number>;
}

/**
 * The places to run again, ascending; none where the pack is done and what did not succeed is given up
 * (rule-engine.md §10).
 *
 * @param retry number of the retry this would be, from 1
 */
export function placesToRetry({ strategy, retries, failurePercentage }: Queue['processing'], verdict: Verdict, retry: number): readonly number[] {
  const { total, places, failed, pending, acknowledged } = verdict;
  const mayRun = (place: number): boolean => !acknowledged.has(place);
  const broken = places.filter((place) => (failed.has(place) || pending.has(place)) && mayRun(place));
  if (broken.length === 0) return [];
  if (retries > 0 && retry > retries) return [];
  // A share of 0 to 1 against the number as it is stored, as the compatible engine does it.
  if (failurePercentage > 0 && broken.length / total > failurePercentage) return [];
  switch (strategy) {
    case 'SKIP_ALL_FAILURES':
    case 'SKIP_ALL_FAILURES_AND_TIMED_OUT':
      return [];
    case 'RETRY_ALL':
      return places.filter(mayRun);
    case 'RETRY_FAILED':
      return broken.filter((place) => failed.has(place));
    case 'RETRY_TIMED_OUT':
      return broken.filter((place) => pending.has(place));
    case 'RETRY_FAILED_AND_TIMED_OUT':
      return broken;
  }
}

/** True where messages that run longer than the pack may are cancelled; otherwise the pack waits for them. */
export function cancelsLateOnes({ strategy }: Queue['processing']): boolean {
  return strategy !== 'SKIP_ALL_FAILURES';
}

/** The pause before the retry after the one with this pause. */
export function nextPauseMs({ pauseMaxMs }: Queue['processing'], pauseMs: number): number {
  return pauseMaxMs > pauseMs ? Math.min(pauseMs * 2, pauseMaxMs) : pauseMs;
}
