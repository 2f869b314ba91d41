import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';
import { ENTRIES_MAX, PROMPT_LENGTH_MAX } from './limits.js';

const prompt = z.string().max(PROMPT_LENGTH_MAX);

/** Asks a language model. */
export const aiRequestNode = declaredNode({
  type: 'cloud.ai-request',
  version: 0,
  category: 'external',
  title: 'AI request',
  summary: 'Asks a language model and goes on with its answer.',
  docs: 'The answer becomes the new body where it is a JSON object, else `{"response": "…"}` with its text. Type and metadata stay.',
  icon: 'sparkles',
  thingsboard: { className: 'org.thingsboard.rule.engine.ai.TbAiNode', configurationVersion: 0 },
  needsPlugin: 'ai',
  config: z.strictObject({
    modelId: z
      .object({
        entityType: z.literal('AI_MODEL').default('AI_MODEL').describe('Always this.'),
        id: z.guid('choose a model').describe('Id of the model.'),
      })
      .describe('Model to ask.')
      .meta({ title: 'Model' }),
    systemPrompt: prompt.nullish().describe('What the model is told about its task. May have placeholders.').meta({ title: 'System prompt' }),
    userPrompt: prompt.min(1, 'write a prompt').describe('The question. May have placeholders.').meta({ title: 'User prompt' }),
    resourceIds: z.array(z.guid()).max(ENTRIES_MAX).nullish().describe('Files that go with the question.').meta({ title: 'Attachments' }),
    responseFormat: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('TEXT') }),
        z.strictObject({ type: z.literal('JSON') }),
        z.strictObject({ type: z.literal('JSON_SCHEMA'), schema: z.looseObject({}).describe('JSON Schema that the answer has to fit.') }),
      ])
      .describe('Form of the answer.')
      .meta({ title: 'Response format' }),
    timeoutSeconds: z.int().min(1).max(600).default(60).describe('How long the answer may take, in seconds.').meta({ title: 'Timeout (s)' }),
    forceAck: z
      .boolean()
      .default(true)
      .describe('Kept for ThingsBoard: here nothing waits for the answer but its own branch.')
      .meta({ hidden: true }),
  }),
  defaults: {
    modelId: { entityType: 'AI_MODEL', id: '' },
    systemPrompt: null,
    userPrompt: '$[*]',
    resourceIds: [],
    responseFormat: { type: 'JSON' },
    timeoutSeconds: 60,
    forceAck: true,
  },
});
