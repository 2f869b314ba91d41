import { defineRuleNode, readingTsMs, route, z } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

/** Reports that a device connected, went away, was active or inactive, as a transport would. */
export const deviceStateNode = defineRuleNode({
  type: 'action.device-state',
  version: 0,
  category: 'action',
  title: 'Device state',
  summary: 'Reports a connection or activity of the device.',
  docs: [
    'For devices that are connected elsewhere: the platform then knows them as connected, disconnected, active or inactive since the time of the reading',
    '(metadata `ts`, else the time of the message), and sends the messages that belong to it. The originator must be a device.',
    '',
    'One report a second, 30 a minute and 60 an hour are taken of a device; what is more leaves by `Rate limited`.',
  ].join('\n'),
  icon: 'heartbeat',
  examples: [
    {
      title: 'a reading shows that the device is active',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbDeviceStateNode', configurationVersion: 0 },
  relationTypes: ['Success', 'Rate limited'],
  config: z.strictObject({
    event: z
      .enum(['ACTIVITY_EVENT', 'CONNECT_EVENT', 'DISCONNECT_EVENT', 'INACTIVITY_EVENT'])
      .default('ACTIVITY_EVENT')
      .describe('What is reported of the device.')
      .meta({ title: 'Event' }),
  }),
  defaults: { event: 'ACTIVITY_EVENT' },
  needs: ['deviceState'],
  async onMessage(message, { config, deviceState }) {
    const { originator } = message;
    const { entityType } = originator;
    if (entityType !== 'DEVICE') throw actionErrors.STATE_ORIGINATOR_UNSUPPORTED({ entityType });
    const isTaken = await deviceState.report(originator, config.event, readingTsMs(message));
    return route(isTaken ? 'Success' : 'Rate limited', message);
  },
});
