import type { ProblemError } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import type { EntityAction, EntityKind, EntityOf, TenantId } from '@fieldline/model';
import { actionMessages, auditLogOf } from '@fieldline/model';
import type { Caller, ControlEvents, EntityChange } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import type { Change } from './actions.js';
import { entityAction } from './actions.js';
import type { DirectoryDeps } from './directory-deps.js';
import { SAVE_ATTEMPTS_MAX } from './limits.js';
import { relationRemovals } from './removal.js';
import type { WriteCondition } from './write-conditions.js';
import { conditionError } from './write-conditions.js';

/** What a taken unique field means, by kind and field, such as `device.name`. */
export type TakenErrors = Readonly<Record<string, () => ProblemError>>;

export interface WriteOptions {
  readonly taken?: TakenErrors | undefined;
  /** What must hold before the first of the changes. Of those about one kind that count, the first speaks for all. */
  readonly conditions?: readonly WriteCondition[] | undefined;
  /** What the changes are, for people: each is recorded with the changes, and sent into the rule chain after them. */
  readonly actions?: readonly EntityAction[] | undefined;
}

/** What goes with the change of an entity, in the same write and before it. */
export interface ChangeOptions extends WriteOptions {
  readonly changes?: readonly EntityChange[] | undefined;
}

export type RemovalOptions = Pick<ChangeOptions, 'conditions' | 'changes'>;

/** An entity as it was read, and as it shall be; both with the version that was read. */
export interface EntityUpdate<K extends EntityKind> {
  readonly before: EntityOf<K>;
  readonly entity: EntityOf<K>;
}

/** What records of a change may show of an entity, by kind; those without an entry are shown as they are. */
export type ShownForms = { readonly [K in EntityKind]?: (entity: EntityOf<K>) => EntityOf<K> };

type WriterDeps = Pick<DirectoryDeps, 'entities' | 'events' | 'messages' | 'data' | 'clock' | 'ids' | 'log'>;

/** Writes changes together with their audit records, and tells the rest of the system about them after they are durable. */
export class EntityWriter {
  readonly #deps: WriterDeps;
  readonly #shown: ShownForms;

  constructor(deps: WriterDeps, shown: ShownForms = {}) {
    this.#deps = deps;
    this.#shown = shown;
  }

