import { metadataToRuleChain, type NodeCatalogue, ruleChainFileSchema, ruleChainToFile } from '@fieldline/api-contract';
import { isProblem } from '@fieldline/kernel';
import type { RuleChain } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { loadSettings } from '@fieldline/plugin-sdk/host';
import { countingIds, harnessTenantId } from '@fieldline/plugin-sdk/testing';
import { isDeepStrictEqual } from 'node:util';
import type { WrittenChain } from './documents.js';

export const nowMs = 1_700_000_000_000;

/** A chain of a document in our terms. */
export function importChain(one: WrittenChain, catalogue: NodeCatalogue, names: ReadonlyMap<string, string>): RuleChain {
  const { ruleChain, metadata } = one.file;
  const ids = countingIds();
  const reading = { newId: () => `${one.id.slice(0, 24)}${ids.next().slice(-12)}`, nowMs, chainNames: names };
  // As the server does it: ids of a file mean nothing here.
  const nodes = metadata.nodes?.map(({ id: _, ...node }) => node);
  const { firstNodeId, ...graph } = metadataToRuleChain({ ...metadata, nodes }, catalogue, reading);
  return {
    ...{ id: one.id, tenantId: harnessTenantId, createdAtMs: nowMs, version: 1 },
    ...{ name: ruleChain.name, type: ruleChain.type ?? 'CORE', isRoot: one.isRoot },
    ...graph,
    ...(firstNodeId === undefined ? {} : { firstNodeId }),
    ...(ruleChain.additionalInfo === null || ruleChain.additionalInfo === undefined ? {} : { additionalInfo: ruleChain.additionalInfo }),
  };
}

/** What became of a node of a document. */
export interface NodeReport {
  readonly name: string;
  readonly type: string;
  /** False where no installed node type has that class. */
  readonly isResolved: boolean;
  /** Why it will not run: its settings, or a plugin that is not installed. */
  readonly remark?: string | undefined;
}

export function nodeReports(chain: RuleChain, definitions: ReadonlyMap<string, AnyRuleNodeDefinition>): readonly NodeReport[] {
  return chain.nodes.map(({ name, type, config, configVersion }) => {
    const definition = definitions.get(type);
    if (definition === undefined) return { name, type, isResolved: false };
    if (definition.needsPlugin !== undefined) return { name, type, isResolved: true, remark: `needs the plugin ${definition.needsPlugin}` };
    const settings = loadSettings<unknown>(definition, { config, version: configVersion });
    return { name, type, isResolved: true, ...('problem' in settings ? { remark: settings.problem.message } : {}) };
  });
}

/** Exports a chain, reads the export again, and tells what is not as it was. */
export function lossOf(one: WrittenChain, chain: RuleChain, catalogue: NodeCatalogue, names: ReadonlyMap<string, string>): readonly string[] {
  // Secrets, which a server leaves out, are in here: every setting is compared.
  const exported = ruleChainToFile(chain, { ...catalogue, settingsSchema: () => ({}) });
  const text = JSON.parse(JSON.stringify(exported)) as unknown;
  try {
    const back = importChain({ ...one, file: ruleChainFileSchema.parse(text) }, catalogue, names);
    const lost = isDeepStrictEqual(inOrder(back), inOrder(chain)) ? [] : [`"${chain.name}" reads differently after an export`];
    return [...lost, ...memberLoss(one, exported.metadata['nodes'] as readonly Loose[])];
  } catch (error) {
    if (isProblem(error) || error instanceof Error) return [`the export of "${chain.name}" cannot be read: ${error.message}`];
    throw error;
  }
}

type Loose = Readonly<Record<string, unknown>>;

/** A chain as plain data, its connections sorted: their order means nothing. */
function inOrder(chain: RuleChain): unknown {
  const key = ({ fromId, toId, relationType }: RuleChain['connections'][number]): string => `${fromId} ${toId} ${relationType}`;
  const connections = [...chain.connections].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return JSON.parse(JSON.stringify({ ...chain, connections }));
}

/** Members an export leaves out on purpose: ids, times and older forms. */
const leftOut = new Set(['id', 'createdTime', 'ruleChainId', 'externalId', 'tenantId', 'debugMode', 'debugSettings', 'configurationVersion']);

/** Compares nodes as written with nodes as exported, but for settings that were brought to a newer version. */
function memberLoss(one: WrittenChain, exported: readonly Loose[]): readonly string[] {
  return (one.written.nodes ?? []).flatMap((node, place) => {
    const after = exported[place] ?? {};
    const wasUpgraded = (node['configurationVersion'] ?? 0) !== after['configurationVersion'] || node['configuration'] === null;
    return Object.entries(node).flatMap(([member, value]) => {
      if (leftOut.has(member) || value === null || (member === 'configuration' && wasUpgraded)) return [];
      if (member === 'singletonMode' || member !== 'additionalInfo') {
        return isDeepStrictEqual(after[member], value) ? [] : [`node "${String(node['name'])}": ${member} is not as it was`];
      }
      const info = after[member] as Loose;
      const gone = Object.entries(value as Loose).filter(([name, part]) => part !== null && !isDeepStrictEqual(info[name], part));
      return gone.map(([name]) => `node "${String(node['name'])}": additionalInfo.${name} is not as it was`);
    });
  });
}
