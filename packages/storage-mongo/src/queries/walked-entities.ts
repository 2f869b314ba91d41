import { compareText, farEnd, type EntityId, type Relation, type RelationWalk, type TenantId } from '@fieldline/model';
import { queryErrors } from '@fieldline/ports';
import { entityKey } from '../data/mongo-unit.js';
import { entityOf } from '../entities/entity-documents.js';
import { inCalls } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';

/** A relation that a walk passed. */
interface Passed {
  readonly to: string;
  readonly relation: Relation;
  readonly level: number;
}

/**
 * The entities a walk finds, as `TYPE id`, each with the root from which it was met first (of several equally near ones,
 * the first by id).
 *
 * @throws QUERY_TOO_MANY_ENTITIES, QUERY_TOO_SLOW
 */
export async function walkedEntities(run: QueryRun, tenantId: TenantId, walk: RelationWalk): Promise<ReadonlyMap<string, string>> {
  const onward = new OnwardRelations(run, tenantId, walk);
  const rootOf = new Map(walk.roots.map((root) => [entityKey(root), root.id]));
  const metFrom = new Map<string, string>();
  const passed: Passed[] = [];
  let ends: readonly string[] = [...rootOf.keys()];
  for (let level = 1; level <= walk.maxLevel && ends.length > 0; level += 1) {
    await onward.read(ends);
    const found = ends.flatMap((end) => onward.of(end).map((relation) => ({ end, relation, to: entityKey(farEnd(relation, walk.direction)) })));
    passed.push(...found.map(({ relation, to }) => ({ relation, to, level })));
    const candidates = found.map(({ end, to }) => ({ to, root: rootOf.get(end) as string }));
    for (const { to, root } of candidates.sort((a, b) => compareText(a.root, b.root))) if (!metFrom.has(to)) metFrom.set(to, root);
    ends = [...new Set(found.map(({ to }) => to))].filter((to) => !rootOf.has(to));
    for (const end of ends) rootOf.set(end, metFrom.get(end) as string);
    const max = run.limits.entitiesMax;
    if (rootOf.size > max) throw queryErrors.TOO_MANY_ENTITIES({ max });
  }
  const isLast = ({ to, level }: Passed): boolean => !walk.lastLevelOnly || level === walk.maxLevel || onward.of(to).length === 0;
  const fitting = passed.filter((step) => isLast(step) && fits(step.relation, walk));
  return new Map(fitting.map(({ to }) => [to, metFrom.get(to) as string]));
}

/** The relations that lead on from the entities met so far, read a level at a time. */
class OnwardRelations {
  readonly #run: QueryRun;
  readonly #tenantId: TenantId;
  readonly #end: 'fromId' | 'toId';
  readonly #near: 'FROM' | 'TO';
  readonly #relations = new Map<string, Relation[]>();

  constructor(run: QueryRun, tenantId: TenantId, { direction }: RelationWalk) {
    this.#run = run;
    this.#tenantId = tenantId;
    this.#end = direction === 'FROM' ? 'fromId' : 'toId';
    this.#near = direction === 'FROM' ? 'TO' : 'FROM';
  }

  of(entity: string): readonly Relation[] {
    return this.#relations.get(entity) ?? [];
  }

  async read(entities: readonly string[]): Promise<void> {
    const asked = new Set(entities);
    const ids = [...new Set(entities.map((entity) => entity.split(' ')[1] as EntityId['id']))];
    const { entitiesMax } = this.#run.limits;
    for (const part of inCalls(ids)) {
      const filter = { tenantId: this.#tenantId, [this.#end]: { $in: part }, typeGroup: 'COMMON' };
      for (const document of await this.#run.all(this.#run.collections.entities.relation, filter, entitiesMax)) {
        const relation = entityOf('relation', document);
        const near = entityKey(farEnd(relation, this.#near));
        if (asked.has(near)) this.#relations.set(near, [...this.of(near), relation]);
      }
    }
  }
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
