import { relationToWire } from '@fieldline/api-contract';
import type { EntityAction, EntityId, ReadRelations, Relation, RelationDirection, RelationPlan, RelationTypeGroup } from '@fieldline/model';
import { farEnd, relationKey, RELATIONS_WALKED_MAX, walkRelations } from '@fieldline/model';
import type { AccessibleEntity, Caller } from '@fieldline/ports';
import { actingUserOf, storageErrors } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { kindOf, labelOf } from './entity-types.js';
import { afterUpdate, EntityWriter, savedOnce } from './entity-writer.js';
import { readableEntities } from './readable-entities.js';
import { directoryErrors } from './errors.js';
import { relationErrors } from './relation-errors.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What tells a relation from all others. */
export interface RelationEnds {
  readonly from: EntityId;
  readonly to: EntityId;
  readonly type: string;
  readonly typeGroup: RelationTypeGroup;
}

/** What a client says about a relation it saves. */
export interface RelationDraft extends RelationEnds {
  readonly additionalInfo?: Relation['additionalInfo'];
}

/** Which relations of an entity a list shows. */
export interface RelationFilter {
  readonly type?: string | undefined;
  readonly typeGroup: RelationTypeGroup;
}

/** Relations of this type (all where it is empty) to entities of these types (all where there are none). */
export interface RelationCondition {
  readonly type: string;
  readonly entityTypes: readonly EntityId['entityType'][];
  /** True: relations of any other type. */
  readonly isNegated: boolean;
}

export interface RelationQuery extends RelationPlan {
  readonly typeGroup: RelationTypeGroup;
  /** Any of them must fit; none asks for every relation. They do not stop the walk. */
  readonly conditions: readonly RelationCondition[];
}

/** A relation with the names of its ends. */
export interface NamedRelation {
  readonly relation: Relation;
  readonly fromName: string;
  readonly toName: string;
}

/** Relations between entities. Lists leave out what the caller may not read at either end. */
export class Relations {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /**
   * Creates the relation, or replaces the `additionalInfo` of the one there is.
   *
   * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED  for either end
   */
  async save(caller: Caller, draft: RelationDraft): Promise<Relation> {
    const ends = await this.#requireEnds(caller, draft);
    // Somebody made it at the same moment: then it is the one to change.
    const taken = { 'relation.key': () => storageErrors.VERSION_CONFLICT({ kind: 'relation', id: keyOf(draft) }) };
    return savedOnce(undefined, async () => {
      const stored = await this.#find(caller, draft);
      const { additionalInfo: _, ...kept } = stored ?? this.#newRelation(caller, draft);
      const entity: Relation = draft.additionalInfo === undefined ? kept : { ...kept, additionalInfo: draft.additionalInfo };
      const after = stored === undefined ? entity : afterUpdate(entity);
      const actions = ends.map((end) => relationAction(caller, 'RELATION_ADD_OR_UPDATE', end, after));
      const conditions = ends.flatMap(stillThere);
      await this.#writer.write([{ change: stored === undefined ? 'insert' : 'update', kind: 'relation', entity }], { taken, conditions, actions });
      return after;
    });
  }

