import { expect, test } from 'vitest';
import { missingReadmes, projectTags } from './project-rules.js';

const messages = (manifest: Parameters<typeof projectTags>[0]['manifest']): string[] =>
  projectTags({ path: 'packages/x/package.json', manifest }).map(({ message }) => message);

test('a project has one layer', () => {
  expect(messages({})).toEqual([expect.stringContaining('0 layer tags')]);
  expect(messages({ nx: { tags: ['layer:model', 'layer:sdk'] } })).toEqual([expect.stringContaining('2 layer tags')]);
  expect(messages({ nx: { tags: ['layer:model'] } })).toEqual([]);
});

test('an adapter or plugin with a library says so by a driver tag', () => {
  const dependencies = { kafkajs: '2.0.0', '@fieldline/kernel': '0.1.0' };
  expect(messages({ dependencies, nx: { tags: ['layer:plugin'] } })).toEqual([expect.stringContaining('kafkajs without a driver')]);
  expect(messages({ dependencies, nx: { tags: ['layer:plugin', 'driver:kafka'] } })).toEqual([]);
  expect(messages({ nx: { tags: ['layer:adapter'] } })).toEqual([expect.stringContaining('adapter without')]);
  expect(messages({ nx: { tags: ['layer:adapter', 'adapter:memory'] } })).toEqual([]);
});

test('a package opens its index and nothing else', () => {
  const nx = { tags: ['layer:model'] };
  expect(messages({ nx, exports: { '.': './src/index.ts', './testing': './src/testing/index.ts' } })).toEqual([]);
  expect(messages({ nx, exports: { '.': './src/index.ts', './internal': './src/internal.ts' } })).toEqual([expect.stringContaining('./internal')]);
});

test('a package says what it is for', () => {
  const paths = ['packages/a/package.json', 'packages/a/README.md', 'plugins/b/package.json', 'apps/server/package.json'];
  expect(missingReadmes(paths).map(({ path }) => path)).toEqual(['plugins/b']);
});
