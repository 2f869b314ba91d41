import { entityTypes } from '@fieldline/model';
import { isolatedNeeds } from '@fieldline/plugin-sdk/host';
import * as z from 'zod';
import { NODES_PER_PLUGIN_MAX, SETTINGS_SCHEMA_CHARACTERS_MAX } from '../limits.js';

const relation = z.string().min(1).max(255);
const jsonObject = z.record(z.string(), z.json());

const nodeSchema = z.object({
  type: z
    .string()
    .max(100)
    .regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, 'must read like "filter.deadband"'),
  version: z.int().min(0).max(1_000_000),
  category: z.enum(['filter', 'enrichment', 'transformation', 'action', 'external', 'flow']),
  title: z.string().min(1).max(100),
  summary: z.string().min(1).max(1_000),
  docs: z.string().max(100_000).optional(),
  icon: z.string().max(100).optional(),
  deprecated: z.string().max(1_000).optional(),
  examples: z.array(z.json()).max(50).optional(),
  thingsboard: z
    .object({
      className: z.string().min(1).max(255),
      configurationVersion: z.int().min(0),
      ownSettings: z.array(z.string().max(255)).max(100).optional(),
    })
    .optional(),
  relationTypes: z.union([z.literal('custom'), z.array(relation).max(100)]),
  suggestedRelationTypes: z.array(relation).max(100).optional(),
  settings: jsonObject.refine((schema) => JSON.stringify(schema).length <= SETTINGS_SCHEMA_CHARACTERS_MAX, 'is too long'),
  defaults: jsonObject,
  needs: z.array(z.string().max(50)).max(50),
  state: z.object({ keyedBy: z.enum(['originator', 'node']), maxEntries: z.int().min(1).max(1_000_000) }).optional(),
  isExternal: z.boolean().optional(),
  hasQueue: z.boolean().optional(),
  hasInput: z.boolean().optional(),
  migratesFrom: z.array(z.int().min(0)).max(1_000),
  hasOnBatch: z.boolean(),
  hasOnTimer: z.boolean(),
  hasTicks: z.boolean(),
  hasConnection: z.boolean(),
  hasEngine: z.boolean(),
});

/** What the process of a plugin says of it in its first frame. */
export const declarationSchema = z.object({ nodes: z.array(nodeSchema).min(1, 'it has no nodes').max(NODES_PER_PLUGIN_MAX) });

/** A node type of a plugin as plain data: everything of its definition but its functions. */
export type NodeDeclaration = z.output<typeof nodeSchema>;

/** What a node asks for that cannot cross between two processes, if anything. */
export function unsupportedNeed({ needs, hasConnection, hasEngine }: NodeDeclaration): string | undefined {
  if (hasConnection) return 'connection';
  if (hasEngine) return 'engine';
  return needs.find((need) => !(isolatedNeeds as readonly string[]).includes(need));
}

export const entityIdSchema = z.object({ entityType: z.enum(entityTypes), id: z.string().min(1).max(64) });
