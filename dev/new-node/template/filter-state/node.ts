import { bodyObject, defineErrors, defineRuleNode, route, z } from '@fieldline/plugin-sdk';

const errors = defineErrors('PLUGIN_NAME_TEMPLATE_NAME', {
  VALUE_NOT_NUMERIC: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The message has no number under "${d.key}".`,
    remedy: 'Name a key whose values are numbers, or filter other messages out before this node.',
  },
});

/** Sends a message by `True` where a number of it differs enough from the last one of the device that left so. */
export const templateNode = defineRuleNode({
  type: 'plugin-name.template-name',
  version: 1,
  category: 'filter',
  title: 'Template title',
  summary: 'Asks whether a number changed enough since the last message let through.',
  docs: 'The first message of a device leaves by `True`. A message without a number leaves by `Failure` and is not remembered.',
  icon: 'filter-check',
  relationTypes: ['True', 'False'],
  config: z.strictObject({
    key: z.string().min(1).max(255).describe('Key of the number in the body of the message.').meta({ title: 'Key' }),
    deadband: z.number().nonnegative().default(0).describe('Smallest change worth a message, in the unit of the key.').meta({ title: 'Deadband' }),
  }),
  defaults: { key: 'temperature', deadband: 0.5 },
  // Kept with the messages: after a crash the node finds the state that belongs to what was stored.
  state: { schema: z.strictObject({ value: z.number() }), keyedBy: 'originator', maxEntries: 100_000 },
  examples: [
    { title: 'the first message of a device', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'True' },
    { title: 'a text is no number', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 'warm' } }, to: 'Failure' },
  ],
  onMessage(message, { config: { key, deadband }, state: last }) {
    const value = bodyObject(message)?.[key];
    if (typeof value !== 'number') throw errors.VALUE_NOT_NUMERIC({ key });
    const hasMoved = last === undefined || Math.abs(value - last.value) > deadband;
    return hasMoved ? route('True', message, { state: { value } }) : route('False', message);
  },
});
