import { checkPerimeter, defineRuleNode, isWithinPerimeter, perimeterDefaults, perimeterFields, route, z } from '@fieldline/plugin-sdk';

/** Sends a message by `True` where the position it tells lies within a perimeter. */
export const geofencingNode = defineRuleNode({
  type: 'filter.gps-geofencing',
  version: 0,
  category: 'filter',
  title: 'GPS geofencing filter',
  summary: 'Asks whether a position lies within a polygon or circle.',
  docs: [
    'The position is read from two fields of the body, or from the metadata where the body does not have them. Numbers may be texts.',
    '',
    'A **polygon** is written `[[latitude, longitude], …]` and closes itself; two points are opposite corners of a rectangle. A list of polygons is their',
    'union; a polygon that lies inside another one is a hole. Lines may cross: every lobe counts. Coordinates are taken as on a flat map, so a polygon',
    'cannot reach over the 180th meridian. A **circle** is measured along the surface of the earth. The border itself is outside.',
    '',
    'In the metadata a circle is `{"latitude": 52.52, "longitude": 13.405, "radius": 300, "radiusUnit": "METER"}`. Keep the perimeter as an attribute of',
    'the device and put a node of originator attributes before this one: the server attribute `perimeter` then stands under `ss_perimeter`.',
  ].join('\n'),
  icon: 'map-pin',
  thingsboard: { className: 'org.thingsboard.rule.engine.geo.TbGpsGeofencingFilterNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.strictObject(perimeterFields),
  defaults: perimeterDefaults,
  examples: [
    {
      title: 'A position in the rectangle that the metadata holds.',
      message: {
        type: 'POST_TELEMETRY_REQUEST',
        metadata: { ss_perimeter: '[[52.4, 13.1], [52.6, 13.7]]' },
        data: { latitude: 52.52, longitude: 13.405 },
      },
      to: 'True',
    },
    {
      title: 'A position outside a circle of 300 metres.',
      config: {
        fetchPerimeterInfoFromMessageMetadata: false,
        perimeterType: 'CIRCLE',
        centerLatitude: 52.52,
        centerLongitude: 13.405,
        range: 300,
        rangeUnit: 'METER',
      },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { latitude: 52.53, longitude: 13.405 } },
      to: 'False',
    },
    {
      title: 'A message without a perimeter.',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { latitude: 52.53, longitude: 13.405 } },
      to: 'Failure',
    },
  ],
  onStart: ({ config }) => checkPerimeter(config),
  onMessage: (message, { config }) => route(isWithinPerimeter(message, config) ? 'True' : 'False', message),
});
