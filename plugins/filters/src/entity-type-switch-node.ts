import { defineRuleNode, z, type Message, type Outcome } from '@fieldline/plugin-sdk';
import { entityTypeLabel, entityTypeLabels } from './entity-type-label.js';

/** Sends each message by the relation type that is named after the type of the entity it is about. */
export const entityTypeSwitchNode = defineRuleNode({
  type: 'filter.entity-type-switch',
  version: 0,
  category: 'filter',
  title: 'Entity type switch',
  summary: 'Sends each message out by the type of its entity: device, asset, customer and so on.',
  docs: 'Every message leaves by exactly one relation type: `Device`, `Asset`, `Entity View`, `Tenant`, `Customer`, `Rule chain` and so on.',
  icon: 'arrows-split',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbOriginatorTypeSwitchNode', configurationVersion: 0 },
  relationTypes: entityTypeLabels,
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  examples: [{ title: 'A reading of a device.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'Device' }],
  onMessage: (message) => switched(message),
  onBatch: (messages) => messages.map(switched),
});

function switched(message: Message): Outcome<string, never> {
  return { kind: 'routed', to: entityTypeLabel(message.originator.entityType), message };
}
