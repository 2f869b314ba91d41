import { bodyObject, defineErrors, defineRuleNode, route, z } from '@fieldline/plugin-sdk';

const errors = defineErrors('PLUGIN_NAME_TEMPLATE_NAME', {
  VALUE_NOT_NUMERIC: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The message has no number under "${d.key}".`,
    remedy: 'Name a key whose values are numbers, or filter other messages out before this node.',
  },
});

/** Writes how much a number changed since the last message of the same device. */
export const templateNode = defineRuleNode({
  type: 'plugin-name.template-name',
  version: 1,
  category: 'transformation',
  title: 'Template title',
  summary: 'Writes how much a number changed since the last message of the same device.',
  docs: 'The first message of a device has a change of 0. A message without a number under the input key leaves by `Failure` and is not remembered.',
  icon: 'chart-line',
  relationTypes: ['Success'],
  config: z.strictObject({
    inputKey: z.string().min(1).max(255).describe('Key of the number in the body of the message.').meta({ title: 'Input key' }),
    outputKey: z.string().min(1).max(255).describe('Key under which the change is written.').meta({ title: 'Output key' }),
  }),
  defaults: { inputKey: 'temperature', outputKey: 'template_name' },
  // Kept with the messages: after a crash the node finds the state that belongs to what was stored.
  state: { schema: z.strictObject({ value: z.number() }), keyedBy: 'originator', maxEntries: 100_000 },
  examples: [
    {
      title: 'the first message of a device',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { data: { temperature: 21, template_name: 0 } },
    },
    { title: 'a text is no number', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 'warm' } }, to: 'Failure' },
  ],
  onMessage(message, { config: { inputKey, outputKey }, state: last }) {
    const body = bodyObject(message);
    const value = body?.[inputKey];
    if (typeof value !== 'number') throw errors.VALUE_NOT_NUMERIC({ key: inputKey });
    const change = value - (last?.value ?? value);
    return route('Success', message.with({ data: { ...body, [outputKey]: change } }), { state: { value } });
  },
});
