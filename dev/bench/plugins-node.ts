// The node of the plugins benchmark, for both sides of it: built in, and bundled as a plugin of a third party.
import { defineRuleNode, type Plugin, route, z } from '@fieldline/plugin-sdk';

const scale = defineRuleNode({
  type: 'bench.scale',
  version: 1,
  category: 'transformation',
  title: 'Scale',
  summary: 'Adds the temperature in Fahrenheit.',
  relationTypes: ['Success'],
  config: z.strictObject({ factor: z.number().describe('Factor.') }),
  defaults: { factor: 1.8 },
  onMessage(message, { config }) {
    const data = message.data as { readonly temperature: number };
    return route('Success', message.with({ data: { ...data, fahrenheit: data.temperature * config.factor + 32 } }));
  },
});

export const plugin: Plugin = { name: 'bench', nodes: [scale] };
