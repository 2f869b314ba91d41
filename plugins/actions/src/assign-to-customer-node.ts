import { defineRuleNode, fillTemplate, route, z, type NewMessage } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';
import { PATTERN_LENGTH_MAX } from './limits.js';
import { requireAssignable, withoutCacheExpiration } from './customer-settings.js';

/** Gives the originator to a customer, by the customer's title. */
export const assignToCustomerNode = defineRuleNode({
  type: 'action.assign-to-customer',
  version: 1,
  migrate: { 0: withoutCacheExpiration },
  category: 'action',
  title: 'Assign to customer',
  summary: 'Gives the originator to a customer.',
  docs: [
    'The originator must be a device, an asset, an entity view or a dashboard. A customer that does not exist is created where the settings say so, and',
    'a message of type `ENTITY_CREATED` tells its rule chain; otherwise the message fails. The message goes on unchanged, with the customer that it had.',
  ].join('\n'),
  icon: 'user-plus',
  examples: [
    {
      title: 'a customer that does not exist',
      config: { customerNamePattern: '${customer}' },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { customer: 'Nobody' }, data: {} },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbAssignToCustomerNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({
    customerNamePattern: z
      .string()
      .max(PATTERN_LENGTH_MAX)
      .describe('Title of the customer. ${key} is a metadata value, $[key] one of the message.')
      .meta({ title: 'Customer title' }),
    createCustomerIfNotExists: z
      .boolean()
      .default(false)
      .describe('Creates the customer where there is none of that title.')
      .meta({ title: 'Create customer if it does not exist' }),
  }),
  defaults: { customerNamePattern: '', createCustomerIfNotExists: false },
  needs: ['entities'],
  async onMessage(message, { config, entities, nodeId }) {
    requireAssignable(message.originator);
    const title = fillTemplate(config.customerNamePattern, message);
    const found = await entities.findByName('CUSTOMER', title);
    if (found !== undefined) {
      await entities.assign(message.originator, found.entity);
      return route('Success', message);
    }
    if (!config.createCustomerIfNotExists) throw actionErrors.CUSTOMER_NOT_FOUND({ title });
    const { entity, json, isNew } = await entities.ensure({ entityType: 'CUSTOMER', name: title });
    await entities.assign(message.originator, entity);
    const created: NewMessage = { type: 'ENTITY_CREATED', originator: entity, metadata: { ruleNodeId: nodeId }, data: json };
    return route('Success', message, { spawns: isNew ? [created] : [] });
  },
});
