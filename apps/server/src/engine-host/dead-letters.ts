import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { DataStore, DeadLetterCommands, EntityStore, ReplayFrom } from '@fieldline/ports';
import type { RuleEngine } from '@fieldline/rule-engine';

const DAY_MS = 86_400_000;
/** How often old dead letters are looked for: a chain that fails all it gets makes them quickly. */
const SWEEP_EVERY_MS = 300_000;
/** Letters read and removed in one step; a page of the API is no larger. */
const LETTERS_AT_ONCE = 1_000;

/** How many dead letters are kept of each tenant, and for how long; 0 days is for ever. */
export interface DeadLetterRetention {
  readonly days: number;
  readonly lettersMax: number;
}

export interface DeadLettersDeps {
  readonly store: Pick<DataStore, 'deadLetters' | 'begin' | 'commit'>;
  readonly engine: Pick<RuleEngine, 'replay'>;
  readonly entities: Pick<EntityStore, 'tenantIds'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: DeadLetterRetention;
}

/** Replays and removes dead letters as people ask, and removes by itself what is too old or too much. */
export class DeadLetters implements DeadLetterCommands {
  readonly #deps: DeadLettersDeps;
  #cancel: CancelTimer = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(deps: DeadLettersDeps) {
    this.#deps = deps;
  }

  async replay(tenantId: TenantId, ids: readonly string[], from: ReplayFrom): Promise<readonly string[]> {
    const { store, engine } = this.#deps;
    const found = await store.deadLetters(tenantId, { page: 0, pageSize: LETTERS_AT_ONCE, ids: ids.slice(0, LETTERS_AT_ONCE) });
    // Oldest first: they go on in the order in which they came.
    return engine.replay([...found.data].reverse(), from);
  }

  async remove(tenantId: TenantId, ids: readonly string[]): Promise<void> {
    const { store } = this.#deps;
    const unit = store.begin();
    unit.removeDeadLetters(tenantId, ids);
    await store.commit(unit);
  }

  /** Sweeps now, and from then on every few minutes. */
  start(): void {
    const { clock, log } = this.#deps;
    this.#running = this.sweep()
      .catch((error: unknown) => log.error('dead-letter-sweep-failed', { error }))
      .then(() => {
        if (!this.#isStopped) this.#cancel = clock.after('sweeping dead letters', SWEEP_EVERY_MS, () => this.start());
      });
  }

  /** Removes what is beyond the retention, tenant by tenant. */
  async sweep(): Promise<void> {
    const { entities, clock, retention } = this.#deps;
    const { days, lettersMax } = retention;
    for (const tenantId of await entities.tenantIds()) {
      if (days > 0) await this.#removeAll(tenantId, { page: 0, createdToMs: clock.nowMs() - days * DAY_MS });
      // The pages behind those that are kept; each removal moves the next ones up.
      await this.#removeAll(tenantId, { page: Math.ceil(lettersMax / LETTERS_AT_ONCE) });
    }
  }

  /** Resolves when no sweep is under way, and none will be. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  async #removeAll(tenantId: TenantId, query: { readonly page: number; readonly createdToMs?: number }): Promise<void> {
    for (let hasMore = true; hasMore && !this.#isStopped;) {
      const found = await this.#deps.store.deadLetters(tenantId, { pageSize: LETTERS_AT_ONCE, ...query });
      const ids = found.data.map(({ id }) => id);
      if (ids.length > 0) await this.remove(tenantId, ids);
      hasMore = found.hasNext;
    }
  }
}
