import * as z from 'zod';

const freeJson = z.record(z.string(), z.json());

export const ruleNodeSchema = z.strictObject({
  id: z.string().describe('UUID; stays with the node through edits.'),
  type: z.string().min(1).max(255).describe('Node type such as "filter.script"; an unknown one is kept and fails its messages.'),
  name: z.string().max(255).describe('Label; of an output node, the relation it returns to the caller.'),
  configVersion: z.number().int().describe('Version of `config`.'),
  config: z.json().describe('Settings, in the shape the node type declares.'),
  queueName: z.string().max(255).optional().describe('For node types with a queue of their own.'),
  isSingleton: z.boolean().default(false).describe('Runs on one server only.'),
  debug: z
    .strictObject({
      failures: z.boolean().describe('Record failures.'),
      allUntilMs: z.number().int().describe('Record everything until this instant.'),
    })
    .default({ failures: false, allUntilMs: 0 })
    .describe('What is recorded at this node.'),
  layout: z.strictObject({ x: z.number(), y: z.number() }).describe('Place on the canvas, in pixels.'),
  description: z.string().max(10_000).optional().describe('For people.'),
  additionalInfo: freeJson.optional().describe('What clients keep with the node besides its place and description.'),
  otherMembers: freeJson.optional().describe('Members of an imported node that mean nothing here, kept for its export.'),
  externalId: z.string().optional().describe('Its id in the file it came from, where that is another.'),
});
export type RuleNode = z.infer<typeof ruleNodeSchema>;

export const connectionSchema = z.strictObject({
  fromId: z.string().describe('Node the connection leaves.'),
  toId: z.string().describe('Node it enters.'),
  relationType: z.string().min(1).max(255).describe('Way out of the first node; compared without case.'),
});
export type Connection = z.infer<typeof connectionSchema>;

export const ruleChainSchema = z.strictObject({
  id: z.string().describe('UUID.'),
  tenantId: z.string().describe('Tenant that owns the chain.'),
  createdAtMs: z.number().int().describe('When it was created, by our clock.'),
  version: z.number().int().describe('Counts up with every deployed change.'),
  name: z.string().min(1).max(255).describe('Need not be unique.'),
  type: z.enum(['CORE', 'EDGE']).default('CORE').describe('EDGE chains are kept, never run.'),
  isRoot: z.boolean().describe('Entered by messages whose profile names no chain; one in each tenant.'),
  firstNodeId: z.string().optional().describe('Where messages enter; absent means they end at once.'),
  nodes: z.array(ruleNodeSchema).describe('Rule nodes.'),
  connections: z.array(connectionSchema).describe('Connections, unique by from, to and relation type.'),
  notes: z.array(freeJson).default([]).describe('Canvas notes, kept as they came.'),
  additionalInfo: freeJson.optional().describe('Free JSON kept for the client.'),
  externalId: z.string().optional().describe('Its id in the file it came from, where that is another.'),
});

/** A directed graph of rule nodes; immutable once deployed, a change is a new version. */
export type RuleChain = z.infer<typeof ruleChainSchema>;
