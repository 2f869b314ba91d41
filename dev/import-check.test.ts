// Goal: rule chains of every family come in from ThingsBoard's files, do what they did there, and go out again without loss.
// Method: the exports of `chains`, made by hand, with the cases beside them, through the same code as `npm run import-check`.
import { nodeCatalogue } from '@fieldline/api-contract';
import { quickJsScriptEngine } from '@fieldline/scripting';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../apps/server/src/catalogue.js';
import { systemClock } from '../apps/server/src/system-clock.js';
import { checkDocument, type CheckTools } from './import-check/check-document.js';
import { chainFiles, readDocument } from './import-check/documents.js';

const files = chainFiles(join(import.meta.dirname, 'import-check', 'chains'));
const documents = files.map((path) => {
  const document = readDocument(path);
  if (document === undefined) throw new Error(`${path} holds no rule chain`);
  return { name: path.slice(path.lastIndexOf('/') + 1), document };
});

let tools: CheckTools;
beforeAll(async () => {
  const definitions = await loadCatalogue();
  tools = { definitions, catalogue: nodeCatalogue(definitions), scripts: await quickJsScriptEngine({ clock: systemClock, random: Math.random }) };
});
afterAll(() => tools.scripts.dispose());

describe.each(documents)('$name', ({ name, document }) => {
  it('is imported, runs as expected and is exported without loss', async () => {
    const { nodes, cases, losses } = await checkDocument(document, tools);
    expect(losses).toEqual([]);
    expect(cases.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    const unresolved = nodes.filter(({ isResolved }) => !isResolved).map(({ type }) => type);
    expect(unresolved).toEqual(name === 'unknown-nodes.json' ? ['com.example.custom.TbRetryNode'] : []);
  });
});

it('the chains have a node of every class of the catalogue', () => {
  const used = new Set(
    documents.flatMap(({ document }) => document.chains.flatMap(({ file }) => (file.metadata.nodes ?? []).map(({ type }) => type))),
  );
  const known = tools.definitions.flatMap(({ thingsboard }) => (thingsboard === undefined ? [] : [thingsboard.className]));
  expect(known.filter((className) => !used.has(className))).toEqual([]);
});
