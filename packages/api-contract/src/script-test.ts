import * as z from 'zod';

export const scriptKinds = ['update', 'generate', 'filter', 'switch', 'json', 'string'] as const;

/** Longest text of a message or script in a test: more than any script may be given. */
const TEXT_CHARS_MAX = 1_000_000;

/** Body of `POST /api/ruleChain/testScript` (rest-api.md §20.5). */
export const scriptTestSchema = z.object({
  script: z.string().max(TEXT_CHARS_MAX).describe('The inside of a function.'),
  scriptType: z.enum(scriptKinds).describe('What the script is for.'),
  argNames: z.array(z.string().max(255)).max(10).nullish().describe('Not needed: the names follow from `scriptType`.'),
  msg: z.string().max(TEXT_CHARS_MAX).describe('Body of the message, as a text with JSON.'),
  metadata: z.record(z.string(), z.string()).nullish().describe('Metadata of the message.'),
  msgType: z.string().max(255).nullish().describe('Type of the message.'),
});
export type ScriptTestRequest = z.output<typeof scriptTestSchema>;

/** Answer of a script test, whether it went well or not. */
export const wireScriptTestSchema = z.strictObject({
  output: z.string().describe('What the script gave, as a text; empty where it failed.'),
  error: z.string().describe('Why it failed; empty where it did not.'),
});
export type WireScriptTest = z.infer<typeof wireScriptTestSchema>;
