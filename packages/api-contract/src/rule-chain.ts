import type { RuleChain } from '@fieldline/model';
import * as z from 'zod';
import { API_RULE_NODES_MAX } from './limits.js';
import { idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

/** A rule chain without its nodes (rest-api.md §20.2). */
export const wireRuleChainSchema = z.strictObject({
  id: wireIdSchema('RULE_CHAIN').describe('Id of the chain.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the chain.'),
  name: z.string().describe('Name; need not be unique.'),
  type: z.enum(['CORE', 'EDGE']).describe('EDGE chains are kept, never run.'),
  firstRuleNodeId: wireIdSchema('RULE_NODE').nullable().describe('Where messages enter.'),
  root: z.boolean().describe('Entered by messages whose profile names no chain.'),
  debugMode: z.boolean().describe('Whether any node records everything at present.'),
  configuration: z.null().describe('Not used.'),
  externalId: wireIdSchema('RULE_CHAIN').nullable().describe('Its id in the file it came from, where that is another.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON; `description` by convention.'),
});
export type WireRuleChain = z.infer<typeof wireRuleChainSchema>;

/** Body of `POST /api/ruleChain`. Nodes are saved by the metadata route. */
export const ruleChainSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Chain to change; absent creates one.'),
  name: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Name.'),
  type: z.enum(['CORE', 'EDGE']).nullish().describe('CORE unless told otherwise.'),
  root: z.boolean().nullish().describe('Only true for the chain that is root already.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  externalId: idReferenceSchema.nullish().describe('Its id in the file it came from; absent keeps what is stored.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type RuleChainSave = z.output<typeof ruleChainSaveSchema>;

const ruleNode = {
  type: z.string().min(1, 'must not be blank').max(255).describe('Class of the node type.'),
  name: z.string().max(255, 'length must be equal or less than 255').describe('Label.'),
};

/** A rule node of a chain. Members that came with an imported node and mean nothing here stay with it. */
export const wireRuleNodeSchema = z
  .object({
    id: wireIdSchema('RULE_NODE').describe('Id of the node.'),
    createdTime: z.int().describe('When the chain was created.'),
    ruleChainId: wireIdSchema('RULE_CHAIN').describe('Chain it belongs to.'),
    ...ruleNode,
    debugSettings: z
      .strictObject({ failuresEnabled: z.boolean(), allEnabled: z.boolean(), allEnabledUntil: z.int() })
      .describe('What is recorded at the node, and until when.'),
    singletonMode: z.boolean().describe('Runs on one server only.'),
    queueName: z.string().nullable().describe('For node types with a queue of their own.'),
    configurationVersion: z.int().describe('Version of `configuration`.'),
    configuration: z.json().describe('Settings of the node.'),
    externalId: wireIdSchema('RULE_NODE').nullable().describe('Its id in the file it came from, where that is another.'),
    additionalInfo: z
      .object({ layoutX: z.number(), layoutY: z.number(), description: z.string() })
      .catchall(z.json())
      .describe('Place on the canvas, a note, and what clients keep besides.'),
  })
  .catchall(z.json());
export type WireRuleNode = z.infer<typeof wireRuleNodeSchema>;

const connectionSchema = z.strictObject({
  fromIndex: z.int().describe('Place of the first node in `nodes`.'),
  toIndex: z.int().describe('Place of the second node in `nodes`.'),
  type: z.string().describe('Relation type.'),
});

/** The graph of a chain (rest-api.md §20.3). */
export const wireRuleChainMetadataSchema = z.strictObject({
  ruleChainId: wireIdSchema('RULE_CHAIN').describe('Chain the graph belongs to.'),
  version: z.int().describe('Version of the chain.'),
  firstNodeIndex: z.int().nullable().describe('Where messages enter.'),
  nodes: z.array(wireRuleNodeSchema).describe('Rule nodes.'),
  connections: z.array(connectionSchema).nullable().describe('Connections; null when there are none.'),
  ruleChainConnections: z.null().describe('Always null.'),
  notes: z.array(freeJson).optional().describe('Notes on the canvas, where there are any.'),
});
export type WireRuleChainMetadata = z.infer<typeof wireRuleChainMetadataSchema>;

export const ruleNodeSaveSchema = z
  .object({
    id: idReferenceSchema.nullish().describe('Node to keep; absent creates one.'),
    ...ruleNode,
    debugSettings: z
      .object({ failuresEnabled: z.boolean().nullish(), allEnabled: z.boolean().nullish(), allEnabledUntil: z.int().nullish() })
      .nullish()
      .describe('What is recorded at the node.'),
    debugMode: z.boolean().nullish().describe('Older form: failures and, for a while, everything.'),
    singletonMode: z.boolean().nullish().describe('Runs on one server only.'),
    queueName: z.string().max(255).nullish().describe('For node types with a queue of their own.'),
    configurationVersion: z.int().nullish().describe('Version of `configuration`; absent means 0.'),
    configuration: z.json().nullish().describe('Settings of the node.'),
    additionalInfo: z
      .object({ layoutX: z.number().nullish(), layoutY: z.number().nullish(), description: z.string().max(10_000).nullish() })
      .catchall(z.json())
      .nullish()
      .describe('Place on the canvas, a note, and what clients keep besides.'),
    externalId: idReferenceSchema.nullish().describe('Its id in the file it came from.'),
  })
  .catchall(z.json());
export type RuleNodeSave = z.output<typeof ruleNodeSaveSchema>;

/** The graph of a chain as requests and files have it. */
export const ruleChainGraphSchema = z.object({
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
  firstNodeIndex: z.int().nullish().describe('Where messages enter.'),
  nodes: z.array(ruleNodeSaveSchema).max(API_RULE_NODES_MAX).nullish().describe('Rule nodes.'),
  connections: z
    .array(z.object({ fromIndex: z.int(), toIndex: z.int(), type: z.string().min(1, 'must not be blank').max(255) }))
    .nullish()
    .describe('Connections.'),
  ruleChainConnections: z
    .array(
      z.object({
        fromIndex: z.int(),
        targetRuleChainId: idReferenceSchema,
        additionalInfo: z.object({ layoutX: z.number().nullish(), layoutY: z.number().nullish() }).nullish(),
        type: z.string().min(1, 'must not be blank').max(255),
      }),
    )
    .nullish()
    .describe('Older form of connections to another chain: each becomes a rule chain node.'),
  notes: z.array(freeJson).nullish().describe('Notes on the canvas.'),
});
export type RuleChainGraphSave = z.output<typeof ruleChainGraphSchema>;

/** Body of `POST /api/ruleChain/metadata`: replaces the whole graph. */
export const ruleChainMetadataSaveSchema = ruleChainGraphSchema.extend({
  ruleChainId: idReferenceSchema.describe('Chain to change.'),
});
export type RuleChainMetadataSave = z.output<typeof ruleChainMetadataSaveSchema>;

export function ruleChainToWire(chain: RuleChain, nowMs: number): WireRuleChain {
  return {
    id: wireId('RULE_CHAIN', chain.id),
    createdTime: chain.createdAtMs,
    tenantId: wireId('TENANT', chain.tenantId),
    name: chain.name,
    type: chain.type,
    firstRuleNodeId: optionalWireId('RULE_NODE', chain.firstNodeId),
    root: chain.isRoot,
    debugMode: chain.nodes.some((node) => node.debug.allUntilMs > nowMs),
    configuration: null,
    externalId: optionalWireId('RULE_CHAIN', chain.externalId),
    version: chain.version,
    additionalInfo: chain.additionalInfo ?? null,
  };
}
