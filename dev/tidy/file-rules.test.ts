import { expect, test } from 'vitest';
import { forbiddenText, longFiles, longFunctions, vagueFolderNames } from './file-rules.js';

const path = 'packages/telemetry/src/x.ts';
const lines = (count: number): string => 'const x = 1;\n'.repeat(count);
const functionOf = (count: number): string => `export function f(): void {\n${lines(count - 2)}}\n`;

test('400 lines are a file, 401 are two', () => {
  expect(longFiles({ path, text: lines(400) })).toEqual([]);
  expect(longFiles({ path, text: lines(401) })).toHaveLength(1);
  expect(longFiles({ path: 'packages/api-client/src/generated/api.ts', text: lines(401) })).toEqual([]);
});

test.each([
  { what: 'a function', text: functionOf },
  { what: 'an arrow function', text: (count: number) => `export const f = () => {\n${lines(count - 2)}};\n` },
  { what: 'a method', text: (count: number) => `class A {\n  f() {\n${lines(count - 2)}  }\n}\n` },
])('$what of 70 lines fits on a screen, one of 71 does not', ({ text }) => {
  expect(longFunctions({ path, text: text(70) })).toEqual([]);
  expect(longFunctions({ path, text: text(71) })).toHaveLength(1);
});

test('a list of tests may be long', () => {
  expect(longFunctions({ path: 'packages/telemetry/src/x.test.ts', text: functionOf(200) })).toEqual([]);
  expect(longFunctions({ path: 'packages/contract-tests/src/clock.ts', text: functionOf(200) })).toEqual([]);
});

test.each(['utils', 'helpers', 'common', 'shared', 'core'])('a folder %s says nothing', (name) => {
  expect(vagueFolderNames({ path: `packages/telemetry/src/${name}/x.ts`, text: '' })).toHaveLength(1);
  expect(vagueFolderNames({ path: `packages/telemetry/src/ingest/${name}.ts`, text: '' })).toEqual([]);
});

// The words are spliced in, so that this file does not contain what it tests for.
test.each([
  { text: `// ${'TODO'} later`, count: 1 },
  { text: `  // ${'TODO'}: #12 later`, count: 1 },
  { text: ` * ${'FIXME'}`, count: 1 },
  { text: `/* ${'HACK'} around it */`, count: 1 },
  { text: `// ${'TODO'} #12: later`, count: 0 },
  { text: "const kind = 'TODO';", count: 0 },
  { text: "test.only('x', () => undefined);", count: 1 },
  { text: "  describe.only.each([1])('x', () => undefined);", count: 1 },
  { text: 'for (const only of list) test(only);', count: 0 },
])('$text gives $count complaints', ({ text, count }) => {
  expect(forbiddenText({ path, text: `const x = 1;\n${text}\n` })).toHaveLength(count);
});
