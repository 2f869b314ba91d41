import { expect, test } from 'vitest';
import { defineRuleNode, emit, hold, route, z } from './index.js';
import type { RelationOf } from './index.js';
import { deadband } from './testing/deadband.fixture.js';
import { nodeHarness } from './testing/index.js';

// What must not compile. `tsc` is the test: an unused `@ts-expect-error` is an error too.

const base = { type: 'filter.x', version: 1, category: 'filter', title: 'X', summary: 'X.' } as const;
const config = z.strictObject({ key: z.string() });
const state = { schema: z.strictObject({ value: z.number() }), keyedBy: 'originator', maxEntries: 10 } as const;

export const misspelt = [
  defineRuleNode({
    ...base,
    relationTypes: ['Changed', 'Unchanged'],
    config,
    defaults: { key: 'a' },
    // @ts-expect-error the relation type is spelt "Changed"
    onMessage: (message) => route('Chnaged', message),
  }),
  defineRuleNode({
    ...base,
    relationTypes: ['Success'],
    config,
    defaults: { key: 'a' },
    // @ts-expect-error the setting is called "key"
    onMessage: (message, { config: settings }) => route('Success', message.with({ type: settings.kye })),
  }),
  defineRuleNode({
    ...base,
    relationTypes: ['Success'],
    config,
    defaults: { key: 'a' },
    state,
    // @ts-expect-error the state field is called "value"
    onMessage: (message) => route('Success', message, { state: { valeu: 1 } }),
  }),
  defineRuleNode({
    ...base,
    relationTypes: ['Success'],
    config,
    defaults: { key: 'a' },
    state,
    // @ts-expect-error held state has the same fields
    onMessage: (_message, { nowMs }) => hold(nowMs, { valeu: 1 }),
  }),
  defineRuleNode({
    ...base,
    relationTypes: ['Success'],
    config,
    defaults: { key: 'a' },
    needs: ['log'],
    // @ts-expect-error the node does not declare that it needs time series
    onMessage: (message, { timeSeries }) => route('Success', message.with({ type: String(timeSeries) })),
  }),
];

// New messages may leave by Failure, which no node declares.
export const emitting = defineRuleNode({
  ...base,
  relationTypes: ['Success'],
  config,
  defaults: { key: 'a' },
  state,
  onMessage({ type, originator, metadata }) {
    const message = { type, originator, metadata };
    if (type === 'BAD') return emit([{ to: 'Failure', message }], { state: { value: 0 } });
    return emit([{ to: 'Success', message }]);
  },
});

// A node whose relation types the engineer names may leave by any, also one it learns from a script.
export const custom = defineRuleNode({
  ...base,
  relationTypes: 'custom',
  config,
  defaults: { key: 'a' },
  state,
  onMessage: (message, { config: { key } }) => route([key, 'Other'], message, { state: { value: 1 } }),
});

// @ts-expect-error the setting is called "deadband"
export const harnessed = nodeHarness(deadband, { config: { deadbnd: 1 } });

export const relation: RelationOf<typeof deadband> = 'Changed';
// @ts-expect-error not a relation type of this node
export const stray: RelationOf<typeof deadband> = 'Sideways';

test('a node type keeps its relation types in its type', () => {
  const way: 'Changed' | 'Unchanged' | 'Failure' = relation;
  expect(way).toBe('Changed');
});
