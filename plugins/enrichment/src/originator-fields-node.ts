import {
  allAtOnce,
  defineRuleNode,
  fillTemplate,
  route,
  z,
  type EntitiesService,
  type EntityType,
  type Message,
  type Outcome,
} from '@fieldline/plugin-sdk';
import { fieldText } from './entity-fields.js';
import { enrichmentErrors } from './errors.js';
import { fetchTo, foundText, writerInto } from './write-found.js';

const config = z.strictObject({
  dataMapping: z
    .record(z.string(), z.string())
    .refine((mapping) => Object.keys(mapping).length > 0, 'name at least one field')
    .describe('From the field of the originator, such as name or additionalInfo.description, to the key in the message.')
    .meta({ title: 'Fields mapping' }),
  ignoreNullStrings: z.boolean().default(false).describe('Passes over fields that are null or empty.').meta({ title: 'Skip empty fields' }),
  fetchTo,
});
type Settings = z.infer<typeof config>;

const originatorTypes: readonly EntityType[] = ['TENANT', 'CUSTOMER', 'USER', 'ASSET', 'DEVICE', 'ALARM', 'RULE_CHAIN', 'ENTITY_VIEW', 'EDGE'];

/** Adds fields of the entity the message is about, such as its name and type. */
export const originatorFieldsNode = defineRuleNode({
  type: 'enrichment.originator-fields',
  version: 1,
  migrate: { 0: withDataMapping },
  category: 'enrichment',
  title: 'Originator fields',
  summary: 'Adds fields of the originator, such as name, type and label.',
  docs: [
    'Fields have the names they have in the REST API: `name`, `type`, `label`, `createdTime`, `title`, `country`, `additionalInfo` and so on; a dotted path',
    'reaches into objects. Every value is a text, in the body too: ids are UUIDs, objects are JSON. A field that the entity does not know is passed over;',
    'one that is null becomes the text `null` unless empty fields are skipped.',
  ].join('\n'),
  icon: 'list-details',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetOriginatorFieldsNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config,
  defaults: { dataMapping: { name: 'originatorName', type: 'originatorType' }, ignoreNullStrings: false, fetchTo: 'METADATA' },
  examples: [
    {
      title: 'Adds name and type to the metadata.',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { originatorName: 'Thermometer', originatorType: 'default' } },
    },
    {
      title: 'Fields that are null are texts, unless they are skipped.',
      config: { dataMapping: { label: 'label', 'additionalInfo.floor': 'floor' }, fetchTo: 'DATA' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { data: { temperature: 21, label: 'null', floor: '3' } },
    },
  ],
  needs: ['entities'],
  onMessage: (message, { config: settings, entities }) => withFields(message, settings, entities),
  onBatch: (messages, { config: settings, entities }) => allAtOnce(messages, (message) => withFields(message, settings, entities)),
});

async function withFields(message: Message, settings: Settings, entities: EntitiesService): Promise<Outcome<'Success', never>> {
  const write = writerInto(message, settings.fetchTo);
  const { originator } = message;
  if (!originatorTypes.includes(originator.entityType)) throw enrichmentErrors.ORIGINATOR_TYPE_UNSUPPORTED(originator);
  const known = await entities.find(originator);
  if (known === undefined) throw enrichmentErrors.ENTITY_NOT_FOUND(originator);
  const found = Object.entries(settings.dataMapping).flatMap(([field, target]) => {
    const text = fieldText(known.json, field);
    if (text === undefined || (settings.ignoreNullStrings && !text)) return [];
    return [[fillTemplate(target, message), foundText(String(text))] as const];
  });
  return route('Success', write(new Map(found)));
}

/** Version 0 called the mapping after fields and knew only the metadata. */
function withDataMapping(old: unknown): unknown {
  const { fieldsMapping, ...rest } = old as Readonly<Record<string, unknown>>;
  return { ...rest, dataMapping: fieldsMapping, fetchTo: 'METADATA' };
}
