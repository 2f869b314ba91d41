import { expect, test } from 'vitest';
import type { AnyRuleNodeDefinition } from '../index.js';
import { defineRuleNode, route, z } from '../index.js';
import { deadband } from './deadband.fixture.js';
import { pluginConformance } from './plugin-conformance.js';

// What the server refuses at its start, an author hears from his tests.

const base = defineRuleNode({
  ...{ type: 'acme.base', version: 1, category: 'filter', title: 'Base', summary: 'For this test.' },
  relationTypes: ['Success'],
  config: z.strictObject({ key: z.string() }),
  defaults: { key: 'a' },
  onMessage: (message) => route('Success', message),
});

test.each(pluginConformance({ name: 'acme', nodes: [base, deadband] }))('a plugin with two nodes $name', ({ run }) => run());

test.each([
  { nodes: [], says: 'the plugin has nodes' },
  { nodes: [base, base], says: 'acme.base is the type of two nodes' },
  { nodes: [{ ...base, needs: ['http', 'scripts'] }], says: 'acme.base needs "scripts"' },
  { nodes: [{ ...base, connection: {} }], says: 'keeps a connection' },
  { nodes: [{ ...base, engine: 'acknowledge' }], says: 'behaviour of the engine' },
  { nodes: [{ ...base, config: z.strictObject({ at: z.date() }), defaults: { at: new Date(0) } }], says: 'its defaults after they were stored' },
  { nodes: [{ ...base, config: z.string(), defaults: 'a' }], says: 'settings that are an object' },
])('$says: the plugin is refused', async ({ nodes, says }) => {
  const checks = pluginConformance({ name: 'acme', nodes: nodes as readonly AnyRuleNodeDefinition[] });
  await expect(Promise.all(checks.map(({ run }) => run()))).rejects.toThrow(says);
});
