import type { Clock, Log } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { BrokerGateway, BrokerPeer } from '@fieldline/ports';
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket, type Subscription } from 'aedes';
import { isTopicTaken } from '@fieldline/protocol';
import { brokerErrors } from '../errors.js';
import { ReturnCode } from '../reason-codes.js';
import type { BrokerState, PassingMessage } from './broker-state.js';
import { KeptPersistence, sessionId, streamOf } from './kept-persistence.js';
import type { BrokerLimits } from './limits.js';
import { PublishLine } from './publish-line.js';
import { innerTopic, isFilterAllowed, isTopicName, outerTopic } from './topic-names.js';

export interface TenantBrokerDeps {
  readonly gateway: BrokerGateway;
  readonly state: BrokerState;
  readonly limits: BrokerLimits;
  readonly clock: Clock;
  readonly log: Log;
}

type Done = (error?: Error | null) => void;
type Taken = (error?: Error) => void;

/** The part of aedes that its types leave out: where subscriptions get their messages from. */
interface Emitting {
  readonly mq: { emit(packet: object, done: Done): void };
  counter: number;
}

/**
 * Aedes with tenants kept apart, and with an acknowledgement that means what ours do. Aedes answers QoS 1 before it stores anything,
 * lets packets of one read overtake each other, and drops a message that leaves after a younger one; so a message is accepted,
 * stored and passed on inside `authorizePublish`, in the order of its client, and what aedes does after it does nothing more.
 *
 * Log events: `broker-client-refused` (info), `broker-message-refused`, `broker-queue-full` (warn), `broker-failed` (error).
 */
export class TenantBroker extends Aedes {
  readonly #deps: TenantBrokerDeps;
  readonly #peers = new Map<TenantId, number>();
  /** Messages that were passed on, with the moment their subscribers have taken them: whoever publishes waits for these. */
  readonly #passed = new WeakMap<object, Promise<void>>();

  readonly #receiving = new Set<Promise<void>>();

