import { defineRuleNode, fillTemplate, route, z } from '@fieldline/plugin-sdk';
import { requireAssignable, withoutCacheExpiration } from './customer-settings.js';
import { actionErrors } from './errors.js';
import { PATTERN_LENGTH_MAX } from './limits.js';

/** Takes the originator from its customer. */
export const unassignFromCustomerNode = defineRuleNode({
  type: 'action.unassign-from-customer',
  version: 1,
  migrate: { 0: withoutCacheExpiration },
  category: 'action',
  title: 'Unassign from customer',
  summary: 'Takes the originator from its customer.',
  docs: [
    'The originator must be a device, an asset, an entity view or a dashboard. Only a dashboard may belong to several customers and needs the title of the',
    'one it is taken from; a title that does not exist fails then. What belongs to no customer goes on all the same.',
  ].join('\n'),
  icon: 'user-minus',
  examples: [
    {
      title: 'a device that belongs to no customer',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbUnassignFromCustomerNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({
    customerNamePattern: z
      .string()
      .max(PATTERN_LENGTH_MAX)
      .nullish()
      .describe('For dashboards: title of the customer. ${key} is a metadata value, $[key] one of the message.')
      .meta({ title: 'Customer title' }),
  }),
  defaults: { customerNamePattern: '' },
  needs: ['entities'],
  async onMessage(message, { config, entities }) {
    const { originator } = message;
    requireAssignable(originator);
    if (originator.entityType !== 'DASHBOARD') {
      await entities.unassign(originator);
      return route('Success', message);
    }
    const title = fillTemplate(config.customerNamePattern ?? '', message);
    const customer = await entities.findByName('CUSTOMER', title);
    if (customer === undefined) throw actionErrors.CUSTOMER_NOT_FOUND({ title });
    await entities.unassign(originator, customer.entity);
    return route('Success', message);
  },
});
