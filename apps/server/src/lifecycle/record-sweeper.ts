import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import { systemTenantId } from '@fieldline/model';
import type { EntityChange, EntityStore } from '@fieldline/ports';

const DAY_MS = 86_400_000;
/** How often old records are looked for: removals stay small, and nobody counts the hours of a year. */
const SWEEP_EVERY_MS = 3_600_000;

/** How long records are kept; 0 days is for ever. */
export interface RecordRetention {
  readonly auditLogDays: number;
  readonly eventDays: number;
}

/** Removes records of the audit log and events that are older than they shall be kept. */
export class RecordSweeper {
  readonly #deps: { readonly entities: Pick<EntityStore, 'write' | 'tenantIds'>; readonly clock: Clock; readonly log: Log };
  readonly #retention: RecordRetention;
  #cancel: CancelTimer = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(
    deps: { readonly entities: Pick<EntityStore, 'write' | 'tenantIds'>; readonly clock: Clock; readonly log: Log },
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
    const { entities } = this.#deps;
    for (const tenantId of [systemTenantId, ...(await entities.tenantIds())]) {
      if (this.#isStopped) return;
      const changes = [...this.#removals('auditLog', this.#retention.auditLogDays), ...this.#removals('event', this.#retention.eventDays)];
      if (changes.length > 0) await entities.write(changes.map((change) => ({ ...change, tenantId })));
    }
  }

  /** Resolves when no sweep is under way, and none will be. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  #removals(kind: 'auditLog' | 'event', days: number): readonly Omit<Extract<EntityChange, { readonly change: 'remove-where' }>, 'tenantId'>[] {
    if (days === 0) return [];
    return [{ change: 'remove-where', kind, filter: {}, createdBeforeMs: this.#deps.clock.nowMs() - days * DAY_MS }];
  }
}
