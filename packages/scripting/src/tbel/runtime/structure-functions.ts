/** Sets, flat maps, URIs, padding, places on the earth, and `raiseError`. */
export const structureFunctionsSource = String.raw`
const flatten = (value, path, excluded, hasPath, target) => {
  const kind = kindOf(value);
  if (kind === MAP) {
    for (const key of keysOf(value)) {
      if (indexIn(excluded, key, 0) < 0) flatten(value[key], path === '' ? key : path + '.' + key, excluded, hasPath, target);
    }
  } else if (kind === LIST || kind === SET) {
    itemsOf(value).forEach((item, i) => flatten(item, path + '.' + i, excluded, hasPath, target));
  } else setKey(target, hasPath ? path : lastPart(path), value);
};
// An index alone would say nothing, so the name before it stays.
const lastPart = (path) => {
  const parts = path.split('.'), last = parts[parts.length - 1];
  return parts.slice(/^\d+$/.test(last) ? -2 : -1).join('.');
};
const toFlatMap = (map, a, b) => {
  const excluded = typeof a === 'boolean' || a === undefined ? [] : collection(a), hasPath = typeof a === 'boolean' ? a : b ?? true;
  if (kindOf(map) !== MAP) fail('toFlatMap needs a map, not ' + classOf(map));
  const target = {};
  flatten(map, '', excluded, hasPath, target);
  return target;
};
const pad = (side) => (value, length, filler) => {
  const count = int(length), fill = text(filler);
  if (fill.length !== 1) fail('the text to pad with must be one character');
  return count > TEXT_CHARS_MAX ? fail('Max string length overflow (' + count + ')!') : text(value)[side](count, fill);
};
const inUri = (convert, what) => (value) => {
  try { return convert(text(value)); } catch (_) { return fail('the text is no ' + what); }
};

// --- Places: polygons of [latitude, longitude] points, and circles on a sphere.
const ringsOf = (perimeter) => {
  const shape = parseJson(perimeter);
  if (kindOf(shape) !== LIST || shape.length === 0) fail('the polygon is no list of points');
  return kindOf(shape[0]) === LIST && kindOf(shape[0][0]) === LIST ? shape : [shape];
};
const isInRing = (ring, lat, lon) => {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const lat1 = numeric(at(ring[i], 0), 'point'), lon1 = numeric(at(ring[i], 1), 'point'), lat2 = numeric(at(ring[j], 0), 'point'), lon2 = numeric(at(ring[j], 1), 'point');
    if (lat1 > lat !== lat2 > lat && lon < ((lon2 - lon1) * (lat - lat1)) / (lat2 - lat1) + lon1) isInside = !isInside;
  }
  return isInside;
};
// Each further ring is a hole in the first.
const isInsidePolygon = (lat, lon, perimeter) => {
  const y = numeric(lat, 'latitude'), x = numeric(lon, 'longitude');
  return ringsOf(perimeter).filter((ring) => isInRing(ring, y, x)).length % 2 === 1;
};
const EARTH_KM = 6371.0087714;
const unitsOfKm = { __proto__: null, METER: 1000, KILOMETER: 1, FOOT: 3280.84, MILE: 0.62137, NAUTICAL_MILE: 0.539957 };
const isInsideCircle = (lat, lon, perimeter) => {
  const circle = parseJson(perimeter), radians = (degrees) => (numeric(degrees, 'degrees') * Math.PI) / 180;
  if (kindOf(circle) !== MAP) fail('the circle is no map');
  const units = unitsOfKm[circle.radiusUnit ?? 'METER'] ?? fail('unknown unit: ' + text(circle.radiusUnit));
  const lat1 = radians(lat), lat2 = radians(circle.latitude), byLat = Math.sin((lat2 - lat1) / 2), byLon = Math.sin((radians(circle.longitude) - radians(lon)) / 2);
  const km = 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(byLat * byLat + Math.cos(lat1) * Math.cos(lat2) * byLon * byLon)));
  return numeric(circle.radius, 'radius') > km * units;
};
define({
  newSet: () => setOf([]), toSet: (list) => setOf(collection(list)), toFlatMap, isInsidePolygon, isInsideCircle,
  encodeURI: inUri(encodeURI, 'text that a URI can hold'), decodeURI: inUri(decodeURIComponent, 'URI'), padStart: pad('padStart'), padEnd: pad('padEnd'),
  raiseError: (message) => fail(text(message)),
});
`;
