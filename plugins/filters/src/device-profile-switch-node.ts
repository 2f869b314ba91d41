import { defineRuleNode, z } from '@fieldline/plugin-sdk';
import { profileSwitch } from './profile-switch.js';

/** Sends each message by the relation type that is named like the profile of the device it is about. */
export const deviceProfileSwitchNode = defineRuleNode({
  type: 'filter.device-profile-switch',
  version: 0,
  category: 'filter',
  title: 'Device profile switch',
  summary: 'Sends each message out by the device profile of its originator.',
  docs: [
    'Name a way out like each profile that matters, for example `default`; upper and lower case are the same. Messages about anything but',
    'devices leave by `Failure`.',
  ].join('\n'),
  icon: 'device-analytics',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbDeviceTypeSwitchNode', configurationVersion: 0 },
  relationTypes: 'custom',
  suggestedRelationTypes: ['default'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  examples: [
    {
      title: 'A reading of a device whose profile is called default.',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'default',
    },
  ],
  needs: ['entities'],
  ...profileSwitch('DEVICE'),
});
