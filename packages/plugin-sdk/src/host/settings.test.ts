import { expect, test } from 'vitest';
import { defineRuleNode, route, z } from '../index.js';
import { nodeCatalogue } from './node-catalogue.js';
import { loadSettings } from './settings.js';

const node = defineRuleNode({
  type: 'filter.grown',
  version: 2,
  category: 'filter',
  title: 'Grown',
  summary: 'Has been through two versions.',
  relationTypes: ['Success'],
  config: z.strictObject({ keys: z.array(z.string()).min(1) }),
  defaults: { keys: ['a'] },
  migrate: {
    0: (old) => ({ list: (old as { text: string }).text }),
    1: (old) => ({ keys: (old as { list: string }).list.split(',') }),
  },
  onMessage: (message) => route('Success', message),
});
const load = (version: number, config: unknown) => {
  const loaded = loadSettings(node, { version, config });
  return 'problem' in loaded ? loaded.problem.code : loaded.config;
};

test('settings of every earlier version are brought on, step by step', () => {
  expect(load(0, { text: 'a,b' })).toEqual({ keys: ['a', 'b'] });
  expect(load(1, { list: 'a,b' })).toEqual({ keys: ['a', 'b'] });
  expect(load(2, { keys: ['a', 'b'] })).toEqual({ keys: ['a', 'b'] });
});

test('null where the schema allows none counts as absent, and what has no default is still missed', () => {
  const lenient = { ...node, config: z.strictObject({ limit: z.int().default(5), note: z.string().nullable() }) } as never;
  const loaded = (config: unknown) => loadSettings<unknown>(lenient, { version: 2, config });
  expect(loaded({ limit: null, note: null })).toEqual({ config: { limit: 5, note: null } });
  expect(loaded({ limit: null })).toHaveProperty('problem.code', 'NODE_SETTINGS_INVALID');
  expect(load(2, { keys: null })).toBe('NODE_SETTINGS_INVALID');
});

test('settings that cannot be brought on are taken where they fit', () => {
  expect(load(0, { keys: ['a'] })).toEqual({ keys: ['a'] });
});

test('no settings are the defaults, whatever version they claim', () => {
  expect(load(0, null)).toEqual({ keys: ['a'] });
});

test.each([
  { version: 2, config: { keys: [] }, code: 'NODE_SETTINGS_INVALID' },
  { version: 3, config: { keyz: ['a'] }, code: 'NODE_SETTINGS_TOO_NEW' },
  { version: 0, config: {}, code: 'NODE_MIGRATION_FAILED' },
])('settings that do not fit are refused with $code', ({ version, config, code }) => {
  expect(load(version, config)).toBe(code);
});

test('settings of a later version are taken as long as they fit', () => {
  expect(load(3, { keys: ['a'] })).toEqual({ keys: ['a'] });
});

test('checkChain learns from the declarations what is wrong with settings', () => {
  const facts = nodeCatalogue([node]).facts('filter.grown');
  expect(facts?.configIssues({ keys: ['a'] }, 2)).toEqual([]);
  expect(facts?.configIssues({ keys: [] }, 2)[0]).toContain('keys');
  expect(nodeCatalogue([node]).facts('filter.other')).toBeUndefined();
});
