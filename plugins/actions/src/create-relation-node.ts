import { defineRuleNode, fillTemplate, route, z, type NewMessage } from '@fieldline/plugin-sdk';
import { PATTERN_LENGTH_MAX } from './limits.js';
import { relatedEntity, relatedType, relationFields, relationTo, turnedRound } from './related-entity.js';

/** Relates the originator to another entity, which may be created for it. */
export const createRelationNode = defineRuleNode({
  type: 'action.create-relation',
  version: 1,
  migrate: { 0: turnedRound },
  category: 'action',
  title: 'Create relation',
  summary: 'Relates the originator to another entity.',
  docs: [
    'The entity is found by its type and name. Where there is none, the message fails, or, for devices, assets and customers, the entity is created: then a',
    'message of type `ENTITY_CREATED` tells its rule chain. A relation that exists already stays, and the message leaves by `Success`.',
    '',
    'With *remove current relations*, all relations of the originator with that type and direction go first. With *change originator*, the message is one',
    'about the entity from here on.',
  ].join('\n'),
  icon: 'link-plus',
  examples: [
    {
      title: 'the tenant contains the device',
      config: { entityType: 'TENANT', direction: 'TO' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
    {
      title: 'an asset that does not exist',
      config: { entityType: 'ASSET', entityNamePattern: '${building}' },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { building: 'A' }, data: {} },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbCreateRelationNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({
    ...relationFields,
    entityTypePattern: z
      .string()
      .max(PATTERN_LENGTH_MAX)
      .nullish()
      .describe('Profile of a device or asset that is created; empty takes the default one. ${key} and $[key] are filled in.')
      .meta({ title: 'Profile of a new entity' }),
    createEntityIfNotExists: z
      .boolean()
      .default(false)
      .describe('Creates the device, asset or customer where there is none.')
      .meta({ title: 'Create the entity if it does not exist' }),
    removeCurrentRelations: z
      .boolean()
      .default(false)
      .describe('Removes the other relations of the originator with this type and direction first.')
      .meta({ title: 'Remove current relations' }),
    changeOriginatorToRelatedEntity: z
      .boolean()
      .default(false)
      .describe('The message goes on as one about the entity.')
      .meta({ title: 'Change originator to the related entity' }),
  }),
  defaults: {
    direction: 'FROM',
    relationType: 'Contains',
    entityType: null,
    entityNamePattern: '',
    entityTypePattern: null,
    createEntityIfNotExists: false,
    removeCurrentRelations: false,
    changeOriginatorToRelatedEntity: false,
  },
  needs: ['entities', 'relations'],
  onStart: ({ config }) => void relatedType(config),
  async onMessage(message, { config, entities, relations, tenantId, nodeId }) {
    const { originator } = message;
    const type = fillTemplate(config.relationType, message);
    const create = config.createEntityIfNotExists ? { profile: fillTemplate(config.entityTypePattern ?? '', message) } : undefined;
    const { entity, created } = await relatedEntity(message, config, { tenantId, entities }, create);
    if (config.removeCurrentRelations) {
      for (const relation of await relations.of(originator, config.direction, type)) await relations.remove(relation);
    }
    await relations.save(relationTo(originator, entity, config, type));
    const told: NewMessage[] =
      created === undefined ? [] : [{ type: 'ENTITY_CREATED', originator: entity, metadata: { ruleNodeId: nodeId }, data: created.json }];
    return route('Success', config.changeOriginatorToRelatedEntity ? message.with({ originator: entity }) : message, { spawns: told });
  },
});
