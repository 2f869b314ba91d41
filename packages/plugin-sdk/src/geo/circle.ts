/** Degrees. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** How many of a unit make a kilometre, as ThingsBoard rounds them. */
const unitsPerKilometre = { METER: 1_000, KILOMETER: 1, FOOT: 3_280.84, MILE: 0.621_37, NAUTICAL_MILE: 0.539_957 } as const;

export type RangeUnit = keyof typeof unitsPerKilometre;
export const rangeUnits = Object.keys(unitsPerKilometre) as [RangeUnit, ...RangeUnit[]];

/** Mean radius of the earth, in kilometres. */
const EARTH_RADIUS = 6_371.008_771_4;

/** Distance of two places on a sphere, in the unit. */
export function distance(a: Coordinates, b: Coordinates, unit: RangeUnit): number {
  const [fromLatitude, toLatitude] = [radians(a.latitude), radians(b.latitude)];
  const north = Math.sin((toLatitude - fromLatitude) / 2) ** 2;
  const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const haversine = Math.min(1, north + Math.cos(fromLatitude) * Math.cos(toLatitude) * east);
  return 2 * Math.asin(Math.sqrt(haversine)) * EARTH_RADIUS * unitsPerKilometre[unit];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
