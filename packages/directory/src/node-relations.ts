import type { EntityId, ReadRelations, Relation } from '@fieldline/model';
import { farEnd, RELATIONS_WALKED_MAX, walkRelations } from '@fieldline/model';
import type { RelatedQuery, RelationEnds, RelationsService } from '@fieldline/plugin-sdk';
import type { KnownRelations } from './known-relations.js';
import { NODE_RELATED_MAX } from './limits.js';
import type { ActingNode, NodeChanges } from './node-changes.js';
import { relationErrors } from './relation-errors.js';
import { fits } from './relations.js';

export interface NodeRelationsDeps {
  readonly known: KnownRelations;
  readonly changes: NodeChanges;
}

/** The relations of a tenant's entities as one of its rule nodes sees them: those of the group COMMON. */
export function nodeRelations({ known, changes }: NodeRelationsDeps, node: ActingNode): RelationsService {
  const { tenantId } = node;
  const related = (root: EntityId, query: RelatedQuery, limit: number) => relatedTo(known.reader(tenantId), root, query, limit);
  return {
    exists: (relation) => known.exists(tenantId, relation),
    async of(entity, direction, type) {
      const found = await walkRelations(known.reader(tenantId, type), { root: entity, direction, maxLevel: 1 });
      if (!found.isComplete) throw relationErrors.RELATIONS_TOO_MANY({ limit: RELATIONS_WALKED_MAX });
      return found.relations.map(endsOf).filter(({ from, to }) => (direction === 'FROM' ? from : to).entityType === entity.entityType);
    },
    firstRelated: async (root, query) => (await related(root, query, 1))[0],
    related: (root, query) => related(root, query, NODE_RELATED_MAX),
    save: (relation) => changes.saveRelation(node, relation),
    remove: (relation) => changes.removeRelation(node, relation),
  };
}

/** The filters hold after the walk: they do not stop it (rule-nodes.md §0). */
async function relatedTo(read: ReadRelations, root: EntityId, query: RelatedQuery, limit: number): Promise<readonly EntityId[]> {
  const { direction, maxLevel, fetchLastLevelOnly, filters } = query;
  const { relations, isComplete } = await walkRelations(read, { root, direction, maxLevel, deepestLevelOnly: fetchLastLevelOnly });
  // Where the walk was cut off nobody knows which level is the deepest.
  if (!isComplete && fetchLastLevelOnly) throw relationErrors.RELATIONS_TOO_MANY({ limit: RELATIONS_WALKED_MAX });
  const conditions = filters.map(({ relationType: type, entityTypes, negate = false }) => ({ type, entityTypes, isNegated: negate }));
  const wanted = conditions.length === 0 ? relations : relations.filter((one) => conditions.some((condition) => fits(one, direction, condition)));
  const ends = new Map(wanted.map((relation) => farEnd(relation, direction)).map((end) => [end.id, end]));
  return [...ends.values()].slice(0, limit);
}

function endsOf({ fromType, fromId, toType, toId, type }: Relation): RelationEnds {
  return { from: { entityType: fromType, id: fromId }, to: { entityType: toType, id: toId }, type };
}
