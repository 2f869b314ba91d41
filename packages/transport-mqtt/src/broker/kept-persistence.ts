import { Readable } from 'node:stream';
import type { Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { Client } from 'aedes';
import type { BrokerState } from './broker-state.js';
import type { GuardedStream } from './guarded-stream.js';
import type { KeptSession, QueuedMessage } from './kept-session.js';

/** A packet as aedes hands it to its persistence; what it does not set is undefined. */
interface SentPacket {
  readonly cmd: string;
  readonly brokerId: string;
  readonly brokerCounter: number;
  readonly messageId?: number;
}
interface WithPacketId {
  readonly messageId?: number;
}
type Subscriptions = readonly { readonly topic: string; readonly qos: number }[];

/**
 * The persistence that aedes asks, over our state. Messages come in through `TenantBroker`, never through aedes, so what aedes would
 * store of them is not here; and a client that is not known any more is told nothing.
 */
export class KeptPersistence {
  readonly #state: BrokerState;
  readonly #clock: Clock;

  constructor(state: BrokerState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  // Every method is asynchronous because aedes calls `then` on what it gets.

  async setup(): Promise<void> {}

  /** Only what the broker says of itself comes here, and nothing of that is retained. */
  async storeRetained(): Promise<void> {}

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    const found = new Map(filters.flatMap((filter) => this.#state.retainedFor(filter)).map((message) => [message.topic, message]));
    return Readable.from([...found.values()].map(({ topic, payload, qos }) => ({ cmd: 'publish', topic, payload, qos, retain: true })));
  }

  async addSubscriptions(client: Client, subscriptions: Subscriptions): Promise<void> {
    const { peer, filters } = streamOf(client);
    if (peer === undefined) return;
    // The list holds refused ones too, and those that are still to be looked at.
    const granted = subscriptions.filter(({ topic }) => filters.has(topic)).map(({ topic, qos }) => ({ topic, qos: qos as 0 | 1 | 2 }));
    const session = this.#state.openSession(peer.tenantId, client.id, this.#clock.nowMs());
    session.isConnected = true;
    await this.#state.subscribe(session, granted);
  }

  async removeSubscriptions(client: Client, filters: readonly string[]): Promise<void> {
    const session = this.#sessionOf(client);
    if (session !== undefined) await this.#state.unsubscribe(session, filters);
  }

  async subscriptionsByClient({ id }: Pick<Client, 'id'>): Promise<Subscriptions> {
    const session = this.#state.session(tenantOfSession(id), id);
    return session === undefined ? [] : [...session.filters].map(([topic, { qos }]) => ({ topic, qos }));
  }

  /** A client that wants a clean session ends the one it had. */
  async cleanSubscriptions(client: Client): Promise<void> {
    const session = this.#sessionOf(client);
    if (session !== undefined) await this.#state.dropSession(session);
  }

  async outgoingUpdate(client: Client, packet: SentPacket): Promise<void> {
    const session = this.#sessionOf(client);
    const message = session && (packet.cmd === 'pubrel' ? byPacketId(session, packet.messageId) : byCounter(session, packet));
    // One that found no room in the queue is sent all the same, as to a session that is not kept.
    if (session === undefined || message === undefined) return;
    if (packet.cmd === 'pubrel') await this.#state.released(session, message);
    else await this.#state.sent(session, message, packet.messageId ?? 0);
  }

  async outgoingClearMessageId(client: Client, { messageId }: WithPacketId): Promise<unknown> {
    const session = this.#sessionOf(client);
    const message = session && byPacketId(session, messageId);
    if (session === undefined || message === undefined) return undefined;
    await this.#state.done(session, message);
    return { cmd: 'publish', topic: message.topic, qos: message.qos, messageId };
  }

  outgoingStream(client: Client): Readable {
    return Readable.from((this.#sessionOf(client)?.queue ?? []).map(packetOf));
  }

  /** Packet ids of QoS 2 are noted where the message is stored; here they are only looked up. */
  async incomingGetPacket(client: Client, { messageId = 0 }: WithPacketId): Promise<WithPacketId> {
    if (this.#sessionOf(client)?.received.has(messageId) !== true) throw new Error('no such packet');
    return { messageId };
  }

  /** Comes where the packet id was released, or the client left, while its message was being stored: nobody waits for the answer. */
  async incomingStorePacket(): Promise<void> {
    throw new Error('the packet id is not in use any more');
  }

  async incomingDelPacket(client: Client, { messageId = 0 }: WithPacketId): Promise<void> {
    const session = this.#sessionOf(client);
    if (session !== undefined) await this.#state.forgetReceived(session, messageId);
  }

  async cleanIncoming(client: Client): Promise<void> {
    const session = this.#sessionOf(client);
    if (session !== undefined && session.filters.size === 0) await this.#state.dropSession(session);
  }

  // A will lives as long as its connection; `TenantBroker` passes it on when that ends.
  async putWill(): Promise<void> {}
  async delWill(): Promise<void> {}
  streamWill(): Readable {
    return Readable.from([]);
  }

  async destroy(): Promise<void> {}

  #sessionOf({ id }: Pick<Client, 'id'>): KeptSession | undefined {
    return this.#state.session(tenantOfSession(id), id);
  }
}

/** What `TenantBroker` names a session: tenant, principal and client id. */
export function sessionId(tenantId: TenantId, principalId: string, clientId: string): string {
  return `${tenantId} ${principalId} ${clientId}`;
}

export function streamOf(client: Client): GuardedStream {
  return client.conn as GuardedStream;
}

function tenantOfSession(id: string): TenantId {
  return id.slice(0, id.indexOf(' ')) as TenantId;
}

function byCounter({ queue }: KeptSession, { brokerId, brokerCounter }: SentPacket): QueuedMessage | undefined {
  return queue.find((message) => message.brokerCounter === brokerCounter && message.brokerId === brokerId);
}

function byPacketId({ queue }: KeptSession, packetId: number | undefined): QueuedMessage | undefined {
  return packetId === undefined ? undefined : queue.find((message) => message.packetId === packetId);
}

function packetOf({ topic, payload, qos, brokerId, brokerCounter, packetId, isReleased }: QueuedMessage): object {
  const head = { brokerId, brokerCounter, messageId: packetId };
  // MQTT 3.1.1 §4.4: what was sent before goes out with the same packet id, marked as a repeat.
  return isReleased ? { cmd: 'pubrel', ...head } : { cmd: 'publish', topic, payload, qos, retain: false, dup: packetId !== undefined, ...head };
}
