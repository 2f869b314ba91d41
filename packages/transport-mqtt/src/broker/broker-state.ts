import type { IdSource, Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { BrokerChange, BrokerRecord, BrokerStore } from '@fieldline/ports';
import { isTopicTaken } from '@fieldline/protocol';
import { brokerErrors } from '../errors.js';
import { KeptSession, type QueuedMessage } from './kept-session.js';
import { MESSAGE_OVERHEAD_BYTES, type BrokerLimits } from './limits.js';
import { TenantState } from './tenant-state.js';
import { innerTopic, outerTopic } from './topic-names.js';

export interface BrokerStateDeps {
  readonly store: BrokerStore;
  readonly limits: BrokerLimits;
  readonly ids: IdSource;
  readonly log: Log;
}

/** A message on its way through the broker. */
export interface PassingMessage {
  readonly tenantId: TenantId;
  /** Inside the broker. */
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly isRetained: boolean;
}

/** Puts a message that is durable into the queues it belongs to. */
export type Enqueue = (brokerId: string, brokerCounter: number) => void;

const sizeOf = (topic: string, payload: Uint8Array): number => MESSAGE_OVERHEAD_BYTES + topic.length + payload.length;

/**
 * Retained messages, sessions and what waits for them: in memory as the broker reads them, and written through to the store before
 * anybody is told that they are kept.
 */
export class BrokerState {
  readonly #deps: BrokerStateDeps;
  readonly #tenants = new Map<TenantId, TenantState>();
  #loaded = 0;

  constructor(deps: BrokerStateDeps) {
    this.#deps = deps;
  }

  /** Reads what an earlier run kept. */
  async load(nowMs: number): Promise<void> {
    for (const record of await this.#deps.store.load()) this.#restore(record, nowMs);
  }

  of(tenantId: TenantId): TenantState {
    const known = this.#tenants.get(tenantId);
    if (known !== undefined) return known;
    const state = new TenantState(tenantId);
    this.#tenants.set(tenantId, state);
    return state;
  }

  session(tenantId: TenantId, id: string): KeptSession | undefined {
    return this.#tenants.get(tenantId)?.sessions.get(id);
  }

  /** The session of that id, made where there is none. */
  openSession(tenantId: TenantId, id: string, nowMs: number): KeptSession {
    const state = this.of(tenantId);
    const session = state.sessions.get(id) ?? new KeptSession(id, tenantId, nowMs);
    state.sessions.set(id, session);
    return session;
  }

  /** Forgets a session and what waits for it. */
  async dropSession(session: KeptSession): Promise<void> {
    const state = this.of(session.tenantId);
    for (const filter of session.filters.keys()) state.unsubscribe(session, filter);
    for (const { topic, payload } of session.queue) state.queuedBytes -= sizeOf(topic, payload);
    const gone = session.recordIds;
    session.filters.clear();
    session.received.clear();
    session.queue.length = 0;
    session.queuedCount = 0;
    state.sessions.delete(session.id);
    await this.#write(gone.map((id) => ({ change: 'remove', tenantId: session.tenantId, id })));
  }

  async subscribe(session: KeptSession, filters: readonly { readonly topic: string; readonly qos: 0 | 1 | 2 }[]): Promise<void> {
    const { tenantId, id: owner } = session;
    const changes: BrokerChange[] = [];
    for (const { topic, qos } of filters) {
      const known = session.filters.get(topic);
      if (known?.qos === qos) continue;
      const id = known?.recordId ?? this.#deps.ids.next();
      session.filters.set(topic, { qos, recordId: id });
      this.of(tenantId).subscribe(session, topic, qos);
      changes.push({ change: 'put', record: { id, tenantId, type: 'SUBSCRIPTION', owner, topic: outerTopic(topic), qos } });
    }
    await this.#write(changes);
  }

  async unsubscribe(session: KeptSession, filters: readonly string[]): Promise<void> {
    const changes: BrokerChange[] = [];
    for (const filter of filters) {
      const known = session.filters.get(filter);
      session.filters.delete(filter);
      this.of(session.tenantId).unsubscribe(session, filter);
      if (known?.recordId !== undefined) changes.push({ change: 'remove', tenantId: session.tenantId, id: known.recordId });
    }
    await this.#write(changes);
  }

  /** Retained messages that a filter inside the broker takes. */
  retainedFor(filter: string): readonly { readonly topic: string; readonly payload: Uint8Array; readonly qos: 0 | 1 | 2 }[] {
    const retained = this.of(filter.slice(0, filter.indexOf('/')) as TenantId).retained;
    if (!/[+#]/.test(filter)) return [retained.get(filter)].filter((message) => message !== undefined);
    return [...retained.values()].filter(({ topic }) => isTopicTaken(filter, topic));
  }

  /**
   * Makes durable what a message leaves behind: itself where it is retained or must wait for sessions, and its packet id.
   *
   * @param handshake of QoS 2: session and packet id it came with
   * @param handshake.isKept whether the session outlives its connection
   * @returns what to call when `stored` has resolved and it is the turn of the message
   * @throws BROKER_RETAINED_FULL
   */
  pass(
    message: PassingMessage,
    handshake?: { readonly session: KeptSession; readonly packetId: number; readonly isKept: boolean },
  ): { readonly stored: Promise<void>; readonly enqueue: Enqueue } {
    const { tenantId, topic, payload } = message;
    const changes: BrokerChange[] = message.isRetained ? [...this.#retain(message)] : [];
    const queued = message.qos === 0 ? [] : this.#reserve(message);
    for (const { session, qos, recordId: id } of queued) {
      const record = { id, tenantId, type: 'QUEUED', owner: session.id, topic: outerTopic(topic), qos, payload } as const;
      changes.push({ change: 'put', record });
    }
    if (handshake !== undefined) {
      const { session, packetId, isKept } = handshake;
      const id = isKept ? this.#deps.ids.next() : undefined;
      session.received.set(packetId, id);
      if (id !== undefined) changes.push({ change: 'put', record: { id, tenantId, type: 'RECEIVED', owner: session.id, packetId } });
    }
    const enqueue: Enqueue = (brokerId, brokerCounter) => {
      for (const { session, qos, recordId } of queued) {
        session.queue.push({ recordId, topic, payload, qos, brokerId, brokerCounter, packetId: undefined, isReleased: false });
      }
    };
    const stored = this.#write(changes).catch((error: unknown) => {
      for (const { session } of queued) this.#free(session, topic, payload);
      if (handshake !== undefined) handshake.session.received.delete(handshake.packetId);
      throw error;
    });
    return { stored, enqueue };
  }

  /** A message was sent; with QoS 2 its packet id must outlive a crash, because the client knows the message by it. */
  async sent(session: KeptSession, message: QueuedMessage, packetId: number): Promise<void> {
    message.packetId = packetId;
    if (message.qos === 2) await this.#write([{ change: 'put', record: recordOf(session, message) }]);
  }

  /** A message of QoS 2 was received by its client. */
  async released(session: KeptSession, message: QueuedMessage): Promise<void> {
    message.isReleased = true;
    await this.#write([{ change: 'put', record: recordOf(session, message) }]);
  }

  /** A message is done with. The removal need not be awaited: undone by a crash it costs a repeat, which QoS 1 allows. */
  async done(session: KeptSession, message: QueuedMessage): Promise<void> {
    const place = session.queue.indexOf(message);
    if (place < 0) return;
    session.queue.splice(place, 1);
    this.#free(session, message.topic, message.payload);
    await this.#write([{ change: 'remove', tenantId: session.tenantId, id: message.recordId }]);
  }

  async forgetReceived(session: KeptSession, packetId: number): Promise<void> {
    const id = session.received.get(packetId);
    session.received.delete(packetId);
    if (session.isEmpty) this.of(session.tenantId).sessions.delete(session.id);
    if (id !== undefined) await this.#write([{ change: 'remove', tenantId: session.tenantId, id }]);
  }

  /** Forgets a tenant; its records go with it. */
  forgetTenant(tenantId: TenantId): void {
    this.#tenants.delete(tenantId);
  }

  /** Sessions whose clients left before an instant. */
  expired(beforeMs: number): readonly KeptSession[] {
    const sessions = [...this.#tenants.values()].flatMap((state) => [...state.sessions.values()]);
    return sessions.filter((session) => !session.isConnected && session.lastSeenMs < beforeMs);
  }

  #retain({ tenantId, topic, payload, qos }: PassingMessage): readonly BrokerChange[] {
    const { retainedPerTenantMax, retainedBytesPerTenantMax } = this.#deps.limits;
    const state = this.of(tenantId);
    const known = state.retained.get(topic);
    const freed = known === undefined ? 0 : sizeOf(topic, known.payload);
    if (payload.length === 0) {
      state.retained.delete(topic);
      state.retainedBytes -= freed;
      return known === undefined ? [] : [{ change: 'remove', tenantId, id: known.recordId }];
    }
    const bytes = state.retainedBytes - freed + sizeOf(topic, payload);
    if ((known === undefined && state.retained.size >= retainedPerTenantMax) || bytes > retainedBytesPerTenantMax) {
      throw brokerErrors.RETAINED_FULL({ limit: retainedPerTenantMax, bytesMax: retainedBytesPerTenantMax });
    }
    const id = known?.recordId ?? this.#deps.ids.next();
    state.retained.set(topic, { recordId: id, topic, payload, qos });
    state.retainedBytes = bytes;
    return [{ change: 'put', record: { id, tenantId, type: 'RETAINED', owner: outerTopic(topic), qos, payload } }];
  }

  /** Takes room in the queues of those who must get the message, as far as there is room. */
  #reserve({ tenantId, topic, payload, qos }: PassingMessage): readonly { session: KeptSession; qos: 1 | 2; recordId: string }[] {
    const { limits, ids, log } = this.#deps;
    const state = this.of(tenantId);
    const size = sizeOf(topic, payload);
    const queued: { session: KeptSession; qos: 1 | 2; recordId: string }[] = [];
    for (const [session, granted] of state.sessionsFor(topic)) {
      if (session.queuedCount >= limits.queuedMessagesMax || state.queuedBytes + size > limits.queuedBytesPerTenantMax) {
        if (!session.isOverflowing) log.warn('broker-queue-full', { tenantId, session: session.id, queued: session.queuedCount });
        session.isOverflowing = true;
        continue;
      }
      session.isOverflowing = false;
      session.queuedCount += 1;
      state.queuedBytes += size;
      queued.push({ session, qos: Math.min(qos, granted) as 1 | 2, recordId: ids.next() });
    }
    return queued;
  }

  #free(session: KeptSession, topic: string, payload: Uint8Array): void {
    session.queuedCount -= 1;
    this.of(session.tenantId).queuedBytes -= sizeOf(topic, payload);
  }

  #restore(record: BrokerRecord, nowMs: number): void {
    const { id, tenantId, owner, qos = 0, payload = new Uint8Array(0), packetId } = record;
    const state = this.of(tenantId);
    const topic = innerTopic(tenantId, record.topic ?? owner);
    if (record.type === 'RETAINED') {
      state.retained.set(topic, { recordId: id, topic, payload, qos });
      state.retainedBytes += sizeOf(topic, payload);
      return;
    }
    const session = this.openSession(tenantId, owner, nowMs);
    if (record.type === 'SUBSCRIPTION') {
      session.filters.set(topic, { qos, recordId: id });
      state.subscribe(session, topic, qos);
    } else if (record.type === 'RECEIVED') session.received.set(packetId ?? 0, id);
    else {
      this.#loaded += 1;
      const isReleased = record.isReleased === true;
      session.queue.push({
        recordId: id,
        topic,
        payload,
        qos: qos === 2 ? 2 : 1,
        brokerId: 'kept',
        brokerCounter: this.#loaded,
        packetId,
        isReleased,
      });
      session.queuedCount += 1;
      state.queuedBytes += sizeOf(topic, payload);
    }
  }

  async #write(changes: readonly BrokerChange[]): Promise<void> {
    if (changes.length > 0) await this.#deps.store.write(changes);
  }
}

function recordOf(session: KeptSession, { recordId: id, topic, qos, payload, packetId, isReleased }: QueuedMessage): BrokerRecord {
  return { id, tenantId: session.tenantId, type: 'QUEUED', owner: session.id, topic: outerTopic(topic), qos, payload, packetId, isReleased };
}
