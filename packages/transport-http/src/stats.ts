import type { Log, Problem } from '@fieldline/kernel';

/** Counters of the HTTP transport since the start. */
export interface HttpStats {
  /** Uplinks stored and answered with 200. */
  stored: number;
  /** Requests answered with an error, by what became of them. */
  refused: number;
  unauthenticated: number;
  tooLarge: number;
  /** Requests whose sender went away before the body was complete. */
  aborted: number;
  /** Requests that could not be taken now and were told to come again. */
  unavailable: number;
  bytes: number;
}

export function newHttpStats(): HttpStats {
  return { stored: 0, refused: 0, unauthenticated: 0, tooLarge: 0, aborted: 0, unavailable: 0, bytes: 0 };
}

/**
 * Counts a refusal and logs it. Events: `http-request-refused` (debug: what a device sent wrong),
 * `http-request-failed` (warn: what failed on our side).
 */
export function countRefusal(stats: HttpStats, log: Log, problem: Problem): void {
  if (problem.kind === 'unauthenticated') stats.unauthenticated += 1;
  else if (problem.code === 'HTTP_BODY_TOO_LARGE' || problem.code === 'PROTOCOL_PAYLOAD_TOO_LARGE') stats.tooLarge += 1;
  else if (problem.kind === 'unavailable') stats.unavailable += 1;
  else stats.refused += 1;
  if (problem.kind === 'internal') log.warn('http-request-failed', { code: problem.code });
  else log.debug('http-request-refused', { code: problem.code });
}
