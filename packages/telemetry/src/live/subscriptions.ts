import type { EntityId, TenantId } from '@fieldline/model';
import type { LiveAlarms, LiveFeed, LiveUpdate } from '@fieldline/ports';
import { telemetryErrors } from '../errors.js';
import { WATCHED_ENTITIES_MAX } from '../limits.js';

type Listener<T> = (update: T) => void;

/** Told when the first subscription to an entity, or to the alarms of a tenant, begins and when the last one ends. */
export interface Interest {
  begin(entity: EntityId): void;
  end(entity: EntityId): void;
  beginAlarms(tenantId: TenantId): void;
  endAlarms(tenantId: TenantId): void;
}

/**
 * The table of live subscriptions of a process. Updates come in by `deliver`, one a batch and entity, and
 * go straight to the listeners. A listener that throws is a bug of its owner and reaches `onListenerError`;
 * the others get the update all the same.
 */
export class Subscriptions implements LiveFeed {
  readonly #watches = new Map<string, Set<Listener<LiveUpdate>>>();
  readonly #alarmWatches = new Map<TenantId, Set<Listener<LiveAlarms>>>();
  readonly #interest: Interest;
  readonly #onListenerError: (error: unknown) => void;

  constructor(options: { interest: Interest; onListenerError: (error: unknown) => void }) {
    this.#interest = options.interest;
    this.#onListenerError = options.onListenerError;
  }

  /** @throws TELEMETRY_WATCH_LIMIT */
  subscribe(tenantId: TenantId, entity: EntityId, listener: Listener<LiveUpdate>): () => void {
    const key = watchKey(tenantId, entity);
    if (!this.#watches.has(key) && this.#watches.size >= WATCHED_ENTITIES_MAX) {
      throw telemetryErrors.WATCH_LIMIT({ entitiesMax: WATCHED_ENTITIES_MAX });
    }
    return listen(this.#watches, key, listener, { begin: () => this.#interest.begin(entity), end: () => this.#interest.end(entity) });
  }

  subscribeAlarms(tenantId: TenantId, listener: Listener<LiveAlarms>): () => void {
    const interest = this.#interest;
    return listen(this.#alarmWatches, tenantId, listener, {
      begin: () => interest.beginAlarms(tenantId),
      end: () => interest.endAlarms(tenantId),
    });
  }

  deliver(update: LiveUpdate): void {
    this.#tell(this.#watches.get(watchKey(update.tenantId, update.entity)), update);
  }

  deliverAlarms(changes: LiveAlarms): void {
    this.#tell(this.#alarmWatches.get(changes.tenantId), changes);
  }

  /** Entities watched now. */
  get size(): number {
    return this.#watches.size;
  }

  /** Tenants whose alarms are watched now. */
  get alarmSize(): number {
    return this.#alarmWatches.size;
  }

  #tell<T>(listeners: ReadonlySet<Listener<T>> | undefined, update: T): void {
    for (const listener of listeners ?? []) {
      try {
        listener(update);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}

/** Adds a listener; `begin` and `end` are called with the first and the last one of a key. */
function listen<K, T>(
  watches: Map<K, Set<Listener<T>>>,
  key: K,
  listener: Listener<T>,
  interest: { readonly begin: () => void; readonly end: () => void },
): () => void {
  const known = watches.get(key);
  const listeners = known ?? new Set();
  // A wrapper of its own, so that one function may subscribe twice and end each by itself.
  const own: Listener<T> = (update) => listener(update);
  listeners.add(own);
  if (known === undefined) {
    watches.set(key, listeners);
    interest.begin();
  }
  return () => {
    if (!listeners.delete(own) || listeners.size > 0) return;
    watches.delete(key);
    interest.end();
  };
}

function watchKey(tenantId: TenantId, entity: EntityId): string {
  return `${tenantId}/${entity.entityType}/${entity.id}`;
}
