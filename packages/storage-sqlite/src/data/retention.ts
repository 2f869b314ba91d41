import type { Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import type { Expiry } from '../reads/history-reads.js';
import type { WriteStatement } from '../writer/writer-link.js';

/** How long points are kept: the time, and what tenants say about points without a time to live of their own. */
export class Retention {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #ttls = new Map<TenantId, number>();

  /** Reads what tenants said before. */
  constructor(clock: Pick<Clock, 'nowMs'>, database: DatabaseSync) {
    this.#clock = clock;
    for (const row of database.prepare('SELECT tenant_id, ttl_ms FROM retention').iterate()) {
      this.#ttls.set(row['tenant_id'] as TenantId, Number(row['ttl_ms']));
    }
  }

  ttlOf(tenantId: TenantId): number {
    return this.#ttls.get(tenantId) ?? 0;
  }

  expiryOf(tenantId: TenantId): Expiry {
    return { nowMs: this.#clock.nowMs(), defaultTtlMs: this.ttlOf(tenantId) };
  }

  set(tenantId: TenantId, ttlMs: number): void {
    if (ttlMs === 0) this.#ttls.delete(tenantId);
    else this.#ttls.set(tenantId, ttlMs);
  }
}

/** Writes down what a tenant says. */
export function retentionStatement(tenantId: TenantId, ttlMs: number): WriteStatement {
  if (ttlMs === 0) return { sql: 'DELETE FROM retention WHERE tenant_id = ?', rows: [[tenantId]] };
  const sql = 'INSERT INTO retention (tenant_id, ttl_ms) VALUES (?, ?) ON CONFLICT (tenant_id) DO UPDATE SET ttl_ms = excluded.ttl_ms';
  return { sql, rows: [[tenantId, ttlMs]] };
}
