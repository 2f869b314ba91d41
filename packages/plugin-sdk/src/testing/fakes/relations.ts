import type { EntityId, ReadRelations, Relation } from '@fieldline/model';
import { farEnd, relationKey, walkRelations } from '@fieldline/model';
import type { RelatedQuery, RelationEnds, RelationsService } from '../../services/index.js';

/** Entities that `related` gives at most, as its docs promise. */
const RELATED_MAX = 1_000;

/** The relations in `known`; what a node saves or removes shows there. */
export function knownRelations(known: RelationEnds[]): RelationsService {
  const isSame = (a: RelationEnds, b: RelationEnds): boolean => same(a.from, b.from) && same(a.to, b.to) && a.type === b.type;
  const later = <T>(make: () => T): Promise<T> => Promise.resolve().then(make);
  const related = async (root: EntityId, query: RelatedQuery): Promise<readonly EntityId[]> => {
    const { direction, maxLevel, fetchLastLevelOnly: deepestLevelOnly } = query;
    const { relations } = await walkRelations(readerOf(known), { root, direction, maxLevel, deepestLevelOnly });
    const found = relations.map((relation) => ({ type: relation.type, far: farEnd(relation, direction) }));
    const wanted = found.filter(({ type, far }) => isWanted(query, type, far));
    return [...new Map(wanted.map(({ far }) => [far.id, far])).values()].slice(0, RELATED_MAX);
  };
  return {
    exists: (relation) => later(() => known.some((other) => isSame(other, relation))),
    of: (entity, direction, type) =>
      later(() => known.filter((relation) => relation.type === type && same(direction === 'FROM' ? relation.from : relation.to, entity))),
    firstRelated: async (root, query) => (await related(root, query))[0],
    related,
    save: (relation) =>
      later(() => {
        if (!known.some((other) => isSame(other, relation))) known.push(relation);
      }),
    remove: (relation) =>
      later(() => {
        const place = known.findIndex((other) => isSame(other, relation));
        if (place >= 0) known.splice(place, 1);
      }),
  };
}

/** Reads as a store does, oldest first. */
function readerOf(known: readonly RelationEnds[]): ReadRelations {
  const stored = known.map(storedForm);
  return (ids, direction, limit) => {
    const found = stored.filter(({ fromId, toId }) => ids.includes(direction === 'FROM' ? fromId : toId));
    return Promise.resolve(found.slice(0, limit));
  };
}

function storedForm({ from, to, type }: RelationEnds, place: number): Relation {
  const head = { id: `relation-${place}`, tenantId: 'tenant', createdAtMs: 0, version: 1 };
  const ends = { fromType: from.entityType, fromId: from.id, toType: to.entityType, toId: to.id };
  return { ...head, ...ends, type, typeGroup: 'COMMON', key: relationKey(from, to, 'COMMON', type) };
}

function isWanted({ filters }: RelatedQuery, type: string, far: EntityId): boolean {
  if (filters.length === 0) return true;
  return filters.some(({ relationType, entityTypes, negate = false }) => {
    const isOfType = relationType === '' || (relationType === type) !== negate;
    return isOfType && (entityTypes.length === 0 || entityTypes.includes(far.entityType));
  });
}

const same = (a: EntityId, b: EntityId): boolean => a.entityType === b.entityType && a.id === b.id;
