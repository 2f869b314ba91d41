import type { TenantId } from '@fieldline/model';
import { DEBUG_EVENTS_MAX, DEBUG_PERIOD_MS, TENANTS_MAX, TRACES_BURST, TRACES_PER_SECOND } from './limits.js';

/** Room for one more debug event; `last`: for the one that says that the limit is reached. */
export type DebugRoom = 'free' | 'last' | 'none';

/** What one tenant has had recorded, and what was left out. */
class Uses {
  readonly leftOut = { traces: 0, failures: 0, debugEvents: 0 };
  readonly #traces = new Tokens();
  readonly #failures = new Tokens();
  #debugEvents = 0;
  #debugFromMs = -Infinity;

  mayTrace(nowMs: number): boolean {
    const may = this.#traces.take(nowMs);
    if (!may) this.leftOut.traces += 1;
    return may;
  }

  /** Failures have a budget of their own: samples shall never crowd them out. */
  mayTraceFailure(nowMs: number): boolean {
    const may = this.#failures.take(nowMs);
    if (!may) this.leftOut.failures += 1;
    return may;
  }

  debugRoom(nowMs: number): DebugRoom {
    if (nowMs - this.#debugFromMs >= DEBUG_PERIOD_MS) {
      this.#debugFromMs = nowMs;
      this.#debugEvents = 0;
    }
    this.#debugEvents += 1;
    if (this.#debugEvents <= DEBUG_EVENTS_MAX) return 'free';
    this.leftOut.debugEvents += 1;
    return this.#debugEvents === DEBUG_EVENTS_MAX + 1 ? 'last' : 'none';
  }
}

/** A bucket of tokens that fills again with time. */
class Tokens {
  #tokens = TRACES_BURST;
  #atMs: number | undefined;

  take(nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - (this.#atMs ?? nowMs));
    this.#tokens = Math.min(TRACES_BURST, this.#tokens + (passedMs * TRACES_PER_SECOND) / 1_000);
    this.#atMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** The uses of each tenant. */
export class TenantUses {
  readonly #byTenant = new Map<TenantId, Uses>();

  of(tenantId: TenantId): Uses {
    const known = this.#byTenant.get(tenantId);
    if (known !== undefined) return known;
    const [oldest] = this.#byTenant.keys();
    if (this.#byTenant.size >= TENANTS_MAX && oldest !== undefined) this.#byTenant.delete(oldest);
    const made = new Uses();
    this.#byTenant.set(tenantId, made);
    return made;
  }
}
