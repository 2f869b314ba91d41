import { defineRuleNode, entityTypes, z, type EntityType, type Message, type Outcome } from '@fieldline/plugin-sdk';

/** Sends a message by `True` where the entity it is about is of one of the types listed. */
export const entityTypeNode = defineRuleNode({
  type: 'filter.entity-type',
  version: 0,
  category: 'filter',
  title: 'Entity type filter',
  summary: 'Lets messages about certain types of entities pass.',
  docs: 'Only the type of the originator counts, such as `DEVICE` or `ASSET`; its profile does not. An empty list lets nothing pass.',
  icon: 'id-badge',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbOriginatorTypeFilterNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.strictObject({
    originatorTypes: z.array(z.enum(entityTypes)).describe('Types that leave by True.').meta({ title: 'Entity types' }),
  }),
  defaults: { originatorTypes: ['DEVICE'] },
  examples: [
    { title: 'A device passes.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'True' },
    {
      title: 'A device is neither an asset nor a customer.',
      config: { originatorTypes: ['ASSET', 'CUSTOMER'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'False',
    },
  ],
  onMessage: (message, { config }) => byOriginator(message, config.originatorTypes),
  onBatch: (messages, { config }) => messages.map((message) => byOriginator(message, config.originatorTypes)),
});

function byOriginator(message: Message, types: readonly EntityType[]): Outcome<'True' | 'False', never> {
  return { kind: 'routed', to: types.includes(message.originator.entityType) ? 'True' : 'False', message };
}
