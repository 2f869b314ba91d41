import type { Log } from '@fieldline/kernel';
import type { EntityId } from '@fieldline/model';
import type { AccessibleEntity, Caller, ControlEvent, ControlEvents, EntityAccess, EntityOperation, EntityStore } from '@fieldline/ports';
import { Gate } from './gate.js';
import { RIGHTS_ASKED_AT_ONCE } from './limits.js';
import { concernedBy, idsOfCaller, idsOfEntity } from './right-ids.js';

export interface LiveRightsDeps {
  readonly access: EntityAccess;
  readonly entities: Pick<EntityStore, 'find'>;
  readonly events: Pick<ControlEvents, 'subscribe'>;
  readonly log: Log;
}

/** Something that was allowed, and goes on only as long as it is. */
export interface Right {
  /** Throws where it is allowed no longer. */
  check(): Promise<unknown>;
  /** Called once, with what `check` threw; the right is given up by then. */
  onLost(error: unknown): void;
}

export interface HeldRight {
  /** Checks the right soon, as an event that concerns it does. */
  readonly ask: () => void;
  readonly release: () => void;
}

interface Held extends HeldRight {
  readonly right: Right;
  isReleased: boolean;
  /** A check is due and has not started, so it sees what happens until then. */
  isDue: boolean;
}

/**
 * What sockets are allowed: to be there, and to watch entities. A right is checked again when an event concerns it, and
 * never because of an update, which costs nothing more for it. Whoever holds a right first and checks it then misses no
 * change: an event comes after what it tells is stored.
 */
export class LiveRights {
  readonly #deps: LiveRightsDeps;
  /** By the ids of what they depend on. */
  readonly #held = new Map<string, Set<Held>>();
  readonly #gate = new Gate(RIGHTS_ASKED_AT_ONCE);
  #concerned = new Set<string>();
  #size = 0;
  #changes = 0;

  constructor(deps: LiveRightsDeps) {
    this.#deps = deps;
    deps.events.subscribe((event) => this.#changed(event));
  }

  /** Rights that are held now. */
  get size(): number {
    return this.#size;
  }

  /** Changes of the control plane so far: whoever finds another number after a check than before it checks again. */
  get changes(): number {
    return this.#changes;
  }

  /** Holds the right of a caller to have a socket. */
  holdCaller(caller: Caller, right: Right): HeldRight {
    return this.#hold(idsOfCaller(caller), right);
  }

  /**
   * Checks that a caller may do something with an entity, now and until `until` releases it. This is the only way to the
   * check of access that commands have, so that what one of them shows ends with the right to see it.
   *
   * @throws as `EntityAccess.require`
   */
  async require(
    caller: Caller,
    entity: EntityId,
    operation: EntityOperation,
    { onLost, until }: { readonly onLost: (error: unknown) => void; readonly until: (release: () => void) => void },
  ): Promise<AccessibleEntity> {
    const check = (): Promise<AccessibleEntity> => this.#deps.access.require(caller, entity, operation);
    until(this.#hold(idsOfEntity(caller, entity), { check, onLost }).release);
    return check();
  }

  /**
   * Holds the right to do something with an entity that a query has found. Who finds another number of `changes` after the query
   * than before it asks at once.
   */
  hold(caller: Caller, entity: EntityId, operation: EntityOperation, onLost: (error: unknown) => void): HeldRight {
    return this.#hold(idsOfEntity(caller, entity), { check: () => this.#deps.access.require(caller, entity, operation), onLost });
  }

  #hold(ids: readonly string[], right: Right): HeldRight {
    const held: Held = {
      right,
      isReleased: false,
      isDue: false,
      ask: () => this.#ask(held),
      release: () => {
        if (held.isReleased) return;
        held.isReleased = true;
        this.#size -= 1;
        for (const id of ids) this.#forget(id, held);
      },
    };
    this.#size += 1;
    for (const id of ids) {
      const same = this.#held.get(id);
      if (same === undefined) this.#held.set(id, new Set([held]));
      else same.add(held);
    }
    return held;
  }

  #forget(id: string, held: Held): void {
    const same = this.#held.get(id);
    same?.delete(held);
    if (same?.size === 0) this.#held.delete(id);
  }

  #changed(event: ControlEvent): void {
    this.#changes += 1;
    if (this.#size === 0) return;
    if (event.kind === 'userCredentials') void this.#credentialsChanged(event);
    else for (const id of concernedBy(event)) this.#concern(id);
  }

  /** The event names the credentials record; its user is found by reading it. With the user gone, that event tells it. */
  async #credentialsChanged({ tenantId, id }: ControlEvent): Promise<void> {
    try {
      const credentials = await this.#deps.entities.find('userCredentials', tenantId, id);
      if (credentials !== undefined) this.#concern(credentials.userId);
    } catch (error) {
      this.#deps.log.error('live-credentials-unread', { id, error });
      // Somebody of this tenant; who, cannot be told.
      this.#concern(tenantId);
    }
  }

  /** Gathers what the events of one turn concern: every other listener has heard of them before the first check. */
  #concern(id: string): void {
    if (!this.#held.has(id)) return;
    if (this.#concerned.size === 0) queueMicrotask(() => this.#askConcerned());
    this.#concerned.add(id);
  }

  #askConcerned(): void {
    const ids = this.#concerned;
    this.#concerned = new Set();
    for (const id of ids) for (const held of this.#held.get(id) ?? []) this.#ask(held);
  }

  #ask(held: Held): void {
    if (held.isDue || held.isReleased) return;
    held.isDue = true;
    this.#gate.run(() => this.#check(held)).catch((error: unknown) => this.#deps.log.error('live-right-not-ended', { error }));
  }

  async #check(held: Held): Promise<void> {
    held.isDue = false;
    if (held.isReleased) return;
    try {
      await held.right.check();
    } catch (error) {
      if (held.isReleased) return;
      held.release();
      held.right.onLost(error);
    }
  }
}
