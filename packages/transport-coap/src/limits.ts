/** Bytes of a request body, whole or put together from blocks: as an MQTT payload (device-api.md §14); a reading is far smaller. */
export const BODY_BYTES_MAX = 65_536;

/** Bodies that may be half received from one address: a gateway with some children, not a flood. */
export const TRANSFERS_PER_ADDRESS_MAX = 16;

/** Bodies that may be half received in all, and their bytes together; beyond either the oldest is forgotten. */
export const TRANSFERS_MAX = 1_024;
export const TRANSFER_BYTES_MAX = 16_777_216;

/** Time between the first and the last block of a body. */
export const TRANSFER_LIFETIME_MS = 60_000;

/** EXCHANGE_LIFETIME of RFC 7252 §4.8.2: how long a message id stands for the same message. */
export const EXCHANGE_LIFETIME_MS = 247_000;

/**
 * Exchanges remembered for repeats, some 300 bytes each. Beyond it the oldest is forgotten; a repeat that
 * comes later than that counts as a new reading.
 */
export const EXCHANGES_MAX = 65_536;

/** Time within which the answer travels in the acknowledgement; after it an empty one goes first (device-api.md §10.3). */
export const PIGGYBACK_MS = 500;

/** Bytes of answers the library keeps, with timers; about 10,000 answers. It frees those of lost clients only after minutes. */
export const LIBRARY_CACHE_BYTES = 131_072;

/** Sessions kept between requests, one a token. */
export const SESSIONS_MAX = 100_000;

/** Characters of a token: what a credentials id may have. */
export const TOKEN_LENGTH_MAX = 255;

/** Seconds a device is told to wait before it sends again. */
export const RETRY_AFTER_S = 1;

/** The bounds of the CoAP transport; each has a default here. */
export interface CoapLimits {
  readonly bodyBytesMax: number;
  readonly transfersPerAddressMax: number;
  readonly transfersMax: number;
  readonly transferBytesMax: number;
  readonly transferLifetimeMs: number;
  readonly exchangesMax: number;
  readonly exchangeLifetimeMs: number;
  readonly piggybackMs: number;
  readonly sessionsMax: number;
}

/** @see the constants of this file for the reasons */
export const defaultCoapLimits: CoapLimits = {
  bodyBytesMax: BODY_BYTES_MAX,
  transfersPerAddressMax: TRANSFERS_PER_ADDRESS_MAX,
  transfersMax: TRANSFERS_MAX,
  transferBytesMax: TRANSFER_BYTES_MAX,
  transferLifetimeMs: TRANSFER_LIFETIME_MS,
  exchangesMax: EXCHANGES_MAX,
  exchangeLifetimeMs: EXCHANGE_LIFETIME_MS,
  piggybackMs: PIGGYBACK_MS,
  sessionsMax: SESSIONS_MAX,
};
