/** Bytes of a request body: what ThingsBoard takes (device-api.md §9). */
export const BODY_BYTES_MAX = 52_428_800;

/** Bytes of all bodies that are being received: two of the largest, so that slow senders cannot fill the memory. */
export const RECEIVING_BYTES_MAX = 2 * BODY_BYTES_MAX;

/** Time a device may take to send a body: an hour's readings over a slow modem fit. */
export const BODY_TIMEOUT_MS = 30_000;

/** Time a refused body is still read and thrown away, so that the answer is not lost in a reset connection. */
export const DISCARD_TIMEOUT_MS = 2_000;

/** Bytes of a refused body that are read and thrown away on a connection that then stays open; a longer one closes it. */
export const DISCARD_BYTES_MAX = 65_536;

/** Sessions kept between requests, one a token. One costs some hundred bytes here and in the engine. */
export const SESSIONS_MAX = 100_000;

/** Characters of a token: what a credentials id may have. Percent-encoding at most triples them. */
export const TOKEN_LENGTH_MAX = 255;

/** What a device is told to wait before it sends again. */
export const RETRY_AFTER_S = 1;

/** The bounds of the HTTP transport; each has a default in `limits.ts`. */
export interface HttpLimits {
  readonly bodyBytesMax: number;
  readonly receivingBytesMax: number;
  readonly bodyTimeoutMs: number;
  readonly discardTimeoutMs: number;
  readonly sessionsMax: number;
}

/** @see the constants of this file for the reasons */
export const defaultHttpLimits: HttpLimits = {
  bodyBytesMax: BODY_BYTES_MAX,
  receivingBytesMax: RECEIVING_BYTES_MAX,
  bodyTimeoutMs: BODY_TIMEOUT_MS,
  discardTimeoutMs: DISCARD_TIMEOUT_MS,
  sessionsMax: SESSIONS_MAX,
};
