import {
  allAtOnce,
  defineRuleNode,
  fillTemplate,
  relationsQuery,
  relationsQueryDefault,
  route,
  z,
  type AlarmsService,
  type EntitiesService,
  type EntityId,
  type Message,
  type Outcome,
  type RelationsService,
  type TenantId,
} from '@fieldline/plugin-sdk';
import { transformErrors } from './errors.js';
import { NAME_PATTERN_LENGTH_MAX } from './limits.js';

const config = z
  .strictObject({
    originatorSource: z
      .enum(['CUSTOMER', 'TENANT', 'RELATED', 'ALARM_ORIGINATOR', 'ENTITY'])
      .default('CUSTOMER')
      .describe(
        "What the message is about from here on: the originator's customer, the tenant, a related entity, what the alarm is about, or an entity by its name.",
      )
      .meta({ title: 'New originator' }),
    relationsQuery: relationsQuery
      .nullish()
      .describe('For RELATED: how to find the entity; the first that is found counts.')
      .meta({ title: 'Relations query' }),
    entityType: z
      .enum(['DEVICE', 'ASSET', 'ENTITY_VIEW', 'EDGE', 'USER'])
      .nullish()
      .describe('For ENTITY: the type of the entity.')
      .meta({ title: 'Entity type' }),
    entityNamePattern: z
      .string()
      .max(NAME_PATTERN_LENGTH_MAX)
      .nullish()
      .describe('For ENTITY: its name, for a user the email. ${key} is a metadata value, $[key] one of the message.')
      .meta({ title: 'Name pattern' }),
  })
  .refine((settings) => settings.originatorSource !== 'RELATED' || Boolean(settings.relationsQuery), {
    path: ['relationsQuery'],
    message: "Relations query should be specified if 'Related entity' source is selected.",
  })
  .refine((settings) => settings.originatorSource !== 'ENTITY' || Boolean(settings.entityType), {
    path: ['entityType'],
    message: "Entity type should be specified if 'Entity by name pattern' source is selected.",
  })
  .refine((settings) => settings.originatorSource !== 'ENTITY' || Boolean(settings.entityNamePattern?.trim()), {
    path: ['entityNamePattern'],
    message: "Name pattern should be specified if 'Entity by name pattern' source is selected.",
  });

interface World {
  readonly config: z.infer<typeof config>;
  readonly tenantId: TenantId;
  readonly entities: EntitiesService;
  readonly relations: RelationsService;
  readonly alarms: AlarmsService;
}

/** Makes another entity the originator of the message. */
export const changeOriginatorNode = defineRuleNode({
  type: 'transform.change-originator',
  version: 0,
  category: 'transformation',
  title: 'Change originator',
  summary: 'Makes the message one about another entity.',
  docs: [
    'What follows in the rule chain then saves values, raises alarms and so on for the new originator.',
    '',
    '| new originator | |',
    '|---|---|',
    '| CUSTOMER | the customer that owns the originator; a customer stays |',
    '| TENANT | the tenant |',
    '| RELATED | the first entity that the relations query leads to |',
    '| ALARM_ORIGINATOR | what the alarm is about; the originator must be an alarm |',
    '| ENTITY | a device, asset or entity view by its name, or a user by the email |',
    '',
    'Where there is none, the message fails. Type, body, metadata and customer of the message stay: `deviceName` in the metadata still names the device',
    'it came from.',
  ].join('\n'),
  icon: 'arrows-exchange',
  examples: [
    {
      title: 'a reading becomes one of the tenant',
      config: { originatorSource: 'TENANT' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
    {
      title: 'a device without a customer has none to change to',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbChangeOriginatorNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config,
  defaults: { originatorSource: 'CUSTOMER', relationsQuery: relationsQueryDefault, entityType: null, entityNamePattern: null },
  needs: ['entities', 'relations', 'alarms'],
  onMessage: changed,
  onBatch: (messages, world) => allAtOnce(messages, (message) => changed(message, world)),
});

async function changed(message: Message, world: World): Promise<Outcome<'Success', never>> {
  const originator = await newOriginator(message, world);
  if (originator === undefined) throw transformErrors.ORIGINATOR_NOT_FOUND();
  return route('Success', message.with({ originator }));
}

async function newOriginator(message: Message, world: World): Promise<EntityId | undefined> {
  const { originator } = message;
  const { config: settings, tenantId, entities, relations, alarms } = world;
  switch (settings.originatorSource) {
    case 'CUSTOMER':
      return entities.customerOf(originator);
    case 'TENANT':
      return { entityType: 'TENANT', id: tenantId };
    case 'RELATED':
      return settings.relationsQuery ? relations.firstRelated(originator, settings.relationsQuery) : undefined;
    case 'ALARM_ORIGINATOR':
      if (originator.entityType !== 'ALARM') throw transformErrors.ORIGINATOR_NOT_ALARM({ entityType: originator.entityType });
      return (await alarms.byId(message, originator.id))?.originator;
    case 'ENTITY':
      return namedEntity(message, settings, entities);
  }
}

async function namedEntity(message: Message, settings: World['config'], entities: EntitiesService): Promise<EntityId | undefined> {
  const { entityType, entityNamePattern } = settings;
  if (!entityType || !entityNamePattern) return undefined;
  const name = fillTemplate(entityNamePattern, message);
  const found = await entities.findByName(entityType, name);
  if (found === undefined) throw transformErrors.ENTITY_NOT_FOUND({ entityType: entityType.toLowerCase().replaceAll('_', ' '), name });
  return found.entity;
}
