import type { RuleChain, RuleNode, TenantId } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import type { EntityWriter } from './entity-writer.js';
import { savedOnce } from './entity-writer.js';
import { CHAINS_READ_AT_ONCE } from './limits.js';
import { storedEntity } from './stored-entity.js';

// The names of a chain's output nodes are the relation types by which messages leave the nodes that call it.

const outputType = 'flow.output';
const callType = 'flow.rule-chain';

/** A node that calls a chain, and the relation types by which it is connected. */
export interface LabelUsage {
  readonly ruleChainId: string;
  readonly ruleChainName: string;
  readonly ruleNodeId: string;
  readonly ruleNodeName: string;
  readonly labels: readonly string[];
}

/** The names of the output nodes, each once, sorted. */
export function outputLabels({ nodes }: Pick<RuleChain, 'nodes'>): readonly string[] {
  return [...new Set(nodes.filter(({ type }) => type === outputType).map(({ name }) => name))].sort();
}

/** The connected nodes of a tenant that call a chain, by the names of their chains and their own. */
export async function labelUsage(entities: Pick<EntityStore, 'page'>, tenantId: TenantId, id: string): Promise<readonly LabelUsage[]> {
  const usages: LabelUsage[] = [];
  for await (const chain of chainsOf(entities, tenantId)) {
    for (const node of callers(chain, id)) {
      const left = chain.connections.filter(({ fromId }) => fromId === node.id).map(({ relationType }) => relationType);
      const labels = [...new Set(left)].sort();
      const place = { ruleChainId: chain.id, ruleChainName: chain.name, ruleNodeId: node.id, ruleNodeName: node.name };
      if (labels.length > 0) usages.push({ ...place, labels });
    }
  }
  const order = ({ ruleChainName, ruleNodeName }: LabelUsage): string => `${ruleChainName}\u0000${ruleNodeName}`;
  return usages.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/**
 * What output nodes were renamed from and to. A name that went two ways, or that another output node still has, is left out:
 * nobody could tell what its users mean now.
 */
export function renamedLabels(before: Pick<RuleChain, 'nodes'>, after: Pick<RuleChain, 'nodes'>): ReadonlyMap<string, string> {
  const former = new Map(before.nodes.map((node) => [node.id, node.name]));
  const renamed = new Map<string, Set<string>>();
  const present = new Set<string>();
  for (const { id, name, type } of after.nodes) {
    if (type !== outputType) continue;
    present.add(name);
    const old = former.get(id);
    if (old !== undefined && old !== name) renamed.set(old, (renamed.get(old) ?? new Set()).add(name));
  }
  const clear = [...renamed].filter(([old, names]) => names.size === 1 && !present.has(old));
  return new Map(clear.map(([old, names]) => [old, [...names][0] as string]));
}

/** Renames the connections of every node that calls a chain whose output nodes were renamed. */
export async function renameUsers(
  deps: { readonly entities: Pick<EntityStore, 'find' | 'page'>; readonly writer: EntityWriter },
  caller: Caller,
  id: string,
  labels: ReadonlyMap<string, string>,
): Promise<void> {
  if (labels.size === 0) return;
  const users = await labelUsage(deps.entities, caller.tenantId, id);
  for (const user of new Set(users.map(({ ruleChainId }) => ruleChainId))) {
    await savedOnce(undefined, async () => {
      const before = await storedEntity(deps.entities, 'ruleChain', caller.tenantId, user);
      const entity = withLabels(before, id, labels);
      if (entity !== before) await deps.writer.update(caller, 'ruleChain', { before, entity });
    });
  }
}

function withLabels(chain: RuleChain, id: string, labels: ReadonlyMap<string, string>): RuleChain {
  const calling = new Set(callers(chain, id).map((node) => node.id));
  let hasChanged = false;
  const seen = new Set<string>();
  const connections = chain.connections.flatMap((connection) => {
    const label = calling.has(connection.fromId) ? labels.get(connection.relationType) : undefined;
    hasChanged ||= label !== undefined;
    const renamed = label === undefined ? connection : { ...connection, relationType: label };
    const key = `${renamed.fromId} ${renamed.toId} ${renamed.relationType}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [renamed];
  });
  return hasChanged ? { ...chain, connections } : chain;
}

function callers({ nodes }: RuleChain, id: string): readonly RuleNode[] {
  return nodes.filter(({ type, config }) => type === callType && (config as { ruleChainId?: unknown } | null)?.ruleChainId === id);
}

async function* chainsOf(entities: Pick<EntityStore, 'page'>, tenantId: TenantId): AsyncGenerator<RuleChain> {
  for (let page = 0; ; page += 1) {
    const chains = await entities.page('ruleChain', tenantId, { page, pageSize: CHAINS_READ_AT_ONCE });
    yield* chains.data;
    if (!chains.hasNext) return;
  }
}
