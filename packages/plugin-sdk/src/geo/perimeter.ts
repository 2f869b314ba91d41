import type { JsonObject, Message } from '@fieldline/model';
import * as z from 'zod';
import { perimeterErrors } from '../errors.js';
import { bodyObject } from '../members.js';
import { parseDecimal } from '../parse-decimal.js';
import { isInside } from './area.js';
import { distance, rangeUnits, type Coordinates } from './circle.js';
import type { PerimeterSettings } from './perimeter-fields.js';
import { areaFrom } from './polygon-text.js';

/** Tells whether a position lies within. */
type Perimeter = (position: Coordinates) => boolean;

/** Call it in `onStart`. @throws PERIMETER_MISSING, PERIMETER_POLYGON_INVALID, PERIMETER_TOO_LARGE where the settings are to hold a perimeter and do not */
export function checkPerimeter(config: PerimeterSettings): void {
  if (!config.fetchPerimeterInfoFromMessageMetadata) perimeterOfSettings(config);
}

/**
 * True where the position of the message lies within the perimeter; its border is outside (rule-nodes.md §1).
 *
 * @throws PERIMETER_BODY_NOT_OBJECT, PERIMETER_COORDINATE_MISSING, PERIMETER_COORDINATE_INVALID and what `checkPerimeter` throws
 */
export function isWithinPerimeter(message: Message, config: PerimeterSettings): boolean {
  const body = bodyObject(message);
  if (body === undefined) throw perimeterErrors.BODY_NOT_OBJECT();
  const position = { latitude: coordinate(message, body, config.latitudeKeyName), longitude: coordinate(message, body, config.longitudeKeyName) };
  const perimeter = config.fetchPerimeterInfoFromMessageMetadata ? perimeterOfMetadata(message, config) : perimeterOfSettings(config);
  return perimeter(position);
}

function coordinate({ metadata }: Message, body: JsonObject, key: string): number {
  const field = Object.hasOwn(body, key) ? body[key] : undefined;
  const found = field === null || typeof field === 'object' ? undefined : field;
  const value = found ?? metadata[key];
  if (value === undefined || value === '') throw perimeterErrors.COORDINATE_MISSING({ key });
  const number = typeof value === 'boolean' ? undefined : parseDecimal(String(value));
  if (number === undefined) throw perimeterErrors.COORDINATE_INVALID({ key, value: String(value) });
  return number;
}

function perimeterOfSettings({ perimeterType, polygonsDefinition, centerLatitude, centerLongitude, range, rangeUnit }: PerimeterSettings): Perimeter {
  if (perimeterType === 'POLYGON') {
    if (!polygonsDefinition) throw perimeterErrors.MISSING();
    return polygons(polygonsDefinition);
  }
  return circle({ latitude: centerLatitude, longitude: centerLongitude, range, unit: rangeUnit });
}

function perimeterOfMetadata({ metadata }: Message, { perimeterType, perimeterKeyName }: PerimeterSettings): Perimeter {
  if (!perimeterKeyName) return perimeterOfOldKeys(metadata);
  const text = metadata[perimeterKeyName];
  if (text === undefined || text === '') throw perimeterErrors.MISSING();
  if (perimeterType === 'POLYGON') return polygons(text);
  const { latitude, longitude, radius, radiusUnit = 'METER' } = circleJson(text);
  return circle({ latitude, longitude, range: radius, unit: radiusUnit });
}

/** Chains from before there was a key name; they say by the key which form it is. */
function perimeterOfOldKeys(metadata: Message['metadata']): Perimeter {
  const { perimeter, centerLatitude, centerLongitude, range, rangeUnit } = metadata as Readonly<Record<string, string | undefined>>;
  if (perimeter) return polygons(perimeter);
  if (!centerLatitude) throw perimeterErrors.MISSING();
  return circle({ latitude: centerLatitude, longitude: centerLongitude, range, unit: rangeUnit });
}

function polygons(text: string): Perimeter {
  const area = areaFrom(text);
  return ({ latitude, longitude }) => isInside(area, { x: latitude, y: longitude });
}

type Loose = number | string | null | undefined;

function circle(given: { readonly latitude: Loose; readonly longitude: Loose; readonly range: Loose; readonly unit: Loose }): Perimeter {
  const [latitude, longitude, range] = [given.latitude, given.longitude, given.range].map(numberFrom);
  const unit = rangeUnits.find((known) => known === given.unit);
  if (latitude === undefined || Math.abs(latitude) > 90 || longitude === undefined || range === undefined || unit === undefined) {
    throw perimeterErrors.CIRCLE_INVALID({ circle: JSON.stringify(given) });
  }
  return (position) => {
    const { latitude: value } = position;
    if (Math.abs(value) > 90) throw perimeterErrors.COORDINATE_INVALID({ key: 'latitude', value: String(value) });
    return range > distance(position, { latitude, longitude }, unit);
  };
}

const numberFrom = (value: Loose): number | undefined => (value === null || value === undefined ? undefined : parseDecimal(String(value)));

function circleJson(text: string): { latitude?: Loose; longitude?: Loose; radius?: Loose; radiusUnit?: Loose } {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null) return circleFields.parse(value);
  } catch (cause) {
    throw perimeterErrors.CIRCLE_INVALID({ circle: text.slice(0, 100) }, { cause });
  }
  throw perimeterErrors.CIRCLE_INVALID({ circle: text.slice(0, 100) });
}

const loose = z.union([z.number(), z.string()]).optional();
const circleFields = z.object({ latitude: loose, longitude: loose, radius: loose, radiusUnit: loose });
