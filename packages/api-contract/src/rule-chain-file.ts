import type { JsonObject, RuleChain } from '@fieldline/model';
import * as z from 'zod';
import type { NodeCatalogue } from './node-catalogue.js';
import { toNodeType } from './node-catalogue.js';
import { fileSettings } from './node-settings.js';
import { ruleChainToMetadata } from './rule-chain-metadata.js';
import type { WireRuleNode } from './rule-chain.js';
import { ruleChainGraphSchema, ruleChainSaveSchema } from './rule-chain.js';

/** One rule chain as ThingsBoard's users export and import it (rule-engine.md §5.1). What only servers need is ignored. */
export const ruleChainFileSchema = z.object({
  ruleChain: ruleChainSaveSchema.omit({ id: true, version: true, externalId: true, root: true }).extend({
    name: z.string().min(1, 'must not be blank').max(255, 'length must be equal or less than 255').describe('Name.'),
  }),
  metadata: ruleChainGraphSchema.describe('Nodes and connections.'),
});
export type RuleChainFile = z.output<typeof ruleChainFileSchema>;

/** What an exported file holds: ThingsBoard reads it, and so do we, without loss. */
export interface WrittenRuleChainFile {
  readonly ruleChain: JsonObject;
  readonly metadata: JsonObject;
}

/** Makes the file of a chain: no ids, and no settings that ThingsBoard's nodes would refuse. */
export function ruleChainToFile(chain: RuleChain, catalogue: NodeCatalogue): WrittenRuleChainFile {
  const { ruleChainId: _, nodes, ...metadata } = ruleChainToMetadata(chain, catalogue);
  return {
    ruleChain: {
      additionalInfo: chain.additionalInfo ?? null,
      name: chain.name,
      type: chain.type,
      firstRuleNodeId: null,
      root: false,
      debugMode: false,
      configuration: null,
    },
    metadata: { ...(metadata as unknown as JsonObject), nodes: nodes.map((node) => fileNode(node, catalogue)) },
  };
}

/** A node as files have it: without its ids and times, and with its own settings apart. */
export function fileNode(node: WireRuleNode, catalogue: NodeCatalogue): JsonObject {
  const { id: _i, createdTime: _t, ruleChainId: _c, externalId: _e, additionalInfo, configuration, ...rest } = node;
  const definition = catalogue.byType(toNodeType(catalogue, { type: node.type, version: 0 }).type);
  const settings = fileSettings(definition, { config: configuration, additionalInfo: additionalInfo });
  return { additionalInfo: settings.additionalInfo, ...(rest as JsonObject), configuration: settings.config };
}
