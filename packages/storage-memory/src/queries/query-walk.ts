import { compareText, farEnd, type EntityId, type Relation, type RelationWalk, type TenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';

const keyOf = ({ entityType, id }: EntityId): string => `${entityType} ${id}`;

interface Passed {
  readonly to: string;
  readonly relation: Relation;
  readonly level: number;
}

/**
 * The entities a walk finds, as `TYPE id`, each with the root from which it was met first (of several equally near ones,
 * the first by id).
 */
export async function walkRelations(entities: EntityStore, tenantId: TenantId, walk: RelationWalk): Promise<ReadonlyMap<string, string>> {
  const all = await entities.findAll('relation', tenantId, { typeGroup: 'COMMON' }, Number.MAX_SAFE_INTEGER);
  const near = walk.direction === 'FROM' ? 'TO' : 'FROM';
  const onward = Map.groupBy(all, (relation) => keyOf(farEnd(relation, near)));
  const rootOf = new Map(walk.roots.map((root) => [keyOf(root), root.id]));
  const metFrom = new Map<string, string>();
  const passed: Passed[] = [];
  let ends: readonly string[] = [...rootOf.keys()];
  for (let level = 1; level <= walk.maxLevel && ends.length > 0; level += 1) {
    const found = ends.flatMap((end) => (onward.get(end) ?? []).map((relation) => ({ end, relation, to: keyOf(farEnd(relation, walk.direction)) })));
    passed.push(...found.map(({ relation, to }) => ({ relation, to, level })));
    const candidates = found.map(({ end, to }) => ({ to, root: rootOf.get(end) as string }));
    for (const { to, root } of candidates.sort((a, b) => compareText(a.root, b.root))) if (!metFrom.has(to)) metFrom.set(to, root);
    ends = [...new Set(found.map(({ to }) => to))].filter((to) => !rootOf.has(to));
    for (const end of ends) rootOf.set(end, metFrom.get(end) as string);
  }
  const isLast = ({ to, level }: Passed): boolean => !walk.lastLevelOnly || level === walk.maxLevel || !onward.has(to);
  const fitting = passed.filter((step) => isLast(step) && fits(step.relation, walk));
  return new Map(fitting.map(({ to }) => [to, metFrom.get(to) as string]));
}

function fits(relation: Relation, { steps, isNegated, direction }: RelationWalk): boolean {
  if (steps.length === 0) return true;
  const { entityType } = farEnd(relation, direction);
  const fitsAny = steps.some(({ relationType, entityTypes, isNegated: isOther }) => {
    const isOfType = relationType === '' || (relation.type === relationType) !== isOther;
    return isOfType && (entityTypes.length === 0 || entityTypes.includes(entityType));
  });
  return fitsAny !== isNegated;
}