  constructor(deps: TenantBrokerDeps) {
    super({
      // No bound: one subscriber that reads slowly would hold up all tenants. Those who publish to it wait, and `drainMs` ends that.
      concurrency: 0,
      persistence: new KeptPersistence(deps.state, deps.clock),
      connectTimeout: deps.limits.connectMs,
      drainTimeout: deps.limits.drainMs,
      // The most it takes: a filter that is too deep for us is refused, where aedes would close the connection.
      maxTopicLevels: 100,
      // Bounded in `#pass`, which stores packet ids of QoS 2 before aedes looks for them.
      maxInflightInbound: 0,
    });
    this.#deps = deps;
    this.preConnect = (client, packet, done) => {
      const { will, clientId, clean } = packet as { will?: { topic: string }; clientId: string; clean: boolean };
      // MQTT 3.1.1 §3.1.3.1: a client without a name cannot ask for a session to be kept.
      if (clientId === '' && !clean) streamOf(client).refusal = ReturnCode.identifierRejected;
      if (will !== undefined && !isTopicName(will.topic, deps.limits)) streamOf(client).refusal = ReturnCode.notAuthorized;
      done(null, true);
    };
    this.authenticate = (client, userName, password, done) => {
      const claim = { clientId: client.id, userName, password: password?.toString('utf8') };
      this.#admit(client, claim).then(
        (code) => (code === 0 ? done(null, true) : done(Object.assign(new Error('refused'), { returnCode: code }), null)),
        (error: unknown) => this.#failed(error),
      );
    };
    this.authorizePublish = (client, packet, done) => {
      const received = this.#receive(client, packet);
      this.#receiving.add(received);
      received.then(
        () => {
          this.#receiving.delete(received);
          done();
        },
        (error: unknown) => {
          this.#receiving.delete(received);
          this.#deps.log.warn('broker-message-refused', { code: problemOf(error).code, tenantId: client && streamOf(client).peer?.tenantId });
          done(error as Error);
        },
      );
    };
    this.authorizeSubscribe = (client, subscription, done) => done(null, this.#grant(client, subscription) ? subscription : null);
    this.authorizeForward = (client, packet) => this.#forward(client, packet);
    this.on('clientReady', (client) => this.#ready(client));
    this.on('clientDisconnect', (client) => this.#left(client));
    this.on('unsubscribe', (filters, client) => {
      for (const filter of filters) streamOf(client).filters.delete(filter);
    });
    (this as NodeJS.EventEmitter).on('error', (error: Error) => this.#failed(error));
  }

  /** Publishes for the server itself. Resolves when the message is kept wherever it must be. @throws BROKER_TOPIC_INVALID, BROKER_RETAINED_FULL */
  async publishFor(message: Omit<PassingMessage, 'topic'> & { readonly topic: string }): Promise<void> {
    const { tenantId, topic } = message;
    if (!isTopicName(topic, this.#deps.limits)) throw brokerErrors.TOPIC_INVALID();
    const passing = { ...message, topic: innerTopic(tenantId, topic) };
    const { stored, enqueue } = this.#deps.state.pass(passing);
    await stored;
    void this.#emit(passing, '', enqueue);
  }

  /** Resolves when every message that came in is kept, or has failed. */
  async idle(): Promise<void> {
    while (this.#receiving.size > 0) await Promise.allSettled(this.#receiving);
  }

  /** What aedes itself publishes are notes about its clients, under `$SYS`. A message of a client was passed on already. */
  override publish(packet: PublishPacket, clientOrDone: Client | Taken | null, done?: Taken): void {
    const passed = this.#passed.get(packet);
    const finished = typeof clientOrDone === 'function' ? clientOrDone : (done ?? ((): void => undefined));
    if (passed === undefined) super.publish(packet, finished);
    else void passed.then(() => finished());
  }

  /** @returns 0, or the return code of the refusal */
  async #admit(client: Client, login: Parameters<BrokerGateway['authenticate']>[0]): Promise<number> {
    const { gateway, limits, state, log } = this.#deps;
    const stream = streamOf(client);
    if (stream.refusal !== undefined) return stream.refusal;
    const found = await gateway.authenticate(login).catch(problemOf);
    if (isPeer(found)) {
      stream.peer = found;
      this.#count(found, 1);
      const left = (): void => (this.#count(found, -1), gateway.closed(found));
      if (stream.destroyed) left();
      else stream.once('close', left);
      const { tenantId, principalId } = found;
      const id = sessionId(tenantId, principalId, login.clientId);
      client.id = id;
      const { sessions } = state.of(tenantId);
      const isOneTooMany = (this.#peers.get(tenantId) ?? 0) > limits.connectionsPerTenantMax;
      if (!isOneTooMany && (client.clean || sessions.has(id) || sessions.size < limits.sessionsPerTenantMax)) return 0;
      log.warn('broker-client-refused', { tenantId, sessions: sessions.size });
      return ReturnCode.serverUnavailable;
    }
    log.info('broker-client-refused', { code: found.code });
    return found.kind === 'unauthenticated' || found.kind === 'forbidden' ? ReturnCode.notAuthorized : ReturnCode.serverUnavailable;
  }

  #count({ tenantId }: BrokerPeer, by: number): void {
    const count = (this.#peers.get(tenantId) ?? 0) + by;
    if (count === 0) this.#peers.delete(tenantId);
    else this.#peers.set(tenantId, count);
  }

  async #receive(client: Client | null, packet: PublishPacket): Promise<void> {
    const { gateway, limits, state, clock } = this.#deps;
    const stream = client && streamOf(client);
    const peer = stream?.peer;
    if (client === null || stream === null || peer === undefined) throw brokerErrors.TOPIC_INVALID();
    if (!isTopicName(packet.topic, limits)) throw brokerErrors.TOPIC_INVALID();
    const { tenantId } = peer;
    const repeated = this.#repeated(client, tenantId, packet);
    if (repeated !== undefined) return repeated;
    // The payload lies in a buffer of the socket, which must not stay because of it.
    const payload = new Uint8Array(Buffer.from(packet.payload));
    const { topic, qos, retain: isRetained, messageId: packetId = 0, dup: isRedelivery } = packet;
    const handshake = this.#handshake(client, tenantId, packet);
    // What failed before is no reason to withhold the will; there is one at most.
    const line = (client as { will?: unknown }).will === packet ? new PublishLine() : stream.line;
    const accepted = gateway.accept({ tenantId, topic, payload, qos, isRetained, packetId, isRedelivery, receivedAtMs: clock.nowMs() });
    const passing: PassingMessage = { tenantId, topic: innerTopic(tenantId, topic), payload, qos, isRetained };
    let kept: ReturnType<BrokerState['pass']> | undefined;
    const write = async (): Promise<void> => {
      kept = state.pass(passing, handshake);
      await kept.stored;
    };
    // In an object: what subscribers do with the message is not what the next message waits for.
    const passed = line.run(accepted, write, () => ({ taken: this.#emit(passing, client.id, kept?.enqueue) }));
    if (handshake !== undefined) handshake.session.arrives(handshake.packetId, passed);
    const { taken } = await passed;
    this.#passed.set(packet, taken);
    // Aedes takes it for a repeat and answers at once.
    if (qos === 2) await taken;
  }

  /** A message of QoS 2 that came before: resolves when that one is stored. Undefined for any other message. */
  #repeated(client: Client, tenantId: TenantId, { qos, messageId: packetId = 0 }: PublishPacket): Promise<void> | undefined {
    const session = qos === 2 ? this.#deps.state.session(tenantId, client.id) : undefined;
    return session?.arriving.get(packetId) ?? (session?.received.has(packetId) === true ? Promise.resolve() : undefined);
  }

  /** For QoS 2 the session that keeps the packet id until it is released. @throws BROKER_UNRELEASED_FULL */
  #handshake(client: Client, tenantId: TenantId, { qos, messageId: packetId }: PublishPacket): Parameters<BrokerState['pass']>[1] {
    if (qos !== 2 || packetId === undefined) return undefined;
    const { state, clock, limits } = this.#deps;
    const session = state.openSession(tenantId, client.id, clock.nowMs());
    session.isConnected = true;
    if (session.received.size + session.arriving.size >= limits.unreleasedMax) throw brokerErrors.UNRELEASED_FULL({ limit: limits.unreleasedMax });
    return { session, packetId, isKept: !client.clean };
  }

  /** Gives a message to those who subscribed, at once, so that no younger one leaves before it. */
  #emit({ topic, payload, qos }: PassingMessage, clientId: string, enqueue: ReturnType<BrokerState['pass']>['enqueue'] | undefined): Promise<void> {
    const inner = this as unknown as Emitting;
    inner.counter += 1;
    enqueue?.(this.id, inner.counter);
    const packet = {
      cmd: 'publish',
      brokerId: this.id,
      brokerCounter: inner.counter,
      topic,
      payload: Buffer.from(payload),
      qos,
      retain: false,
      dup: false,
    };
    return new Promise((resolve) => inner.mq.emit({ ...packet, clientId, messageId: undefined }, () => resolve()));
  }

  #grant(client: Client, { topic, qos }: Subscription): boolean {
    const { limits } = this.#deps;
    const { peer, filters } = streamOf(client);
    const isOurs = peer !== undefined && topic === innerTopic(peer.tenantId, outerTopic(topic));
    if (!isOurs || !isFilterAllowed(outerTopic(topic), limits)) return false;
    if (!filters.has(topic) && filters.size >= limits.subscriptionsMax) return false;
    filters.set(topic, qos);
    return true;
  }

  /** Takes the level of the tenant off, and brings the QoS down to what was granted, which aedes does for filters without wildcard only. */
  #forward(client: Client, packet: AedesPublishPacket): AedesPublishPacket | null {
    const stream = streamOf(client);
    const { peer, filters } = stream;
    if (peer === undefined || !packet.topic.startsWith(`${peer.tenantId}/`)) return null;
    if (stream.writableLength > this.#deps.limits.unsentBytesMax) {
      stream.destroy();
      return null;
    }
    if (packet.qos > 0 && [...filters.values()].some((qos) => qos < packet.qos)) {
      const matching = [...filters].filter(([filter]) => isTopicTaken(filter, packet.topic)).map(([, qos]) => qos);
      if (matching.length > 0) packet.qos = Math.min(packet.qos, Math.max(...matching)) as 0 | 1 | 2;
    }
    packet.topic = outerTopic(packet.topic);
    return packet;
  }

  #ready(client: Client): void {
    const stream = streamOf(client);
    const session = stream.peer && this.#deps.state.session(stream.peer.tenantId, client.id);
    if (session !== undefined) session.isConnected = true;
    stream.connected();
  }

  #left(client: Client): void {
    const { state, clock } = this.#deps;
    const { peer } = streamOf(client);
    const session = peer && state.session(peer.tenantId, client.id);
    if (session === undefined) return;
    session.isConnected = false;
    session.lastSeenMs = clock.nowMs();
  }

  #failed(error: unknown): void {
    this.#deps.log.error('broker-failed', { error: isProblem(error) ? problemOf(error) : error });
  }
}

function isPeer(found: object): found is BrokerPeer {
  return 'principalId' in found;
}
