/** Corners of all polygons of one perimeter. Finding holes compares each edge with each: this many take some tenths of a second, once. */
export const PERIMETER_CORNERS_MAX = 5_000;
/** Perimeters kept ready, so that the same text in the metadata of every message is read once. The one used longest ago goes first. */
export const PERIMETERS_KEPT_MAX = 50;
