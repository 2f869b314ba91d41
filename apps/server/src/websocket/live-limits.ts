import { TenantLimits } from '@fieldline/directory';
import { RateLimiter } from '@fieldline/identity';
import type { Clock } from '@fieldline/kernel';
import { parseRateLimits, type RateLimit } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';

/** Whose sockets are counted: `…PerTenant` and so on are members of the configuration of a tenant profile. */
interface Counted {
  readonly name: 'Tenant' | 'Customer' | 'RegularUser' | 'PublicUser';
  /** As a refusal names them. */
  readonly label: string;
  readonly id: string;
}

/** How many commands that stay open may come in a time, from all sockets; without limits any number. */
export interface SubscriptionRates {
  readonly perTenant: readonly RateLimit[];
  readonly perUser: readonly RateLimit[];
}

/** What one socket may do, and its place among those of its tenant; to be released once. */
export interface SocketPlace {
  /** Frames that may wait for it; 0 is no other bound than that of the server. */
  readonly framesMax: number;
  readonly updateRates: readonly RateLimit[];
  /** Takes a place for a subscription of version 1: what gives it back, or the reason why there is none. */
  subscribe(): (() => void) | string;
  /** Counts a command that stays open: the reason why it comes too soon after others, or nothing. */
  tooSoon(): string | undefined;
  release(): void;
}

/** What the profiles of tenants allow their sockets (websocket-api.md §2). System administrators are exempt. */
export class LiveLimits {
  readonly #limits: TenantLimits;
  readonly #sockets = new Map<string, number>();
  readonly #subscriptions = new Map<string, number>();
  readonly #rates: SubscriptionRates;
  readonly #limiter: RateLimiter;

  constructor(entities: Pick<EntityStore, 'find' | 'findAll' | 'count'>, rates: SubscriptionRates, clock: Pick<Clock, 'monotonicMs'>) {
    this.#limits = new TenantLimits(entities);
    this.#rates = rates;
    this.#limiter = new RateLimiter(clock);
  }

  /** Places that are taken, of sockets and subscriptions. */
  get size(): number {
    return this.#sockets.size + this.#subscriptions.size;
  }

  /** Takes a place for a socket: the place, or the reason why there is none. */
  async admit(caller: Caller): Promise<SocketPlace | string> {
    if (caller.authority === 'SYS_ADMIN') return boundless;
    const configuration = (await this.#limits.profileOf(caller.tenantId))?.configuration ?? {};
    const numberOf = (member: string): number => Number(configuration[member] ?? 0);
    const counted = countedOf(caller);
    const taken = take(this.#sockets, counted, ({ name }) => numberOf(`maxWsSessionsPer${name}`));
    if (typeof taken !== 'function') return sessionRefusal(taken);
    const rates = configuration['wsUpdatesPerSessionRateLimit'];
    return {
      framesMax: numberOf('wsMsgQueueLimitPerSession'),
      updateRates: (typeof rates === 'string' ? parseRateLimits(rates) : undefined) ?? [],
      release: taken,
      subscribe: () => {
        const place = take(this.#subscriptions, counted, ({ name }) => numberOf(`maxWsSubscriptionsPer${name}`));
        return typeof place === 'function' ? place : subscriptionRefusal(place);
      },
      tooSoon: () => this.#tooSoon(caller),
    };
  }

  /** Whoever is beyond the own limit takes nothing from that of the tenant. */
  #tooSoon({ tenantId, userId }: Caller): string | undefined {
    const { perTenant, perUser } = this.#rates;
    if (!this.#limiter.tryTake(`user ${userId}`, perUser)) return 'Exceeded rate limit for WS subscriptions per user';
    return this.#limiter.tryTake(`tenant ${tenantId}`, perTenant) ? undefined : 'Exceeded rate limit for WS subscriptions per tenant';
  }
}

const boundless: SocketPlace = {
  framesMax: 0,
  updateRates: [],
  subscribe: () => () => undefined,
  tooSoon: () => undefined,
  release: () => undefined,
};

function countedOf({ tenantId, customerId, userId, isPublic }: Caller): readonly Counted[] {
  const tenant: Counted = { name: 'Tenant', label: 'tenant', id: tenantId };
  if (customerId === undefined) return [tenant];
  const user: Counted =
    isPublic === true ? { name: 'PublicUser', label: 'public user', id: userId } : { name: 'RegularUser', label: 'regular user', id: userId };
  return [tenant, { name: 'Customer', label: 'customer', id: customerId }, user];
}

/** Takes one of each, or none: then that of which there are none left. */
function take(counts: Map<string, number>, counted: readonly Counted[], limitOf: (counted: Counted) => number): (() => void) | Counted {
  const full = counted.find((each) => limitOf(each) > 0 && (counts.get(keyOf(each)) ?? 0) >= limitOf(each));
  if (full !== undefined) return full;
  for (const each of counted) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return () => {
    for (const each of counted) {
      const left = (counts.get(keyOf(each)) ?? 0) - 1;
      if (left > 0) counts.set(keyOf(each), left);
      else counts.delete(keyOf(each));
    }
  };
}

const keyOf = ({ name, id }: Counted): string => `${name} ${id}`;
// The texts are those of ThingsBoard, with an exclamation mark where it has one.
const sessionRefusal = ({ name, label }: Counted): string => `Max ${label} sessions limit reached${name === 'Tenant' ? '!' : ''}`;
const subscriptionRefusal = ({ name, label }: Counted): string => `Max ${label} subscriptions limit reached${name === 'Tenant' ? '!' : ''}`;
