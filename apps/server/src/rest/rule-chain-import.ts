import type { NodeCatalogue, RuleChainData, RuleChainMetadataSave, WireChainImport } from '@fieldline/api-contract';
import { metadataToRuleChain, ruleChainDraftOf, wireId, withNewIds } from '@fieldline/api-contract';
import type { RuleChains } from '@fieldline/directory';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { Caller } from '@fieldline/ports';

/** What an import stands on. */
export interface ImportTools {
  readonly chains: RuleChains;
  readonly catalogue: NodeCatalogue;
  readonly newId: () => string;
  readonly nowMs: number;
}

/**
 * Saves every chain of an import, then their graphs, in which chains refer to each other by the new ids (rule-engine.md
 * §5.2). One that cannot be saved is told so; the others are saved all the same.
 *
 * @param overwrite takes the place of the chain of the same name and type, which keeps its root flag
 */
export async function importChains(tools: ImportTools, caller: Caller, data: RuleChainData, overwrite: boolean): Promise<WireChainImport[]> {
  const results = new Map<string, WireChainImport>();
  for (const chain of data.ruleChains) results.set(chain.id.id, await saveChain(tools, caller, chain, overwrite));
  const ids = new Map([...results].flatMap(([old, { ruleChainId }]) => (ruleChainId === null ? [] : [[old, ruleChainId.id] as const])));
  for (const graph of data.metadata ?? []) {
    const old = graph.ruleChainId.id;
    const result = results.get(old);
    if (result === undefined || result.error !== undefined) continue;
    const error = await saveGraph(tools, caller, withNewIds(graph, ids, caller.tenantId));
    if (error !== undefined) results.set(old, { ...result, error });
  }
  return [...results.values()];
}

async function saveChain(
  { chains }: ImportTools,
  caller: Caller,
  chain: RuleChainData['ruleChains'][number],
  overwrite: boolean,
): Promise<WireChainImport> {
  const draft = ruleChainDraftOf(chain);
  const existing = overwrite ? await chains.named(caller, draft.name, draft.type ?? 'CORE') : undefined;
  const named = { tenantId: wireId('TENANT', caller.tenantId), ruleChainName: draft.name };
  const updated = existing === undefined ? {} : { updated: true };
  try {
    const { id } = await chains.save(caller, { ...draft, id: existing?.id, isRoot: undefined, externalId: undefined, version: undefined });
    return { ...named, ruleChainId: wireId('RULE_CHAIN', id), ...updated };
  } catch (error) {
    return { ...named, ruleChainId: null, error: told(error) };
  }
}

async function saveGraph(
  { chains, catalogue, newId, nowMs }: ImportTools,
  caller: Caller,
  graph: RuleChainMetadataSave,
): Promise<string | undefined> {
  try {
    const reading = { newId, nowMs, chainNames: await calledChains(chains, caller, graph), debugAllMs: await chains.debugAllMs(caller) };
    await chains.saveGraph(caller, graph.ruleChainId.id, metadataToRuleChain(graph, catalogue, reading), { isImport: true });
    return undefined;
  } catch (error) {
    return told(error);
  }
}

/** Names of the chains that older chain connections lead to: their nodes are called like them. */
export async function calledChains(
  chains: RuleChains,
  caller: Caller,
  { ruleChainConnections }: Pick<RuleChainMetadataSave, 'ruleChainConnections'>,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set((ruleChainConnections ?? []).map(({ targetRuleChainId }) => targetRuleChainId.id))];
  const called = ids.length === 0 ? [] : await chains.byIds(caller, ids);
  return new Map(called.map(({ id, name }) => [id, name]));
}

/** What is wrong with a document is told beside it; anything else ends the request. */
function told(error: unknown): string {
  if (!isProblem(error) || error.kind === 'unavailable' || error.kind === 'internal') throw error;
  return problemOf(error).message;
}
