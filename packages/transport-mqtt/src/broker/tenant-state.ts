import type { TenantId } from '@fieldline/model';
import type { KeptSession } from './kept-session.js';
import { TopicTree } from './topic-tree.js';

export interface RetainedMessage {
  readonly recordId: string;
  /** Inside the broker. */
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
}

/** A subscription of a kept session. */
export interface KeptSubscription {
  readonly session: KeptSession;
  readonly qos: 1 | 2;
}

/** What the broker keeps for one tenant. */
export class TenantState {
  readonly tenantId: TenantId;
  /** By topic inside the broker. */
  readonly retained = new Map<string, RetainedMessage>();
  retainedBytes = 0;
  readonly sessions = new Map<string, KeptSession>();
  /** Subscriptions of kept sessions, with QoS 1 and 2: what must be kept for them. */
  readonly #subscriptions = new TopicTree<KeptSubscription>();
  readonly #bySession = new Map<string, KeptSubscription>();
  queuedBytes = 0;

  constructor(tenantId: TenantId) {
    this.tenantId = tenantId;
  }

  subscribe(session: KeptSession, filter: string, qos: 0 | 1 | 2): void {
    this.unsubscribe(session, filter);
    if (qos === 0) return;
    const subscription = { session, qos };
    this.#bySession.set(`${session.id}\n${filter}`, subscription);
    this.#subscriptions.add(filter, subscription);
  }

  unsubscribe(session: KeptSession, filter: string): void {
    const key = `${session.id}\n${filter}`;
    const subscription = this.#bySession.get(key);
    if (subscription === undefined) return;
    this.#bySession.delete(key);
    this.#subscriptions.delete(filter, subscription);
  }

  /** The sessions that a message must be kept for, each with the highest QoS of its filters. */
  sessionsFor(topic: string): ReadonlyMap<KeptSession, 1 | 2> {
    const found = new Map<KeptSession, 1 | 2>();
    for (const { session, qos } of this.#subscriptions.match(topic)) if (qos > (found.get(session) ?? 0)) found.set(session, qos);
    return found;
  }
}
