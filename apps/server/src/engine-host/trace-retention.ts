import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { DataStore, EntityStore, TraceBounds } from '@fieldline/ports';

const DAY_MS = 86_400_000;
/** How often traces are looked at: what comes in between is kept beyond the bound. */
const SWEEP_EVERY_MS = 60_000;

/** How long traces are kept, 0 days is for ever, and how many bytes of them of each tenant. */
export interface TraceLimits {
  readonly days: number;
  readonly bytesMax: number;
}

export interface TraceRetentionDeps {
  readonly store: Pick<DataStore, 'traces' | 'traceUsage' | 'begin' | 'commit'>;
  readonly entities: Pick<EntityStore, 'tenantIds'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: TraceLimits;
}

/** Removes traces that are too old or too much. */
export class TraceRetention {
  readonly #deps: TraceRetentionDeps;
  #cancel: CancelTimer = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(deps: TraceRetentionDeps) {
    this.#deps = deps;
  }

  /** Sweeps now, and from then on every minute. */
  start(): void {
    const { clock, log } = this.#deps;
    this.#running = this.sweep()
      .catch((error: unknown) => log.error('trace-sweep-failed', { error }))
      .then(() => {
        if (!this.#isStopped) this.#cancel = clock.after('sweeping traces', SWEEP_EVERY_MS, () => this.start());
      });
  }

  /** Removes what is beyond the limits, tenant by tenant and slice by slice: what devices send is stored in between. */
  async sweep(): Promise<void> {
    const { store, entities, clock, limits } = this.#deps;
    const { days, bytesMax } = limits;
    const bounds = { beforeMs: days === 0 ? 0 : clock.nowMs() - days * DAY_MS, bytesMax };
    for (const tenantId of await entities.tenantIds()) {
      while (!this.#isStopped && (await this.#isBeyond(tenantId, bounds))) {
        const unit = store.begin();
        unit.trimTraces(tenantId, bounds);
        await store.commit(unit);
      }
    }
  }

  /** Resolves when no sweep is under way, and none will be. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  async #isBeyond(tenantId: TenantId, { beforeMs, bytesMax }: TraceBounds): Promise<boolean> {
    const { store } = this.#deps;
    const { bytes, parts } = await store.traceUsage(tenantId);
    if (parts === 0 || bytes > bytesMax) return parts > 0;
    const tooOld = await store.traces(tenantId, { page: 0, pageSize: 1, createdToMs: beforeMs - 1 });
    return tooOld.totalElements > 0;
  }
}
