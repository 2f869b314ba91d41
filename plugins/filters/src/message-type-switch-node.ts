import { defineRuleNode, messageTypeRelations, z, type Message, type Outcome } from '@fieldline/plugin-sdk';

/** Sends each message by the relation type that belongs to its type, and unknown types by `Other`. */
export const messageTypeSwitchNode = defineRuleNode({
  type: 'filter.message-type-switch',
  version: 0,
  category: 'filter',
  title: 'Message type switch',
  summary: 'Sends each message out by its type: telemetry, attributes, RPC, alarms and so on.',
  docs: [
    'Every message leaves by exactly one relation type, the one named after its type: `POST_TELEMETRY_REQUEST` leaves by `Post telemetry`,',
    '`POST_ATTRIBUTES_REQUEST` by `Post attributes`, and so on. A type the platform does not know leaves by `Other`.',
  ].join('\n'),
  icon: 'arrows-split-2',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode', configurationVersion: 0 },
  relationTypes: [...Object.values(messageTypeRelations), 'Other'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: { version: 0 },
  examples: [
    { title: 'A reading.', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'Post telemetry' },
    { title: 'A type of one’s own.', message: { type: 'DOOR_OPENED', data: {} }, to: 'Other' },
  ],
  onMessage: (message) => switched(message),
  onBatch: (messages) => messages.map(switched),
});

// A map, not the object itself: a message type may be called "constructor".
const relations = new Map(Object.entries(messageTypeRelations));

function switched(message: Message): Outcome<string, never> {
  return { kind: 'routed', to: relations.get(message.type) ?? 'Other', message };
}
