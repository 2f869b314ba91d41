import { expect, test } from 'vitest';
import { unusedFiles } from './unused-files.js';

const complaints = (files: Record<string, string>): string[] =>
  unusedFiles(Object.entries(files).map(([path, text]) => ({ path: `packages/telemetry/src/${path}`, text }))).map(
    ({ path }) => path.split('/src/')[1] ?? '',
  );

test('what the index reaches, directly or not, is used', () => {
  const files = {
    'index.ts': "export { a } from './a.js';",
    'a.ts': "import { b } from './in/b.js';",
    'in/b.ts': "const c = await import('../c.js');",
    'c.ts': '',
  };
  expect(complaints(files)).toEqual([]);
});

test('what nobody imports is not', () => {
  expect(complaints({ 'index.ts': '', 'a.ts': "import './b.js';", 'b.ts': '' })).toEqual(['a.ts', 'b.ts']);
});

test('a test keeps no product code alive', () => {
  expect(complaints({ 'index.ts': '', 'a.ts': '', 'a.test.ts': "import { a } from './a.js';" })).toEqual(['a.ts']);
});

test('test support is used when a test imports it', () => {
  const files = { 'index.ts': '', 'a.test.ts': "import { f } from './f.fixture.js';", 'f.fixture.ts': '', 'g.fixture.ts': '' };
  expect(complaints(files)).toEqual(['g.fixture.ts']);
});

test('a thread and a worker file are reached by their address', () => {
  expect(complaints({ 'index.ts': "new Worker(new URL('./w.js', import.meta.url));", 'w.ts': '' })).toEqual([]);
  expect(unusedFiles([{ path: 'apps/server/src/engine-thread.ts', text: '' }])).toEqual([]);
  expect(unusedFiles([{ path: 'apps/server/src/engine.ts', text: '' }])).toHaveLength(1);
});
