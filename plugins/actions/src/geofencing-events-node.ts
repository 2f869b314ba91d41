import {
  checkPerimeter,
  defineRuleNode,
  isWithinPerimeter,
  millisecondsOf,
  perimeterDefaults,
  perimeterFields,
  route,
  timeUnits,
  z,
} from '@fieldline/plugin-sdk';
import { PRESENCES_MAX, STAY_MAX } from './limits.js';

const stay = (where: string, title: string) =>
  z
    .int()
    .min(0)
    .max(STAY_MAX)
    .default(1)
    .describe(`How long an originator must be ${where} before that is reported, in the unit below.`)
    .meta({ title });
const unit = (title: string) => z.enum(timeUnits).default('MINUTES').describe('Unit of that time.').meta({ title });

const config = z.strictObject({
  ...perimeterFields,
  minInsideDuration: stay('inside', 'Minimal inside duration'),
  minInsideDurationTimeUnit: unit('Unit of the inside duration'),
  minOutsideDuration: stay('outside', 'Minimal outside duration'),
  minOutsideDurationTimeUnit: unit('Unit of the outside duration'),
  reportPresenceStatusOnEachMessage: z
    .boolean()
    .default(true)
    .describe('Every message tells where the originator is, instead of one when it has stayed long enough.')
    .meta({ title: 'Report presence status on each message' }),
});
type Settings = z.infer<typeof config>;

const state = z.strictObject({
  isInside: z.boolean().describe('Where the originator was last.'),
  switchedAtMs: z.int().describe('Since when.'),
  hasStayed: z.boolean().describe('Whether it was reported that it stays there.'),
});

/** Says when an originator enters or leaves a perimeter, and when it has stayed. */
export const geofencingEventsNode = defineRuleNode({
  type: 'action.gps-geofencing-events',
  version: 1,
  migrate: { 0: (old) => ({ reportPresenceStatusOnEachMessage: false, ...(old as object) }) },
  category: 'action',
  title: 'GPS geofencing events',
  summary: 'Says when an originator enters or leaves a perimeter.',
  docs: [
    'The position and the perimeter are those of the *GPS geofencing filter*. The first message of an originator, and each after which it is on the other side,',
    'leaves by `Entered` or `Left`; so a first message from outside leaves by `Left`. All others leave by',
    '',
    '| settings | relation |',
    '|---|---|',
    '| presence on each message | `Inside` or `Outside` |',
    '| otherwise, the first after the minimal duration has passed | `Inside` or `Outside` |',
    '| otherwise | `Success` |',
    '',
    'Durations are measured by the clock of the server. Where each originator is, the node keeps itself, stored with the rest that a message causes; it',
    'survives a restart. (ThingsBoard keeps it in an attribute of the originator that is named after the server.) It remembers',
    `${PRESENCES_MAX} originators; one that was forgotten is new again.`,
  ].join('\n'),
  icon: 'map-pin-share',
  examples: [
    {
      title: 'the first position inside',
      message: {
        type: 'POST_TELEMETRY_REQUEST',
        metadata: { ss_perimeter: '[[52.4, 13.1], [52.6, 13.7]]' },
        data: { latitude: 52.52, longitude: 13.405 },
      },
      to: 'Entered',
      result: { data: { latitude: 52.52, longitude: 13.405 } },
    },
    {
      title: 'the first position outside',
      message: {
        type: 'POST_TELEMETRY_REQUEST',
        metadata: { ss_perimeter: '[[52.4, 13.1], [52.6, 13.7]]' },
        data: { latitude: 48.14, longitude: 11.58 },
      },
      to: 'Left',
    },
    {
      title: 'a message without a perimeter',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { latitude: 52.52, longitude: 13.405 } },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.geo.TbGpsGeofencingActionNode', configurationVersion: 1 },
  relationTypes: ['Success', 'Entered', 'Left', 'Inside', 'Outside'],
  config,
  defaults: {
    ...perimeterDefaults,
    minInsideDuration: 1,
    minInsideDurationTimeUnit: 'MINUTES',
    minOutsideDuration: 1,
    minOutsideDurationTimeUnit: 'MINUTES',
    reportPresenceStatusOnEachMessage: true,
  },
  state: { schema: state, keyedBy: 'originator', maxEntries: PRESENCES_MAX },
  onStart: ({ config: settings }) => checkPerimeter(settings),
  onMessage(message, { config: settings, state: known, nowMs }) {
    const isInside = isWithinPerimeter(message, settings);
    if (known?.isInside !== isInside) {
      return route(isInside ? 'Entered' : 'Left', message, { state: { isInside, switchedAtMs: nowMs, hasStayed: false } });
    }
    const presence = isInside ? 'Inside' : 'Outside';
    if (settings.reportPresenceStatusOnEachMessage) return route(presence, message);
    if (known.hasStayed || nowMs - known.switchedAtMs <= minimalMs(settings, isInside)) return route('Success', message);
    return route(presence, message, { state: { ...known, hasStayed: true } });
  },
});

function minimalMs(settings: Settings, isInside: boolean): number {
  if (isInside) return millisecondsOf(settings.minInsideDuration, settings.minInsideDurationTimeUnit);
  return millisecondsOf(settings.minOutsideDuration, settings.minOutsideDurationTimeUnit);
}
