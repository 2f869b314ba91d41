import type { EntityId, TenantId } from '@fieldline/model';
import type { LiveFeed, LiveUpdate } from '@fieldline/ports';
import { telemetryErrors } from '../errors.js';
import { WATCHED_ENTITIES_MAX } from '../limits.js';

type Listener = (update: LiveUpdate) => void;

interface Watch {
  readonly tenantId: TenantId;
  readonly listeners: Set<Listener>;
}

/** Told when the first subscription to an entity begins and when the last one ends. */
export interface Interest {
  begin(entity: EntityId): void;
  end(entity: EntityId): void;
}

/**
 * The table of live subscriptions of a process. Updates come in by `deliver`, one a batch and entity, and
 * go straight to the listeners. A listener that throws is a bug of its owner and reaches `onListenerError`;
 * the others get the update all the same.
 */
export class Subscriptions implements LiveFeed {
  readonly #watches = new Map<string, Watch>();
  readonly #interest: Interest;
  readonly #onListenerError: (error: unknown) => void;

  constructor(options: { interest: Interest; onListenerError: (error: unknown) => void }) {
    this.#interest = options.interest;
    this.#onListenerError = options.onListenerError;
  }

  /** @throws TELEMETRY_WATCH_LIMIT */
  subscribe(tenantId: TenantId, entity: EntityId, listener: Listener): () => void {
    const key = watchKey(tenantId, entity);
    let watch = this.#watches.get(key);
    if (watch === undefined) {
      if (this.#watches.size >= WATCHED_ENTITIES_MAX) throw telemetryErrors.WATCH_LIMIT({ entitiesMax: WATCHED_ENTITIES_MAX });
      watch = { tenantId, listeners: new Set() };
      this.#watches.set(key, watch);
      this.#interest.begin(entity);
    }
    // A wrapper of its own, so that one function may subscribe twice and end each by itself.
    const own: Listener = (update) => listener(update);
    watch.listeners.add(own);
    return () => this.#end(key, entity, own);
  }

  deliver(update: LiveUpdate): void {
    const watch = this.#watches.get(watchKey(update.tenantId, update.entity));
    if (watch === undefined) return;
    for (const listener of watch.listeners) {
      try {
        listener(update);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  /** Entities watched now. */
  get size(): number {
    return this.#watches.size;
  }

  #end(key: string, entity: EntityId, own: Listener): void {
    const watch = this.#watches.get(key);
    if (watch === undefined || !watch.listeners.delete(own) || watch.listeners.size > 0) return;
    this.#watches.delete(key);
    this.#interest.end(entity);
  }
}

function watchKey(tenantId: TenantId, entity: EntityId): string {
  return `${tenantId}/${entity.entityType}/${entity.id}`;
}
