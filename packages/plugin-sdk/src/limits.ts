/** Corners of a perimeter that is one polygon. Each message is compared with each of them. */
export const POLYGON_CORNERS_MAX = 10_000;
/** Corners of a perimeter of several polygons, together. Finding holes compares each edge with each: up to a second, once for each text. */
export const POLYGONS_CORNERS_MAX = 3_000;
/** Perimeters kept ready, so that the same text in the metadata of every message is read once. The one used longest ago goes first. */
export const PERIMETERS_KEPT_MAX = 50;
