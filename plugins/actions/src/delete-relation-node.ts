import { defineRuleNode, fillTemplate, route, z } from '@fieldline/plugin-sdk';
import { relatedEntity, relatedType, relationFields, relationTo, turnedRound } from './related-entity.js';

/** Removes relations of the originator: with one entity, or all of a type. */
export const deleteRelationNode = defineRuleNode({
  type: 'action.delete-relation',
  version: 1,
  migrate: { 0: turnedRound },
  category: 'action',
  title: 'Delete relation',
  summary: 'Removes relations of the originator.',
  docs: [
    'Removes the relation with the entity that the settings name, which must exist, or all relations of the originator with that type and direction. Where',
    'there is no such relation, the message leaves by `Success` all the same.',
  ].join('\n'),
  icon: 'link-minus',
  examples: [
    {
      title: 'all that the device contains, though it contains nothing',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
    {
      title: 'an entity that does not exist',
      config: { deleteForSingleEntity: true, entityType: 'ASSET', entityNamePattern: 'A' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: {} },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbDeleteRelationNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({
    ...relationFields,
    deleteForSingleEntity: z
      .boolean()
      .default(false)
      .describe('Removes the relation with the entity named below instead of all.')
      .meta({ title: 'Delete the relation with a certain entity' }),
  }),
  defaults: { direction: 'FROM', relationType: 'Contains', deleteForSingleEntity: false, entityType: null, entityNamePattern: '' },
  needs: ['entities', 'relations'],
  onStart({ config }) {
    if (config.deleteForSingleEntity) relatedType(config);
  },
  async onMessage(message, { config, entities, relations, tenantId }) {
    const { originator } = message;
    const type = fillTemplate(config.relationType, message);
    if (config.deleteForSingleEntity) {
      const { entity } = await relatedEntity(message, config, { tenantId, entities });
      await relations.remove(relationTo(originator, entity, config, type));
      return route('Success', message);
    }
    for (const relation of await relations.of(originator, config.direction, type)) await relations.remove(relation);
    return route('Success', message);
  },
});
