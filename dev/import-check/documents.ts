import { ruleChainDataSchema, ruleChainFileSchema, ruleChainGraphSchema, type RuleChainFile } from '@fieldline/api-contract';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CaseFile, caseFileSchema } from './case-format.js';

/** A chain of a document, as it was written and as it was read. */
export interface WrittenChain {
  readonly id: string;
  readonly isRoot: boolean;
  readonly written: { readonly nodes?: readonly Readonly<Record<string, unknown>>[] | null };
  readonly file: RuleChainFile;
}

export interface ChainDocument {
  readonly path: string;
  readonly chains: readonly WrittenChain[];
  /** Sample messages with what is expected of them, where the file has some beside it. */
  readonly cases: CaseFile['cases'];
}

/** Files with chains: the file itself, or all of a folder and those below it. */
export function chainFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : chainFiles(join(path, entry.name));
    return entry.name.endsWith('.json') && !entry.name.endsWith('.cases.json') ? [join(path, entry.name)] : [];
  });
}

/** Reads a file; undefined where it is JSON of another kind. Throws where it looks like chains and is not in order. */
export function readDocument(path: string): ChainDocument | undefined {
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const chains = chainsOf(document, basename(path, '.json'));
  if (chains === undefined) return undefined;
  const beside = path.replace(/\.json$/, '.cases.json');
  const { cases } = existsSync(beside) ? caseFileSchema.parse(JSON.parse(readFileSync(beside, 'utf8'))) : { cases: [] };
  return { path, chains, cases };
}

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const numbered = (place: number): string => `00000000-0000-7000-8000-0000c4a1${String(place).padStart(4, '0')}`;

/** The three forms: one chain, many chains, and nodes without a chain around them. */
function chainsOf(document: unknown, name: string): readonly WrittenChain[] | undefined {
  if (!isObject(document)) return undefined;
  if (Array.isArray(document['ruleChains'])) return manyChains(document);
  if (isObject(document['ruleChain']) && isObject(document['metadata'])) {
    return [{ id: numbered(0), isRoot: true, written: document['metadata'], file: ruleChainFileSchema.parse(document) }];
  }
  if (!Array.isArray(document['nodes']) || !('connections' in document)) return undefined;
  const file = { ruleChain: { name }, metadata: ruleChainGraphSchema.parse(document) };
  return [{ id: numbered(0), isRoot: true, written: document, file }];
}

function manyChains(document: Loose): readonly WrittenChain[] {
  const { ruleChains, metadata } = ruleChainDataSchema.parse(document);
  const written = (document['metadata'] ?? []) as readonly (Loose & { readonly ruleChainId: { readonly id: string } })[];
  return ruleChains.map((ruleChain, place) => {
    const { id } = ruleChain.id;
    const graph = (metadata ?? []).find((one) => one.ruleChainId.id === id);
    const file = ruleChainFileSchema.parse({ ruleChain, metadata: graph ?? {} });
    return { id, isRoot: ruleChain.root ?? place === 0, written: written.find((one) => one.ruleChainId.id.toLowerCase() === id) ?? {}, file };
  });
}
