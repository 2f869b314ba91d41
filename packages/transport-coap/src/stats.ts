import type { Log, Problem } from '@fieldline/kernel';

/** What the CoAP transport has done since it started. */
export interface CoapStats {
  datagrams: number;
  /** Datagrams that break the message format, or are no request. */
  malformed: number;
  /** Requests that repeat one taken before; answered again, not taken again. */
  duplicates: number;
  /** Uplinks stored and answered with 2.01. */
  stored: number;
  refused: number;
  unauthenticated: number;
  /** Bodies over the limit, among them blocks with a number far beyond it. */
  tooLarge: number;
  /** Blocks out of order or of the wrong size. */
  blocksRefused: number;
  /** Requests that could not be taken now and were told to come again. */
  unavailable: number;
  /** Answers that could not be sent. */
  sendErrors: number;
}

/** All at zero. */
export function newStats(): CoapStats {
  return {
    datagrams: 0,
    malformed: 0,
    duplicates: 0,
    stored: 0,
    refused: 0,
    unauthenticated: 0,
    tooLarge: 0,
    blocksRefused: 0,
    unavailable: 0,
    sendErrors: 0,
  };
}

/**
 * Counts a refusal and logs it. Events: `coap-request-refused` (debug: what a device sent wrong),
 * `coap-request-failed` (warn: what failed on our side).
 */
export function countRefusal(stats: CoapStats, log: Log, problem: Problem): void {
  if (problem.kind === 'unauthenticated') stats.unauthenticated += 1;
  else if (problem.kind === 'unavailable') stats.unavailable += 1;
  else if (problem.code.startsWith('COAP_BLOCK_')) stats.blocksRefused += 1;
  else if (problem.code === 'COAP_BODY_TOO_LARGE' || problem.code === 'PROTOCOL_PAYLOAD_TOO_LARGE') stats.tooLarge += 1;
  else stats.refused += 1;
  if (problem.kind === 'internal') log.warn('coap-request-failed', { code: problem.code });
  else log.debug('coap-request-refused', { code: problem.code });
}
