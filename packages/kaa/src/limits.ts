/** Characters of a member that is taken by auto-extraction: with `auto~` before it a telemetry key, which has 255 at most. */
export const AUTO_NAME_LENGTH_MAX = 250;

/** Device profiles of a tenant that are looked through for versions of applications. */
export const PROFILES_MAX = 10_000;

/** Endpoints that one request is about. */
export const ENDPOINTS_MAX = 10_000;

/** Endpoints whose latest points are read at once. */
export const ENDPOINTS_AT_ONCE = 250;

/** Values of all points in one answer with last points: about 30 MB of it. */
export const LAST_VALUES_MAX = 500_000;

/** Points in one piece of a history. */
export const HISTORY_PIECE_POINTS = 2_048;

/** Points of all values of a series that are held at once, about 10 MB; and of one value, however many values there are. */
export const PAGED_POINTS_MAX = 500_000;
export const PAGE_POINTS_MIN = 64;

/** Values that one request publishes. */
export const PUBLISHED_VALUES_MAX = 100_000;