  /** @throws DIRECTORY_RELATION_NOT_FOUND, DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async remove(caller: Caller, relation: RelationEnds): Promise<Relation> {
    const ends = await this.#requireEnds(caller, relation);
    const stored = await this.#find(caller, relation);
    if (stored === undefined) throw relationErrors.RELATION_NOT_FOUND();
    const actions = ends.map((end) => relationAction(caller, 'RELATION_DELETED', end, stored));
    await this.#writer.write([{ change: 'remove', kind: 'relation', tenantId: caller.tenantId, id: stored.id }], { actions });
    return stored;
  }

  /** Removes all COMMON relations of an entity, in both directions. */
  async removeAll(caller: Caller, entity: EntityId): Promise<void> {
    const end = await this.#deps.access.require(caller, entity, 'write');
    const { tenantId } = caller;
    const filters = [
      { fromId: entity.id, typeGroup: 'COMMON' },
      { toId: entity.id, typeGroup: 'COMMON' },
    ];
    await this.#writer.write(
      filters.map((filter) => ({ change: 'remove-where', kind: 'relation', tenantId, filter })),
      { actions: [{ ...actionOn(caller, end), type: 'RELATIONS_DELETED', body: {} }] },
    );
    // Nobody knows which they were: whoever keeps relations of this tenant reads them anew.
    this.#deps.events.publish({ kind: 'relation', tenantId, id: entity.id });
  }

  /** @throws DIRECTORY_RELATION_NOT_FOUND, DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, relation: RelationEnds): Promise<Relation> {
    for (const end of [relation.from, relation.to]) await this.#deps.access.require(caller, end, 'read');
    const stored = await this.#find(caller, relation);
    if (stored === undefined) throw relationErrors.RELATION_NOT_FOUND();
    return stored;
  }

  /** The relations that start at an entity (FROM) or end at it (TO), oldest first. */
  async ofEntity(caller: Caller, entity: EntityId, direction: RelationDirection, filter: RelationFilter): Promise<readonly NamedRelation[]> {
    await this.#deps.access.require(caller, entity, 'read');
    const read = this.#reader(caller, filter);
    return this.#readable(caller, complete(await walkRelations(read, { root: entity, direction, maxLevel: 1 })));
  }

  /** The relations met by following all of a group from one entity on, the nearest first. */
  async query(caller: Caller, { typeGroup, conditions, ...plan }: RelationQuery): Promise<readonly NamedRelation[]> {
    await this.#deps.access.require(caller, plan.root, 'read');
    const found = complete(await walkRelations(this.#reader(caller, { typeGroup }), plan));
    const wanted = found.filter((relation) => conditions.length === 0 || conditions.some((one) => fits(relation, plan.direction, one)));
    return this.#readable(caller, wanted);
  }

  async #requireEnds(caller: Caller, { from, to }: RelationEnds): Promise<readonly AccessibleEntity[]> {
    const ends: AccessibleEntity[] = [];
    for (const end of [from, to]) {
      // Nobody may change its own tenant, but its administrator may relate things to it.
      const isOwnTenant = caller.authority === 'TENANT_ADMIN' && end.entityType === 'TENANT' && end.id === caller.tenantId;
      ends.push(await this.#deps.access.require(caller, end, isOwnTenant ? 'read' : 'write'));
    }
    return ends;
  }

  async #find({ tenantId }: Caller, relation: RelationEnds): Promise<Relation | undefined> {
    return (await this.#deps.entities.findAll('relation', tenantId, { key: keyOf(relation) }, 1))[0];
  }

  #newRelation({ tenantId }: Caller, { from, to, type, typeGroup }: RelationEnds): Relation {
    const head = { id: this.#deps.ids.next(), tenantId, createdAtMs: this.#deps.clock.nowMs(), version: 1 };
    const ends = { fromType: from.entityType, fromId: from.id, toType: to.entityType, toId: to.id };
    return { ...head, ...ends, type, typeGroup, key: keyOf({ from, to, type, typeGroup }) };
  }

  #reader({ tenantId }: Caller, { type, typeGroup }: RelationFilter): ReadRelations {
    const kept = { typeGroup, ...(type === undefined ? {} : { type }) };
    return (ids, direction, limit) =>
      this.#deps.entities.findAll('relation', tenantId, { [direction === 'FROM' ? 'fromId' : 'toId']: ids, ...kept }, limit);
  }

  async #readable(caller: Caller, relations: readonly Relation[]): Promise<readonly NamedRelation[]> {
    const ends = relations.flatMap((relation) => [farEnd(relation, 'FROM'), farEnd(relation, 'TO')]);
    const names = await readableEntities(this.#deps, caller, ends);
    return relations.flatMap((relation) => {
      const [fromName, toName] = [names.get(relation.fromId), names.get(relation.toId)];
      return fromName === undefined || toName === undefined ? [] : [{ relation, fromName, toName }];
    });
  }
}

const keyOf = ({ from, to, typeGroup, type }: RelationEnds): string => relationKey(from, to, typeGroup, type);

/** An end that is an entity of ours has to be there; it takes its relations along when it goes. */
function stillThere({ entity: { entityType, id }, tenantId }: AccessibleEntity): readonly WriteCondition[] {
  const kind = kindOf(entityType);
  return kind === undefined ? [] : refersTo(kind, tenantId, id, () => directoryErrors.ENTITY_NOT_FOUND({ label: labelOf(entityType), id }));
}

function complete({ relations, isComplete }: { readonly relations: readonly Relation[]; readonly isComplete: boolean }): readonly Relation[] {
  if (!isComplete) throw relationErrors.RELATIONS_TOO_MANY({ limit: RELATIONS_WALKED_MAX });
  return relations;
}

/** Whether a condition of a query keeps a relation that it met. */
export function fits(relation: Relation, direction: RelationDirection, { type, entityTypes, isNegated }: RelationCondition): boolean {
  const isOfType = type === '' || (relation.type === type) !== isNegated;
  return isOfType && (entityTypes.length === 0 || entityTypes.includes(farEnd(relation, direction).entityType));
}

function actionOn(caller: Caller, { entity, name, customerId }: AccessibleEntity): Omit<EntityAction, 'type'> {
  return { tenantId: caller.tenantId, user: actingUserOf(caller), entity, entityName: name, customerId };
}

/** What was done to a relation, as one of its ends sees it. */
function relationAction(
  caller: Caller,
  type: 'RELATION_ADD_OR_UPDATE' | 'RELATION_DELETED',
  end: AccessibleEntity,
  relation: Relation,
): EntityAction {
  const body = relationToWire(relation);
  return { ...actionOn(caller, end), type, body, data: { relation: body } };
}
