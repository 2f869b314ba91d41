import { bodyObject, defineErrors, defineRuleNode, route, z } from '@fieldline/plugin-sdk';

const errors = defineErrors('PLUGIN_NAME_TEMPLATE_NAME', {
  VALUE_NOT_NUMERIC: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The message has no number under "${d.key}".`,
    remedy: 'Name a key whose values are numbers, or filter other messages out before this node.',
  },
});

/** Sends a message by `True` where a number of it is above a threshold. */
export const templateNode = defineRuleNode({
  type: 'plugin-name.template-name',
  version: 1,
  category: 'filter',
  title: 'Template title',
  summary: 'Asks whether a number of the message is above a threshold.',
  docs: 'The message stays as it is. A number equal to the threshold is not above it; a message without a number leaves by `Failure`.',
  icon: 'filter',
  relationTypes: ['True', 'False'],
  config: z.strictObject({
    key: z.string().min(1).max(255).describe('Key of the number in the body of the message.').meta({ title: 'Key' }),
    threshold: z.number().describe('Numbers above it leave by True, in the unit of the key.').meta({ title: 'Threshold' }),
  }),
  defaults: { key: 'temperature', threshold: 20 },
  examples: [
    { title: 'a number above the threshold', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'True' },
    { title: 'the threshold itself', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 20 } }, to: 'False' },
  ],
  onMessage(message, { config: { key, threshold } }) {
    const value = bodyObject(message)?.[key];
    if (typeof value !== 'number') throw errors.VALUE_NOT_NUMERIC({ key });
    return route(value > threshold ? 'True' : 'False', message);
  },
});
