// Goal: the page of a node says of its settings and errors what the declaration and the code say. Method: schemas and sources in small.
import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import { expect, test } from 'vitest';
import type { DeclaredError } from '../errors-doc/collect.js';
import { errorsOfNode } from './node-errors.js';
import { nodePage } from './page.js';
import { type Schema, schemaWords } from './schema-words.js';

const words = (schema: z.ZodType): string => schemaWords(z.toJSONSchema(schema, { io: 'input' }) as unknown as Schema);

test.each([
  [z.string(), 'text'],
  [z.string().min(1), 'text, not empty'],
  [z.string().min(1).max(1_000), 'text, 1 to 1,000 characters'],
  [z.string().max(1).nullish(), 'text, at most 1 character or `null`'],
  [z.int(), 'whole number'],
  [z.int().min(0), 'whole number, 0 or more'],
  [z.number().min(-90).max(90.5), 'number, -90 to 90.5'],
  [z.number().positive(), 'number, more than 0'],
  [z.boolean().default(true), 'yes or no'],
  [z.enum(['A', 'B', '']).nullable(), '`A`, `B`, empty or `null`'],
  [z.array(z.string()).max(10), 'list of texts, at most 10 entries'],
  [z.array(z.array(z.number())).min(1), 'list of list of numbers, at least 1 entry'],
  [z.record(z.string(), z.string().max(5)), 'pairs of name and text, at most 5 characters'],
  [z.union([z.int(), z.literal('all')]), '`all` or whole number'],
  [z.discriminatedUnion('type', [z.object({ type: z.literal('a') }), z.object({ type: z.literal('b') })]), 'object'],
] as const)('%# is put into words', (schema, expected) => {
  expect(words(schema)).toBe(expected);
});

const script = 'return msg;\n// and more';
const node = defineRuleNode({
  type: 'acme.heat',
  version: 2,
  migrate: { 1: (old) => old },
  category: 'transformation',
  title: 'Heat | index',
  summary: 'Adds heat.',
  docs: 'More about it.',
  thingsboard: { className: 'org.example.TbHeatNode', configurationVersion: 2 },
  relationTypes: ['Hot', 'Cold'],
  config: z.strictObject({
    key: z.string().min(1).describe('Where it is: ${a|b} <here>.').meta({ title: 'Key' }),
    old: z.number().optional().meta({ hidden: true }),
    code: z.string().describe('Script.'),
    mode: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('OFF') }),
        z.object({ type: z.literal('ON'), secret: z.string().describe('Password.').meta({ secret: true }) }),
      ])
      .describe('Mode.'),
  }),
  defaults: { key: 'temperature', code: script, mode: { type: 'OFF' } },
  needs: ['http', 'log'],
  isExternal: true,
  state: { schema: z.strictObject({ n: z.number() }), keyedBy: 'originator', maxEntries: 1_000 },
  examples: [
    {
      title: 'warm',
      config: { key: 'a`b' },
      message: { type: 'T', metadata: { m: '1' }, data: { t: 20 } },
      to: ['Hot', 'Cold'],
      result: { data: { t: 21 } },
    },
    { title: 'waits', message: { type: 'T', data: {} }, to: [] },
  ],
  onMessage: (message) => route('Hot', message),
});
const problem = (code: string): DeclaredError => ({ code, kind: '', retry: '', message: `${code}.`, remedy: '', path: '', line: 0 });

test.each([
  '# Heat | index\n\nAdds heat.',
  '| type | `acme.heat`, version 2 of its settings |',
  '| ways out | `Hot`, `Cold`, `Failure` |',
  '| ThingsBoard | `org.example.TbHeatNode`, configuration version 2; settings of version 1 are brought up to it |',
  '| uses | calls of HTTP services, the server log |',
  '| state | one for each originator, at most 1,000; kept over restarts |',
  '| runs | after everything else',
  '| Key<br>`key` | text, not empty | `temperature` | Where it is: ${a\\|b} &lt;here>. |',
  '| `code` | text | see below | Script. |',
  `A new node has as \`code\`:\n\n\`\`\`\n${script}\n\`\`\``,
  '| `mode.type` | `OFF`, `ON` | `OFF` | Which form it has. |',
  '| `mode.secret` | text |  | With `ON`. Password. Kept secret: never shown again. |',
  '**Warm**\n\n- set `key` to `` "a`b" ``\n- in: `T`, metadata `{"m":"1"}`, body `{"t":20}`\n- out: leaves by **Hot** and **Cold**, with body `{"t":21}`',
  '- out: nothing leaves now',
  '| [`ACME_X`](../errors.md#acme) | ACME_X. |',
])('the page of a node has %j', (part) => {
  expect(nodePage(node, [problem('ACME_X')])).toContain(part);
});

test('a hidden setting is on no page', () => {
  expect(nodePage(node, [])).not.toContain('`old`');
  expect(nodePage(node, [])).not.toContain('## Errors');
});

test('errors of a node are those of its code, of the SDK functions it uses, and of the service methods it calls', () => {
  const sources = new Map(
    Object.entries({
      'plugins/acme/src/heat-node.ts': `import { fill } from '@fieldline/plugin-sdk';\nimport { part } from './part.js';\n{ type: 'acme.heat' }`,
      'plugins/acme/src/part.ts': "const { open } = await import('./client.js'); throw acmeErrors.X();",
      'plugins/acme/src/client.ts': 'http.request({});',
      'plugins/acme/src/other-node.ts': 'throw acmeErrors.OTHER();',
      'plugins/acme/src/errors.ts': "export const acmeErrors = defineErrors('ACME', {});",
      'plugins/beta/src/errors.ts': "export const acmeErrors = defineErrors('BETA', {});",
      'packages/plugin-sdk/src/fill.ts': 'export function fill() { throw templateErrors.BODY(); }',
      'packages/plugin-sdk/src/errors.ts': "export const templateErrors = defineErrors('TEMPLATE', {});",
      'packages/plugin-sdk/src/services/index.ts': [
        'export interface HttpService {\n  /** Calls. @throws OUT_A, OUT_B  later */\n  request(x: X): Y;\n  /** @throws OUT_C */\n  other(): Y;\n}',
        'export interface Services {\n  readonly http: HttpService;\n}',
      ].join('\n'),
    }),
  );
  const declared = ['ACME_X', 'ACME_OTHER', 'BETA_X', 'TEMPLATE_BODY', 'OUT_A', 'OUT_B', 'OUT_C'].map(problem);
  expect(errorsOfNode(node, sources, declared).map(({ code }) => code)).toEqual(['ACME_X', 'OUT_A', 'OUT_B', 'TEMPLATE_BODY']);
});
