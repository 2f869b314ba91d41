import * as z from 'zod';
import { rangeUnits } from './circle.js';

/** The settings of a perimeter and of where to find the position, as ThingsBoard names them. Spread them into the node's schema. */
export const perimeterFields = {
  latitudeKeyName: z
    .string()
    .min(1)
    .default('latitude')
    .describe('Where the latitude is: a field of the message, else a key of its metadata.')
    .meta({ title: 'Latitude key' }),
  longitudeKeyName: z
    .string()
    .min(1)
    .default('longitude')
    .describe('Where the longitude is: a field of the message, else a key of its metadata.')
    .meta({ title: 'Longitude key' }),
  perimeterType: z.enum(['POLYGON', 'CIRCLE']).default('POLYGON').describe('Form of the perimeter.').meta({ title: 'Perimeter type' }),
  fetchPerimeterInfoFromMessageMetadata: z
    .boolean()
    .default(true)
    .describe('Whether the metadata of the message holds the perimeter, or it is given below.')
    .meta({ title: 'Fetch perimeter from message metadata' }),
  perimeterKeyName: z
    .string()
    .nullish()
    .describe(
      'Metadata key with the perimeter. Empty takes the keys of old chains: perimeter, or centerLatitude, centerLongitude, range and rangeUnit.',
    )
    .meta({ title: 'Perimeter key' }),
  polygonsDefinition: z
    .string()
    .nullish()
    .describe('[[latitude, longitude], …], or a list of such lists: one inside another is a hole. Two points are corners of a rectangle.')
    .meta({ title: 'Polygons' }),
  centerLatitude: z.number().min(-90).max(90).nullish().describe('Centre of the circle, in degrees.').meta({ title: 'Centre latitude' }),
  centerLongitude: z.number().nullish().describe('Centre of the circle, in degrees.').meta({ title: 'Centre longitude' }),
  range: z.number().nullish().describe('Radius of the circle.').meta({ title: 'Radius' }),
  rangeUnit: z.enum(rangeUnits).nullish().describe('Unit of the radius.').meta({ title: 'Radius unit' }),
};

/** What a freshly dropped node has of them. */
export const perimeterDefaults = {
  latitudeKeyName: 'latitude',
  longitudeKeyName: 'longitude',
  perimeterType: 'POLYGON',
  fetchPerimeterInfoFromMessageMetadata: true,
  perimeterKeyName: 'ss_perimeter',
  polygonsDefinition: null,
  centerLatitude: null,
  centerLongitude: null,
  range: null,
  rangeUnit: null,
} as const;

export type PerimeterSettings = z.infer<z.ZodObject<typeof perimeterFields>>;
