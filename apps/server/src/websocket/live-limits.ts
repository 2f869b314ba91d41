import { TenantLimits } from '@fieldline/directory';
import { parseRateLimits, type RateLimit } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';

/** Whose sockets are counted: `…PerTenant` and so on are members of the configuration of a tenant profile. */
interface Counted {
  readonly name: 'Tenant' | 'Customer' | 'RegularUser' | 'PublicUser';
  /** As a refusal names them. */
  readonly label: string;
  readonly id: string;
}

/** What one socket may do, and its place among those of its tenant; to be released once. */
export interface SocketPlace {
  /** Frames that may wait for it; 0 is no other bound than that of the server. */
  readonly framesMax: number;
  readonly updateRates: readonly RateLimit[];
  /** Takes a place for a subscription of version 1: what gives it back, or the reason why there is none. */
  subscribe(): (() => void) | string;
  release(): void;
}

/** What the profiles of tenants allow their sockets (websocket-api.md §2). System administrators are exempt. */
export class LiveLimits {
  readonly #limits: TenantLimits;
  readonly #sockets = new Map<string, number>();
  readonly #subscriptions = new Map<string, number>();

  constructor(entities: Pick<EntityStore, 'find' | 'findAll' | 'count'>) {
    this.#limits = new TenantLimits(entities);
  }

  /** Places that are taken, of sockets and subscriptions. */
  get size(): number {
    return this.#sockets.size + this.#subscriptions.size;
  }

  /** Takes a place for a socket: the place, or the reason why there is none. */
  async admit(caller: Caller): Promise<SocketPlace | string> {
    if (caller.authority === 'SYS_ADMIN') return { framesMax: 0, updateRates: [], subscribe: () => () => undefined, release: () => undefined };
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
    };
  }
}

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
