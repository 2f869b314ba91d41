import { allAtOnce, defineRuleNode, z, type EntitiesService, type EntityId } from '@fieldline/plugin-sdk';
import { ownerDataDefaults, ownerDataFields, withDataMapping, withEntityData } from './entity-data.js';
import { enrichmentErrors } from './errors.js';

/** Adds server attributes or latest telemetry of the customer that owns the originator. */
export const customerAttributesNode = defineRuleNode({
  type: 'enrichment.customer-attributes',
  version: 1,
  migrate: { 0: withDataMapping },
  category: 'enrichment',
  title: 'Customer attributes',
  summary: "Adds attributes or latest telemetry of the originator's customer.",
  docs: [
    'The mapping says which value of the customer gets which key in the message. Values that the customer does not have are passed over. A customer is its',
    'own customer; an originator without one leaves by `Failure`.',
  ].join('\n'),
  icon: 'users',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetCustomerAttributeNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject(ownerDataFields),
  defaults: ownerDataDefaults,
  examples: [
    {
      title: 'Adds the threshold that the customer has chosen.',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { threshold: '30' } },
    },
    {
      title: 'What the customer does not have is passed over.',
      config: { fetchTo: 'DATA', dataMapping: { alarmThreshold: 'threshold', motto: 'motto' } },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { data: { temperature: 21, threshold: 30 } },
    },
  ],
  needs: ['attributes', 'timeSeries', 'entities'],
  onMessage: (message, { config, ...reads }) => withEntityData(message, config, reads, () => customerOf(message.originator, reads.entities)),
  onBatch: (messages, { config, ...reads }) =>
    allAtOnce(messages, (message) => withEntityData(message, config, reads, () => customerOf(message.originator, reads.entities))),
});

async function customerOf(originator: EntityId, entities: EntitiesService): Promise<EntityId> {
  const customer = await entities.customerOf(originator);
  if (customer === undefined) throw enrichmentErrors.NO_CUSTOMER();
  return customer;
}
