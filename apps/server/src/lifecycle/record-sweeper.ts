import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';

const DAY_MS = 86_400_000;
/** How often old records are looked for: removals stay small, and nobody counts the hours of a year. */
const SWEEP_EVERY_MS = 3_600_000;
/** Records removed in one write; that it takes some milliseconds is all that others notice, also of debug events with their texts. */
export const RECORDS_SWEPT_AT_ONCE = 250;

/** How long records are kept; 0 days is for ever. */
export interface RecordRetention {
  readonly auditLogDays: number;
  readonly eventDays: number;
}

/** Removes records of the audit log and events that are older than they shall be kept. */
export class RecordSweeper {
  readonly #deps: { readonly entities: Pick<EntityStore, 'write' | 'findAll' | 'tenantIds'>; readonly clock: Clock; readonly log: Log };
  readonly #retention: RecordRetention;
  #cancel: CancelTimer = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(
    deps: { readonly entities: Pick<EntityStore, 'write' | 'findAll' | 'tenantIds'>; readonly clock: Clock; readonly log: Log },
    retention: RecordRetention,
  ) {
    this.#deps = deps;
    this.#retention = retention;
  }

  /** Sweeps now, and from then on every hour. */
  start(): void {
    const { clock, log } = this.#deps;
    this.#running = this.sweep()
      .catch((error: unknown) => log.error('record-sweep-failed', { error }))
      .then(() => {
        if (!this.#isStopped) this.#cancel = clock.after('sweeping records', SWEEP_EVERY_MS, () => this.start());
      });
  }

  /** Removes what is too old, tenant by tenant. */
  async sweep(): Promise<void> {
    const { auditLogDays, eventDays } = this.#retention;
    for (const tenantId of [systemTenantId, ...(await this.#deps.entities.tenantIds())]) {
      await this.#remove(tenantId, 'auditLog', auditLogDays);
      await this.#remove(tenantId, 'event', eventDays);
    }
  }

  /** Resolves when no sweep is under way, and none will be. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  /** In slices, each a write of its own: what devices send is stored in between. */
  async #remove(tenantId: TenantId, kind: 'auditLog' | 'event', days: number): Promise<void> {
    if (days === 0 || this.#isStopped) return;
    const { entities, clock } = this.#deps;
    const beforeMs = clock.nowMs() - days * DAY_MS;
    const [oldest] = await entities.findAll(kind, tenantId, {}, 1);
    let hasMore = oldest !== undefined && oldest.createdAtMs < beforeMs;
    while (hasMore && !this.#isStopped) {
      const slice = await entities.findAll(kind, tenantId, {}, RECORDS_SWEPT_AT_ONCE);
      const lastMs = slice.at(-1)?.createdAtMs ?? beforeMs;
      hasMore = slice.length === RECORDS_SWEPT_AT_ONCE && lastMs < beforeMs;
      await entities.write([{ change: 'remove-where', kind, tenantId, filter: {}, createdBeforeMs: hasMore ? lastMs + 1 : beforeMs }]);
    }
  }
}
