import { allAtOnce, defineRuleNode, z, type EntitiesService, type EntityId, type RelationsService } from '@fieldline/plugin-sdk';
import { attributesDefaults, attributesFields, withAttributes } from './attributes.js';
import { enrichmentErrors } from './errors.js';
import { walkFields } from './relations-query.js';
import { withFetchTo } from './write-found.js';

const deviceRelationsQuery = z
  .strictObject({
    ...walkFields,
    relationType: z.string().nullish().describe('Type of the relation, for example Contains. Empty is any type.').meta({ title: 'Relation type' }),
    deviceTypes: z.array(z.string()).min(1).describe('Names of device profiles.').meta({ title: 'Device profiles' }),
  })
  .describe('How to get from the originator to the device. The first one found is taken.')
  .meta({ title: 'Device relations query' });
type Query = z.infer<typeof deviceRelationsQuery>;

/** Adds attributes and latest telemetry of a device that is related to the entity the message is about. */
export const relatedDeviceAttributesNode = defineRuleNode({
  type: 'enrichment.related-device-attributes',
  version: 1,
  migrate: { 0: withFetchTo('fetchToData', 'DATA') },
  category: 'enrichment',
  title: 'Related device attributes',
  summary: 'Adds attributes and latest telemetry of a device related to the originator.',
  docs: [
    'The first device that the relations lead to and that has one of the profiles is taken; among several there is no order. Where there is none, the',
    'message leaves by `Failure`. Keys and values are as those of *originator attributes*.',
  ].join('\n'),
  icon: 'device-analytics',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetDeviceAttrNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({ deviceRelationsQuery, ...attributesFields }),
  defaults: {
    ...attributesDefaults,
    deviceRelationsQuery: { direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, relationType: 'Contains', deviceTypes: ['default'] },
  },
  examples: [
    {
      title: 'Adds the latest value of the meter that the device contains.',
      config: { latestTsKeyNames: ['energy'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { energy: '7.5' } },
    },
    {
      title: 'Nothing of another profile is related.',
      config: {
        deviceRelationsQuery: { direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, relationType: 'Contains', deviceTypes: ['camera'] },
      },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Failure',
    },
  ],
  needs: ['attributes', 'timeSeries', 'relations', 'entities'],
  onMessage: (message, { config, ...reads }) =>
    withAttributes(message, config, reads, () => relatedDevice(message.originator, config.deviceRelationsQuery, reads)),
  onBatch: (messages, { config, ...reads }) =>
    allAtOnce(messages, (message) =>
      withAttributes(message, config, reads, () => relatedDevice(message.originator, config.deviceRelationsQuery, reads)),
    ),
});

async function relatedDevice(
  originator: EntityId,
  { relationType, deviceTypes, ...walk }: Query,
  { relations, entities }: { readonly relations: RelationsService; readonly entities: EntitiesService },
): Promise<EntityId> {
  const devices = await relations.related(originator, { ...walk, filters: [{ relationType: relationType ?? '', entityTypes: ['DEVICE'] }] });
  for (const device of devices) {
    const profile = await entities.profileNameOf(device);
    if (profile !== undefined && deviceTypes.includes(profile)) return device;
  }
  throw enrichmentErrors.RELATED_DEVICE_NOT_FOUND();
}
