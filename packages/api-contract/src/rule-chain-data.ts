import type { JsonObject, JsonValue } from '@fieldline/model';
import * as z from 'zod';
import { API_CHAINS_AT_ONCE_MAX } from './limits.js';
import { chainCallClassName } from './rule-chain-metadata.js';
import type { RuleChainMetadataSave } from './rule-chain.js';
import { ruleChainMetadataSaveSchema, ruleChainSaveSchema } from './rule-chain.js';
import { idReferenceSchema, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

/** Answer of `GET /api/ruleChains/export`: chains under ids of this answer alone, nodes without ids. */
export const wireRuleChainDataSchema = z.strictObject({
  ruleChains: z.array(freeJson).describe('Rule chains.'),
  metadata: z.array(freeJson).describe('Their nodes and connections.'),
});
export type WireRuleChainData = z.infer<typeof wireRuleChainDataSchema>;

/** Body of `POST /api/ruleChains/import`. */
export const ruleChainDataSchema = z.object({
  ruleChains: z
    .array(ruleChainSaveSchema.extend({ id: idReferenceSchema.describe('Names the chain in this request; it gets a new one.') }))
    .max(API_CHAINS_AT_ONCE_MAX)
    .describe('Rule chains.'),
  metadata: z.array(ruleChainMetadataSaveSchema).max(API_CHAINS_AT_ONCE_MAX).nullish().describe('Their nodes and connections.'),
});
export type RuleChainData = z.output<typeof ruleChainDataSchema>;

/** What became of one chain of an import. */
export const wireChainImportSchema = z.strictObject({
  tenantId: wireIdSchema('TENANT').describe('Tenant of the chain.'),
  ruleChainId: wireIdSchema('RULE_CHAIN').nullable().describe('Chain that was made or replaced; null where saving it failed.'),
  ruleChainName: z.string().describe('Its name.'),
  updated: z.boolean().optional().describe('True where a chain of the same name was replaced.'),
  error: z.string().optional().describe('Why it could not be saved.'),
});
export type WireChainImport = z.infer<typeof wireChainImportSchema>;

/**
 * A graph whose references fit the importing tenant: nodes have no ids, nodes that call chains (and older connections) name
 * the new ids, and an id of a tenant is that of this one.
 *
 * @param ids the new id of each chain, by its id in the import
 */
export function withNewIds(graph: RuleChainMetadataSave, ids: ReadonlyMap<string, string>, tenantId: string): RuleChainMetadataSave {
  const idOf = (id: string): string => ids.get(id) ?? id;
  return {
    ...graph,
    ruleChainId: { id: idOf(graph.ruleChainId.id) },
    nodes: graph.nodes?.map((node) => {
      const { id: _, ...rest } = node;
      const config = withTenant(node.configuration ?? null, tenantId);
      return { ...rest, configuration: node.type === chainCallClassName ? withChain(config, idOf) : config } as typeof node;
    }),
    ruleChainConnections: graph.ruleChainConnections?.map((call) => ({ ...call, targetRuleChainId: { id: idOf(call.targetRuleChainId.id) } })),
  };
}

/** Settings of a node that calls a chain, which it may name under another id. */
export function withChain(config: JsonValue, idOf: (id: string) => string): JsonValue {
  if (!isObject(config) || typeof config['ruleChainId'] !== 'string') return config;
  return { ...config, ruleChainId: idOf(config['ruleChainId'].toLowerCase()) };
}

/** What refers to a tenant refers to the one that imports, as in ThingsBoard: nothing else could be meant. */
function withTenant(value: JsonValue, tenantId: string): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withTenant(item, tenantId));
  if (!isObject(value)) return value;
  if (value['entityType'] === 'TENANT') return value['id'] === undefined ? value : { ...value, id: tenantId };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTenant(member, tenantId)]));
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
