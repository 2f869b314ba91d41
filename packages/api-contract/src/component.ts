import * as z from 'zod';

export const componentTypes = ['FILTER', 'ENRICHMENT', 'TRANSFORMATION', 'ACTION', 'EXTERNAL', 'FLOW'] as const;
export type ComponentType = (typeof componentTypes)[number];

/** A node type in the catalogue (rest-api.md §21), with what our editor needs besides: title, docs, icon and a JSON Schema of the settings. */
export const wireComponentSchema = z.strictObject({
  id: z.strictObject({ id: z.string() }).describe('Id of the node type.'),
  createdTime: z.int().describe('Always 0: node types come with the program.'),
  type: z.enum(componentTypes).describe('Family.'),
  scope: z.literal('TENANT').describe('Always TENANT.'),
  clusteringMode: z.literal('ENABLED').describe('Always ENABLED.'),
  name: z.string().describe('Title.'),
  clazz: z.string().describe("What a rule node's `type` says: ThingsBoard's class, or our own name where there is none."),
  configurationVersion: z.int().describe('Newest version of the settings.'),
  actions: z.null().describe('Not used.'),
  hasQueueName: z.boolean().describe('Whether the node may name a queue.'),
  configurationDescriptor: z.strictObject({
    nodeDefinition: z.strictObject({
      details: z.string().describe('Documentation, as Markdown.'),
      description: z.string().describe('One sentence.'),
      inEnabled: z.boolean().describe('Whether connections may lead into it.'),
      outEnabled: z.boolean().describe('Whether connections may lead out of it.'),
      relationTypes: z.array(z.string()).describe('Ways out, Failure included.'),
      customRelations: z.boolean().describe('Whether the engineer names ways out.'),
      ruleChainNode: z.boolean().describe('Whether it calls another chain.'),
      defaultConfiguration: z.json().describe('Settings of a new node.'),
      uiResources: z.array(z.string()).describe('Always empty.'),
      configDirective: z.string().describe('Always empty.'),
      icon: z.string().describe('Name of a Tabler icon.'),
      iconUrl: z.string().describe('Always empty.'),
      docUrl: z.string().describe('Page of the documentation.'),
      nodeType: z.string().describe('Our own name of the node type, such as "filter.script".'),
      deprecated: z.string().describe('What to use instead, where the palette does not offer it any more; else empty.'),
      needsPlugin: z.string().describe('Plugin without which it can be drawn and set but fails its messages; else empty.'),
      plugin: z.string().describe('Package of the plugins folder that the node type comes with; empty for those of the server.'),
      configSchema: z.record(z.string(), z.json()).describe('JSON Schema of the settings, for the generated form.'),
    }),
  }),
});
export type WireComponent = z.infer<typeof wireComponentSchema>;

/** Query parameters of the catalogue. */
export const componentParametersSchema = z.object({
  componentTypes: z.string().optional().describe('Families, separated by commas.'),
  ruleChainType: z.enum(['CORE', 'EDGE']).optional().describe('Ignored: all node types fit both.'),
});
