/** Bytes of one payload: what ThingsBoard takes over HTTP (device-api.md §9); transports with smaller packets have smaller bounds. */
export const PAYLOAD_BYTES_MAX = 52_428_800;

/** Nesting of a payload: what Gson, and so ThingsBoard, takes. Printing JSON recurses, so a bound there must be. */
export const JSON_DEPTH_MAX = 255;

/** Objects and arrays in one payload. An empty array costs 3 bytes on the wire and ten times that in memory. */
export const JSON_CONTAINERS_MAX = 1_000_000;

/** Readings in one payload. Each becomes a message of its own, some hundred bytes from two on the wire. */
export const READINGS_PER_PAYLOAD_MAX = 100_000;

/** Bytes of a claim payload: a key and a number, whatever the escapes. */
export const CLAIM_BYTES_MAX = 4096;

/** Characters of the key by which a device is claimed: more than fits a label. */
export const CLAIM_SECRET_LENGTH_MAX = 255;

/** How long a device may wait for its claim: ten years, longer than any device lies in a shop. */
export const CLAIM_DURATION_MAX_MS = 315_360_000_000;

/** How far ahead of our clock a reading may claim to be: a day covers a clock in the wrong time zone. */
export const FUTURE_MAX_MS = 86_400_000;

/** Characters of the unit behind a number of 1/KP plain data; no unit is longer than a word. */
export const PLAIN_UNIT_LENGTH_MAX = 64;

/** Bytes of 1/KP plain data: a number and its unit; more is something else. */
export const PLAIN_BYTES_MAX = 1024;

/** Bytes at which a batch is handed over without waiting for the end of the turn, so that one turn cannot gather without bound. */
export const BATCH_BYTES_MAX = 1_048_576;

/** Bytes of buffer a batch keeps for the next one: more than a full batch, so that only a huge payload is let go of. */
export const KEPT_BYTES_MAX = 4 * BATCH_BYTES_MAX;
