/** Raw points asked for per series: what uPlot draws within a frame, and about an hour of one a second with room to spare. */
export const RAW_POINTS_MAX = 5_000;

/** Raw points asked for with each request for earlier ones: about 700 kB. */
export const EARLIER_POINTS = 20_000;

/** Requests for raw points of a window: with them about a day of one a second, which uPlot still draws in a blink. */
export const PIECES_MAX = 6;

/** Buckets an aggregated range is divided into: one about every two pixels of a wide chart; the server allows 700. */
export const BUCKETS_MAX = 500;

/** Live points kept per series until the next load; a device that sends ten a second reaches it after half an hour. */
export const LIVE_POINTS_MAX = 20_000;

/** Series in one chart: as many as can be told apart by colour. */
export const SERIES_MAX = 8;
