import * as z from 'zod';
import type { EntityId } from '../entity-id.js';
import { additionalInfo, entityType, head, name } from './head.js';

export const relationTypeGroups = ['COMMON', 'DASHBOARD', 'RULE_CHAIN', 'RULE_NODE', 'EDGE', 'EDGE_AUTO_ASSIGN_RULE_CHAIN'] as const;
export type RelationTypeGroup = (typeof relationTypeGroups)[number];

/** A directed, named link from one entity to another. */
export const relationSchema = z.strictObject({
  ...head,
  fromType: entityType.describe('Entity type of the start.'),
  fromId: z.string().describe('Entity it starts from.'),
  toType: entityType.describe('Entity type of the end.'),
  toId: z.string().describe('Entity it leads to.'),
  type: name.describe('What it says, for example "Contains".'),
  typeGroup: z.enum(relationTypeGroups).describe('COMMON for those that people make.'),
  key: z.string().describe('`relationKey` of the above: unique in the tenant.'),
  additionalInfo,
});
export type Relation = z.infer<typeof relationSchema>;

/** What identifies a relation. */
export function relationKey(from: EntityId, to: EntityId, typeGroup: RelationTypeGroup, type: string): string {
  return `${from.entityType} ${from.id} ${to.entityType} ${to.id} ${typeGroup} ${type}`;
}
