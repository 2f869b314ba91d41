import { bodyObject, defineErrors, defineRuleNode, route, z } from '@fieldline/plugin-sdk';

const errors = defineErrors('PLUGIN_NAME_TEMPLATE_NAME', {
  VALUE_NOT_NUMERIC: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The message has no number under "${d.key}".`,
    remedy: 'Name a key whose values are numbers, or filter other messages out before this node.',
  },
});

/** Writes a number of the message, multiplied, under another key. */
export const templateNode = defineRuleNode({
  type: 'plugin-name.template-name',
  version: 1,
  category: 'transformation',
  title: 'Template title',
  summary: 'Writes a number of the message, multiplied, under another key.',
  docs: 'The rest of the body stays as it is. A message without a number under the input key leaves by `Failure`.',
  icon: 'calculator',
  relationTypes: ['Success'],
  config: z.strictObject({
    inputKey: z.string().min(1).max(255).describe('Key of the number in the body of the message.').meta({ title: 'Input key' }),
    outputKey: z.string().min(1).max(255).describe('Key under which the result is written.').meta({ title: 'Output key' }),
    factor: z.number().default(1).describe('What the number is multiplied by.').meta({ title: 'Factor' }),
  }),
  defaults: { inputKey: 'temperature', outputKey: 'template_name', factor: 2 },
  examples: [
    {
      title: 'a number is multiplied',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { data: { temperature: 21, template_name: 42 } },
    },
    { title: 'a text is no number', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 'warm' } }, to: 'Failure' },
  ],
  onMessage(message, { config: { inputKey, outputKey, factor } }) {
    const body = bodyObject(message);
    const value = body?.[inputKey];
    if (typeof value !== 'number') throw errors.VALUE_NOT_NUMERIC({ key: inputKey });
    return route('Success', message.with({ data: { ...body, [outputKey]: value * factor } }));
  },
});
