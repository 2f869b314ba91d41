import type { EntityId } from './entity-id.js';
import type { Relation } from './entities/relation.js';
import { RELATION_LEVELS_MAX, RELATION_READ_IDS_MAX, RELATIONS_WALKED_MAX } from './limits.js';

/** FROM follows relations from their start to their end, TO the other way. */
export type RelationDirection = 'FROM' | 'TO';

/**
 * Reads the relations that start at (FROM) or end at (TO) any of the ids, at most `limit`, always in the same order. Which
 * tenant, group and types of relations it reads is settled by whoever makes it.
 */
export type ReadRelations = (ids: readonly string[], direction: RelationDirection, limit: number) => Promise<readonly Relation[]>;

export interface RelationPlan {
  readonly root: EntityId;
  readonly direction: RelationDirection;
  /** Steps from the root; 0 or less, or more than `RELATION_LEVELS_MAX`, means `RELATION_LEVELS_MAX`. */
  readonly maxLevel: number;
  /** Leaves out the relations from whose far end others lead on within `maxLevel`. */
  readonly lastLevelOnly?: boolean | undefined;
  /** Leaves only the relations of the deepest level that has any: what rule nodes call the last level (rule-nodes.md §0). */
  readonly deepestLevelOnly?: boolean | undefined;
}

export interface WalkedRelations {
  /** The nearest first, each once. */
  readonly relations: readonly Relation[];
  /** False where the walk stopped at `RELATIONS_WALKED_MAX` relations. */
  readonly isComplete: boolean;
}

/** Follows relations breadth first. Each entity is left once, so that cycles end. */
export async function walkRelations(read: ReadRelations, plan: RelationPlan): Promise<WalkedRelations> {
  const { root, direction, lastLevelOnly, deepestLevelOnly } = plan;
  const maxLevel = plan.maxLevel > 0 ? Math.min(plan.maxLevel, RELATION_LEVELS_MAX) : RELATION_LEVELS_MAX;
  const met = new Set([root.id]);
  const relations: Relation[] = [];
  /** Where the relations begin beyond whose far ends the walk does not look. */
  let deepest = Number.POSITIVE_INFINITY;
  /** Where those of the deepest level begin that has any. */
  let lowest = 0;
  let isComplete = true;
  let ids: readonly string[] = [root.id];
  for (let level = 1; level <= maxLevel && ids.length > 0 && isComplete; level += 1) {
    if (level === maxLevel) deepest = relations.length;
    const found = await readLevel(read, ids, direction, RELATIONS_WALKED_MAX - relations.length);
    isComplete = found.isComplete;
    if (found.relations.length > 0) lowest = relations.length;
    relations.push(...found.relations);
    ids = found.relations.map((relation) => farEnd(relation, direction).id).filter((id) => !met.has(id) && met.add(id));
  }
  if (deepestLevelOnly === true) return { relations: relations.slice(lowest), isComplete };
  if (lastLevelOnly !== true) return { relations, isComplete };
  const left = new Set(relations.map((relation) => farEnd(relation, direction === 'FROM' ? 'TO' : 'FROM').id));
  const last = relations.filter((relation, index) => index >= deepest || !left.has(farEnd(relation, direction).id));
  return { relations: last, isComplete };
}

/** What leaves the ids, at most `limit`. */
async function readLevel(read: ReadRelations, ids: readonly string[], direction: RelationDirection, limit: number): Promise<WalkedRelations> {
  const relations: Relation[] = [];
  for (let start = 0; start < ids.length; start += RELATION_READ_IDS_MAX) {
    const room = limit - relations.length;
    const found = await read(ids.slice(start, start + RELATION_READ_IDS_MAX), direction, room + 1);
    relations.push(...found.slice(0, room));
    if (found.length > room) return { relations, isComplete: false };
  }
  return { relations, isComplete: true };
}

/**
 * The entities from which relations lead, over any number of steps, to the given one: the nearest first, without itself,
 * at most `limit`.
 */
export async function entitiesAbove(read: ReadRelations, entity: EntityId, limit: number): Promise<readonly EntityId[]> {
  const { relations } = await walkRelations(read, { root: entity, direction: 'TO', maxLevel: 0 });
  const above = new Map(relations.map((relation) => [relation.fromId, farEnd(relation, 'TO')]));
  above.delete(entity.id);
  return [...above.values()].slice(0, limit);
}

/** The end of a relation to which one comes by following it. */
export function farEnd(relation: Relation, direction: RelationDirection): EntityId {
  return direction === 'FROM' ? { entityType: relation.toType, id: relation.toId } : { entityType: relation.fromType, id: relation.fromId };
}
