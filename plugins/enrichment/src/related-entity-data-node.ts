import { allAtOnce, defineRuleNode, z, type EntityId, type RelationsService } from '@fieldline/plugin-sdk';
import { dataMapping, relatedSources, withDataMapping, withEntityData } from './entity-data.js';
import { enrichmentErrors } from './errors.js';
import { relatedQuery, relationsQuery } from './relations-query.js';
import { fetchTo } from './write-found.js';

/** Adds server attributes, latest telemetry or fields of an entity that is related to the originator. */
export const relatedEntityDataNode = defineRuleNode({
  type: 'enrichment.related-entity-data',
  version: 1,
  migrate: { 0: withDataMapping },
  category: 'enrichment',
  title: 'Related entity data',
  summary: 'Adds attributes, latest telemetry or fields of an entity related to the originator.',
  docs: [
    'The first entity that the query leads to is taken; among several there is no order. Where there is none, the message leaves by `Failure`. Values that',
    'the entity does not have, and fields that are empty, are passed over. Filters are applied after the walk: they do not keep it from going on.',
  ].join('\n'),
  icon: 'affiliate',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetRelatedAttributeNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({ relationsQuery, dataToFetch: relatedSources, dataMapping, fetchTo }),
  defaults: {
    relationsQuery: { direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, filters: [{ relationType: 'Contains', entityTypes: [] }] },
    dataToFetch: 'ATTRIBUTES',
    dataMapping: { serialNumber: 'sn' },
    fetchTo: 'METADATA',
  },
  examples: [
    {
      title: 'Adds the serial number of what the device contains.',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { sn: 'M-7' } },
    },
    {
      title: 'Adds its name to the body.',
      config: { dataToFetch: 'FIELDS', dataMapping: { name: 'meter' }, fetchTo: 'DATA' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { data: { temperature: 21, meter: 'Meter 7' } },
    },
  ],
  needs: ['attributes', 'timeSeries', 'entities', 'relations'],
  onMessage: (message, { config, ...reads }) => withEntityData(message, config, reads, () => related(message.originator, config, reads.relations)),
  onBatch: (messages, { config, ...reads }) =>
    allAtOnce(messages, (message) => withEntityData(message, config, reads, () => related(message.originator, config, reads.relations))),
});

async function related(
  originator: EntityId,
  { relationsQuery: query }: { readonly relationsQuery: z.infer<typeof relationsQuery> },
  relations: RelationsService,
): Promise<EntityId> {
  const entity = await relations.firstRelated(originator, relatedQuery(query));
  if (entity === undefined) throw enrichmentErrors.RELATED_ENTITY_NOT_FOUND();
  return entity;
}
