import type { ProblemError } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import type { EntityKind, EntityOf, TenantId } from '@fieldline/model';
import type { ControlEvents, EntityChange, EntityStore } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import { SAVE_ATTEMPTS_MAX } from './limits.js';

/** What a taken unique field means, by kind and field, such as `device.name`. */
export type TakenErrors = Readonly<Record<string, () => ProblemError>>;

/** Writes changes and tells the rest of the system about them, after they are durable. */
export class EntityWriter {
  readonly #entities: EntityStore;
  readonly #events: ControlEvents;

  constructor(entities: EntityStore, events: ControlEvents) {
    this.#entities = entities;
    this.#events = events;
  }

  async write(changes: readonly EntityChange[], taken: TakenErrors = {}): Promise<void> {
    try {
      await this.#entities.write(changes);
    } catch (error) {
      throw takenError(error, taken) ?? error;
    }
    for (const change of changes) this.#events.publish(eventOf(change));
  }
}

function takenError(error: unknown, taken: TakenErrors): ProblemError | undefined {
  if (!isProblem(error) || error.code !== 'STORAGE_NAME_TAKEN') return undefined;
  const { kind, field } = error.details ?? {};
  return taken[`${String(kind)}.${String(field)}`]?.();
}

function eventOf(change: EntityChange): Parameters<ControlEvents['publish']>[0] {
  if (change.change === 'remove') return { kind: change.kind, tenantId: change.tenantId, id: change.id };
  const { kind, entity } = change;
  return { kind, tenantId: entity.tenantId as TenantId, id: entity.id, version: change.change === 'insert' ? 1 : entity.version + 1 };
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
