import { defineRuleNode, z } from '@fieldline/plugin-sdk';
import { profileSwitch } from './profile-switch.js';

/** Sends each message by the relation type that is named like the profile of the asset it is about. */
export const assetProfileSwitchNode = defineRuleNode({
  type: 'filter.asset-profile-switch',
  version: 0,
  category: 'filter',
  title: 'Asset profile switch',
  summary: 'Sends each message out by the asset profile of its originator.',
  docs: [
    'Name a way out like each profile that matters, for example `default`; upper and lower case are the same. Messages about anything but',
    'assets leave by `Failure`.',
  ].join('\n'),
  icon: 'building-warehouse',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbAssetTypeSwitchNode', configurationVersion: 0 },
  relationTypes: 'custom',
  suggestedRelationTypes: ['default'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  examples: [{ title: 'A device has no asset profile.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'Failure' }],
  needs: ['entities'],
  ...profileSwitch('ASSET'),
});
