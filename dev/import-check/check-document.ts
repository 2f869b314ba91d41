import type { NodeCatalogue } from '@fieldline/api-contract';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type { ScriptEngine } from '@fieldline/ports';
import type { ChainDocument } from './documents.js';
import { runCase } from './run-case.js';
import { importChain, lossOf, nodeReports, type NodeReport } from './translate.js';

/** What imports of files stand on. */
export interface CheckTools {
  readonly definitions: readonly AnyRuleNodeDefinition[];
  readonly catalogue: NodeCatalogue;
  readonly scripts: ScriptEngine;
}

export interface DocumentReport {
  readonly path: string;
  readonly nodes: readonly NodeReport[];
  readonly cases: readonly { readonly name: string; readonly faults: readonly string[] }[];
  readonly losses: readonly string[];
}

/** Imports a document, runs its cases, and exports it again. */
export async function checkDocument(document: ChainDocument, { definitions, catalogue, scripts }: CheckTools): Promise<DocumentReport> {
  const names = new Map(document.chains.map(({ id, file }) => [id, file.ruleChain.name]));
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  const chains = document.chains.map((one) => ({ one, chain: importChain(one, catalogue, names) }));
  const all = chains.map(({ chain }) => chain);
  const cases: DocumentReport['cases'][number][] = [];
  for (const one of document.cases) cases.push({ name: one.name, faults: await runCase(one, all, { definitions, scripts }) });
  return {
    path: document.path,
    nodes: all.flatMap((chain) => nodeReports(chain, byType)),
    cases,
    losses: chains.flatMap(({ one, chain }) => lossOf(one, chain, catalogue, names)),
  };
}