  /** Adds what a caller made. */
  async insert<K extends EntityKind>(caller: Caller, kind: K, entity: EntityOf<K>, options: ChangeOptions = {}): Promise<EntityOf<K>> {
    const { taken, conditions, changes = [], actions = [] } = options;
    await this.write([...changes, { change: 'insert', kind, entity } as EntityChange], {
      taken,
      conditions,
      actions: [...actions, entityAction(caller, 'ADDED', kind, { after: this.#shownOf(kind, entity) })],
    });
    return entity;
  }

  /** Replaces what a caller changed. Gives the entity as it is after that. */
  async update<K extends EntityKind>(caller: Caller, kind: K, update: EntityUpdate<K>, options: ChangeOptions = {}): Promise<EntityOf<K>> {
    await this.updateAll(caller, kind, [update], options);
    return afterUpdate(update.entity);
  }

  /** As `update`, for entities that change together or not at all. */
  async updateAll<K extends EntityKind>(
    caller: Caller,
    kind: K,
    updates: readonly EntityUpdate<K>[],
    { taken, conditions, changes = [], actions = [] }: ChangeOptions = {},
  ): Promise<void> {
    await this.write([...changes, ...updates.map(({ entity }) => ({ change: 'update', kind, entity }) as EntityChange)], {
      taken,
      conditions,
      actions: [
        ...actions,
        ...updates.map(({ before, entity }) => entityAction(caller, 'UPDATED', kind, this.#change(kind, before, afterUpdate(entity)))),
      ],
    });
  }

  /** Removes an entity with its relations, and after it its data and alarms. */
  async remove<K extends EntityKind>(caller: Caller, kind: K, before: EntityOf<K>, options: RemovalOptions = {}): Promise<void> {
    const { conditions, changes = [] } = options;
    const { id } = before;
    const tenantId = before.tenantId as TenantId;
    const action = entityAction(caller, 'DELETED', kind, { before: this.#shownOf(kind, before) });
    await this.write([...changes, ...relationRemovals(tenantId, id), { change: 'remove', kind, tenantId, id }], { conditions, actions: [action] });
    await this.#deps.data.removeEntities(tenantId, [action.entity]);
  }

  async write(changes: readonly EntityChange[], { taken = {}, conditions = [], actions = [] }: WriteOptions = {}): Promise<void> {
    const { entities, events, messages, clock, ids, log } = this.#deps;
    const nowMs = clock.nowMs();
    const records = actions.map((action): EntityChange => {
      return { change: 'insert', kind: 'auditLog', entity: auditLogOf(action, { id: ids.next(), nowMs }) };
    });
    try {
      await entities.write([...conditions.map(({ condition }) => condition), ...changes, ...records]);
    } catch (error) {
      throw takenError(error, taken) ?? conditionError(error, conditions) ?? error;
    }
    for (const change of changes) for (const event of eventsOf(change)) events.publish(event);
    const told = actions.flatMap(actionMessages);
    if (told.length === 0) return;
    // The change is done and stays done, whatever becomes of the messages about it.
    messages.send(told).catch((error: unknown) => log.error('action-messages-lost', { count: told.length, error }));
  }

  #change<K extends EntityKind>(kind: K, before: EntityOf<K>, after: EntityOf<K>): Change<K> {
    return { before: this.#shownOf(kind, before), after: this.#shownOf(kind, after) };
  }

  #shownOf<K extends EntityKind>(kind: K, entity: EntityOf<K>): EntityOf<K> {
    const shown: ((entity: EntityOf<K>) => EntityOf<K>) | undefined = this.#shown[kind];
    return shown?.(entity) ?? entity;
  }
}

function takenError(error: unknown, taken: TakenErrors): ProblemError | undefined {
  if (!isProblem(error) || error.code !== 'STORAGE_NAME_TAKEN') return undefined;
  const { kind, field } = error.details ?? {};
  return taken[`${String(kind)}.${String(field)}`]?.();
}

/** Nobody keeps what `remove-where` removes; of a tenant only the tenant itself is told, and listeners let go of all it owns. */
function eventsOf(change: EntityChange): Parameters<ControlEvents['publish']>[0][] {
  if (change.change === 'remove-where' || change.change === 'require' || change.change === 'require-fewer') return [];
  if (change.change === 'remove-tenant') return [{ kind: 'tenant', tenantId: change.tenantId, id: change.tenantId }];
  if (change.change === 'remove') return [{ kind: change.kind, tenantId: change.tenantId, id: change.id }];
  const { kind, entity } = change;
  return [{ kind, tenantId: entity.tenantId as TenantId, id: entity.id, version: change.change === 'insert' ? 1 : entity.version + 1 }];
}

/** The entity as it is after its update was written. */
export function afterUpdate<E extends { readonly version: number }>(entity: E): E {
  return { ...entity, version: entity.version + 1 };
}

/** @throws STORAGE_VERSION_CONFLICT where the caller read another version than the stored one; without a version nothing is checked */
export function checkVersion<K extends EntityKind>(kind: K, stored: EntityOf<K>, readVersion: number | undefined): void {
  if (readVersion !== undefined && readVersion !== stored.version) throw storageErrors.VERSION_CONFLICT({ kind, id: stored.id });
}

/** Runs a read-change-write again where somebody else changed the entity in between, unless the caller asked for one version. */
export async function savedOnce<T>(readVersion: number | undefined, save: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await save();
    } catch (error) {
      const mayRepeat = readVersion === undefined && attempt < SAVE_ATTEMPTS_MAX && isProblem(error) && error.code === 'STORAGE_VERSION_CONFLICT';
      if (!mayRepeat) throw error;
    }
  }
}
