import type { EntityId } from '@fieldline/model';
import type { RelatedQuery, RelationEnds, RelationsService } from '../../services/index.js';

/** The relations in `known`; what a node saves or removes shows there. */
export function knownRelations(known: RelationEnds[]): RelationsService {
  const isSame = (a: RelationEnds, b: RelationEnds): boolean => same(a.from, b.from) && same(a.to, b.to) && a.type === b.type;
  const later = <T>(make: () => T): Promise<T> => Promise.resolve().then(make);
  const related = (root: EntityId, query: RelatedQuery): readonly EntityId[] => {
    const found = walked(known, root, query).filter(({ relation, far }) => isWanted(query, relation.type, far));
    return found.map(({ far }) => far);
  };
  return {
    exists: (relation) => later(() => known.some((other) => isSame(other, relation))),
    of: (entity, direction, type) =>
      later(() => known.filter((relation) => relation.type === type && same(direction === 'FROM' ? relation.from : relation.to, entity))),
    firstRelated: (root, query) => later(() => related(root, query)[0]),
    related: (root, query) => later(() => related(root, query)),
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

interface Step {
  readonly relation: RelationEnds;
  readonly far: EntityId;
  readonly level: number;
}

/** Every step of the walk, the nearest first; each entity is left once. */
function walked(known: readonly RelationEnds[], root: EntityId, { direction, maxLevel, fetchLastLevelOnly }: RelatedQuery): readonly Step[] {
  const steps: Step[] = [];
  const met = new Set([root.id]);
  let level = 1;
  for (let ends = [root]; ends.length > 0 && (maxLevel <= 0 || level <= maxLevel); level += 1) {
    const next = known.flatMap((relation) => {
      const [near, far] = direction === 'FROM' ? [relation.from, relation.to] : [relation.to, relation.from];
      return ends.some((end) => same(end, near)) ? [{ relation, far, level }] : [];
    });
    steps.push(...next);
    ends = next.map(({ far }) => far).filter(({ id }) => !met.has(id) && met.add(id));
  }
  const deepest = Math.max(0, ...steps.map((step) => step.level));
  return fetchLastLevelOnly ? steps.filter((step) => step.level === deepest) : steps;
}

function isWanted({ filters }: RelatedQuery, type: string, far: EntityId): boolean {
  if (filters.length === 0) return true;
  return filters.some(
    ({ relationType, entityTypes, negate }) =>
      (relationType === type) !== (negate === true) && (entityTypes.length === 0 || entityTypes.includes(far.entityType)),
  );
}

const same = (a: EntityId, b: EntityId): boolean => a.entityType === b.entityType && a.id === b.id;
