import { allAtOnce, defineRuleNode, z, type EntitiesService, type EntityId, type EntityType, type FoundEntity } from '@fieldline/plugin-sdk';
import { detailsDefaults, detailsFields, migrateDetails, withDetails } from './details.js';
import { enrichmentErrors } from './errors.js';
import { fieldText } from './entity-fields.js';

/** What can be assigned to a customer, as ThingsBoard's messages call it. */
const labels: Partial<Record<EntityType, string>> = { DEVICE: 'Device', ASSET: 'Asset', ENTITY_VIEW: 'Entity View', USER: 'User', EDGE: 'Edge' };

/** Adds contact details of the customer that owns the originator. */
export const customerDetailsNode = defineRuleNode({
  type: 'enrichment.customer-details',
  version: 1,
  migrate: migrateDetails,
  category: 'enrichment',
  title: 'Customer details',
  summary: "Adds title, address and other details of the originator's customer.",
  docs: [
    'Details are added as texts under `customer_id`, `customer_title`, `customer_country`, `customer_additionalInfo` and so on. An originator that is not',
    'assigned to a customer leaves by `Failure`.',
  ].join('\n'),
  icon: 'address-book',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetCustomerDetailsNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject(detailsFields),
  defaults: detailsDefaults,
  examples: [
    {
      title: 'Adds title and country; the city is not known.',
      config: { detailsList: ['TITLE', 'COUNTRY', 'CITY'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { data: { temperature: 21, customer_title: 'Acme', customer_country: 'Norway' } },
    },
  ],
  needs: ['entities'],
  onMessage: (message, { config, entities }) => withDetails(message, config, 'customer_', () => customerOf(message.originator, entities)),
  onBatch: (messages, { config, entities }) =>
    allAtOnce(messages, (message) => withDetails(message, config, 'customer_', () => customerOf(message.originator, entities))),
});

async function customerOf(originator: EntityId, entities: EntitiesService): Promise<FoundEntity> {
  const label = labels[originator.entityType];
  if (label === undefined) throw enrichmentErrors.ORIGINATOR_TYPE_UNSUPPORTED(originator);
  const customer = await entities.customerOf(originator);
  const found = await entities.find(customer ?? originator);
  if (found === undefined) throw enrichmentErrors.ENTITY_NOT_FOUND(customer ?? originator);
  if (customer === undefined) throw enrichmentErrors.NOT_ASSIGNED({ label, name: fieldText(found.json, 'name') ?? originator.id });
  return found;
}
