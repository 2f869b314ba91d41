import { TenantLimits } from '@fieldline/directory';
import { identityErrors, RateLimiter } from '@fieldline/identity';
import type { Clock } from '@fieldline/kernel';
import type { RateLimit, TenantId, TenantProfile } from '@fieldline/model';
import { parseRateLimits } from '@fieldline/model';
import type { Caller, ControlEvents, EntityStore } from '@fieldline/ports';
import { TENANT_PROFILE_TRUSTED_MS, TENANT_PROFILES_KEPT_MAX } from './limits.js';

interface RequestRates {
  readonly tenant: readonly RateLimit[];
  readonly customer: readonly RateLimit[];
}

/** Requests of tenants and customers, as far as the tenant profile limits them. System administrators are exempt. */
export class RequestLimits {
  readonly #limits: TenantLimits;
  readonly #limiter: RateLimiter;
  readonly #clock: Clock;
  readonly #rates = new Map<TenantId, { readonly rates: Promise<RequestRates>; readonly untilMs: number }>();

  constructor(deps: { readonly entities: EntityStore; readonly events: ControlEvents; readonly clock: Clock }) {
    this.#limits = new TenantLimits(deps.entities);
    this.#limiter = new RateLimiter(deps.clock);
    this.#clock = deps.clock;
    deps.events.subscribe(({ kind, tenantId }) => {
      if (kind === 'tenantProfile') this.#rates.clear();
      else if (kind === 'tenant') this.#rates.delete(tenantId);
    });
  }

  /** Counts a request. @throws IDENTITY_TENANT_RATE_LIMIT, IDENTITY_CUSTOMER_RATE_LIMIT */
  async take({ authority, tenantId, customerId }: Caller): Promise<void> {
    if (authority === 'SYS_ADMIN') return;
    const { tenant, customer } = await this.#ratesOf(tenantId);
    if (!this.#limiter.tryTake(tenantId, tenant)) throw identityErrors.TENANT_RATE_LIMIT();
    if (customerId !== undefined && !this.#limiter.tryTake(customerId, customer)) throw identityErrors.CUSTOMER_RATE_LIMIT();
  }

  /** Kept until an event says that the profile changed; an event that got lost is made up for by a look now and then. */
  #ratesOf(tenantId: TenantId): Promise<RequestRates> {
    const nowMs = this.#clock.monotonicMs();
    const kept = this.#rates.get(tenantId);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.rates;
    const read = { rates: this.#limits.profileOf(tenantId).then(ratesOf), untilMs: nowMs + TENANT_PROFILE_TRUSTED_MS };
    this.#rates.delete(tenantId);
    this.#rates.set(tenantId, read);
    const [oldest] = this.#rates.keys();
    if (this.#rates.size > TENANT_PROFILES_KEPT_MAX && oldest !== undefined) this.#rates.delete(oldest);
    read.rates.catch(() => {
      if (this.#rates.get(tenantId) === read) this.#rates.delete(tenantId);
    });
    return read.rates;
  }
}

/** A text that cannot be read limits nothing: profiles are checked when they are saved. */
function ratesOf(profile: TenantProfile | undefined): RequestRates {
  const rateOf = (member: string): readonly RateLimit[] => {
    const text = profile?.configuration[member];
    return (typeof text === 'string' ? parseRateLimits(text) : undefined) ?? [];
  };
  return { tenant: rateOf('tenantServerRestLimitsConfiguration'), customer: rateOf('customerServerRestLimitsConfiguration') };
}
