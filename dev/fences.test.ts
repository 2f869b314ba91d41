// Each file in dev/fences breaks one rule of the architecture. Its first lines say in which package it pretends to be,
// which rule must catch it there, and what the complaint says. A fence that nobody would notice falling is decoration.
import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fences = readdirSync(join(root, 'dev/fences')).filter((name) => name.endsWith('.ts'));

const eslint = new ESLint({
  cwd: root,
  ignore: false,
  // The pretended files belong to no TypeScript project, so rules that need types are left out here.
  overrideConfig: [{ ...tseslint.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false } } }],
});

async function complaintsAbout(code: string, folder: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, folder, folder.startsWith('dev/') ? '' : 'src', 'fence.ts') });
  return (result?.messages ?? []).map((message) => `${message.ruleId ?? 'no rule'}: ${message.message}`);
}

function headerOf(code: string, field: string): string {
  const value = new RegExp(`^// ${field}: (.+)$`, 'm').exec(code)?.[1];
  if (value === undefined) throw new Error(`A fence starts with a line "// ${field}: …".`);
  return value;
}

test('there is a fence file for every rule', () => {
  expect(fences.length).toBeGreaterThanOrEqual(20);
});

test.each(fences)('%s is caught', { timeout: 60_000 }, async (name) => {
  const code = readFileSync(join(root, 'dev/fences', name), 'utf8');
  const complaints = await complaintsAbout(code, headerOf(code, 'at'));
  const expected = complaints.filter((complaint) => complaint.startsWith(`${headerOf(code, 'caught by')}: `));
  expect(expected.join('\n')).toContain(headerOf(code, 'saying'));
});

test('what is allowed is not caught', { timeout: 60_000 }, async () => {
  const allowed = [
    { at: 'packages/telemetry', code: "import { isUuid } from '@fieldline/kernel';\n\nexport const reached = isUuid;\n" },
    { at: 'packages/transport-mqtt', code: "import { parser } from 'mqtt-packet';\n\nexport const reached = parser;\n" },
    { at: 'packages/storage-sqlite', code: "import { DatabaseSync } from 'node:sqlite';\n\nexport const reached = DatabaseSync;\n" },
    { at: 'plugins/filters', code: "import * as sdk from '@fieldline/plugin-sdk';\n\nexport const reached = sdk;\n" },
    { at: 'apps/server', code: "import { Injectable } from '@nestjs/common';\n\nexport const reached = [Injectable, Date.now()];\n" },
  ];
  for (const { at, code } of allowed) expect(await complaintsAbout(code, at), at).toEqual([]);
});
