import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { CancelTimer, Clock, IdSource, Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { BrokerGateway, BrokerPeer, BrokerStore } from '@fieldline/ports';
import { brokerErrors } from '../errors.js';
import { BrokerState } from './broker-state.js';
import { GuardedStream } from './guarded-stream.js';
import { defaultBrokerLimits, EXPIRY_CHECK_MS, type BrokerLimits } from './limits.js';
import { TenantBroker } from './tenant-broker.js';

/** What the broker listener needs, and how it is set up. */
export interface MqttBrokerOptions {
  readonly gateway: BrokerGateway;
  readonly store: BrokerStore;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Bounds that differ from `defaultBrokerLimits`. */
  readonly limits?: Partial<BrokerLimits>;
}

/** A message that the server itself publishes. */
export interface BrokerPublication {
  readonly tenantId: TenantId;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly isRetained: boolean;
}

/**
 * The broker listener: a full MQTT broker for MQTT 3.1 and 3.1.1 with a name space of topics for each tenant. MQTT 5 is refused with
 * return code 1; the device endpoint speaks it.
 *
 * Life: `listen`, then `stopAccepting`, `drain` and `close` in that order.
 *
 * Log events besides those of `TenantBroker`: `broker-listening`, `broker-closed` (info), `broker-connections-full` (warn),
 * `broker-server-error` (error).
 */
export class MqttBroker implements AsyncDisposable {
  readonly #options: MqttBrokerOptions;
  readonly #limits: BrokerLimits;
  readonly #state: BrokerState;
  readonly #broker: TenantBroker;
  readonly #server: Server;
  readonly #streams = new Set<GuardedStream>();
  #cancelExpiry: CancelTimer = () => undefined;
  #isClosed = false;

  constructor(options: MqttBrokerOptions) {
    const { gateway, clock, log, store, ids } = options;
    this.#options = options;
    const limits = (this.#limits = { ...defaultBrokerLimits, ...options.limits });
    this.#state = new BrokerState({ store, limits, ids, log });
    this.#broker = new TenantBroker({ gateway, state: this.#state, limits, clock, log });
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    gateway.onRevoked((revoked) => this.#end((peer) => peer === revoked));
    gateway.onTenantRemoved((tenantId) => {
      this.#end((peer) => peer.tenantId === tenantId);
      this.#state.forgetTenant(tenantId);
    });
  }

  /**
   * Reads what an earlier run kept, then opens the port.
   *
   * @returns the port that was opened
   * @throws BROKER_PORT_TAKEN, BROKER_LISTEN_FAILED, and what the store throws
   */
  async listen(): Promise<number> {
    const { host, port, log, clock } = this.#options;
    await this.#state.load(clock.nowMs());
    await this.#broker.listen();
    const opened = await new Promise<number>((resolve, reject) => {
      const refused = (error: NodeJS.ErrnoException): void => {
        const isTaken = error.code === 'EADDRINUSE';
        reject(isTaken ? brokerErrors.PORT_TAKEN({ host, port }) : brokerErrors.LISTEN_FAILED({ host, port, reason: error.code ?? error.message }));
      };
      this.#server.once('error', refused);
      this.#server.listen({ host, port, backlog: 4_096 }, () => {
        this.#server.off('error', refused);
        this.#server.on('error', (error) => log.error('broker-server-error', { reason: error.message }));
        resolve((this.#server.address() as AddressInfo).port);
      });
    }).catch(async (error: unknown) => {
      await this.close();
      throw error;
    });
    this.#scheduleExpiry();
    log.info('broker-listening', { host, port: opened });
    return opened;
  }

  /**
   * Publishes to the clients of a tenant; no topic mapping applies. Resolves when the message is kept for all whom it must reach.
   *
   * @throws BROKER_TOPIC_INVALID, BROKER_RETAINED_FULL, STORAGE_UNAVAILABLE
   */
  publish(publication: BrokerPublication): Promise<void> {
    return this.#broker.publishFor(publication);
  }

  /** Closes the port for new connections; those that are open go on. */
  stopAccepting(): void {
    this.#server.close();
  }

  /** Reads no more, and resolves when everything that was read was passed on. */
  async drain(): Promise<void> {
    for (const stream of this.#streams) stream.stop();
    await Promise.all([...this.#streams].map((stream) => stream.line.idle()));
  }

  /** Ends every connection; wills of those that did not take leave are published, and resolves when they are kept. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelExpiry();
    this.#server.close();
    await new Promise<void>((resolve) => this.#broker.close(() => resolve()));
    for (const stream of this.#streams) stream.destroy();
    await this.#broker.idle();
    this.#options.log.info('broker-closed', {});
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #accept(socket: Socket): void {
    if (this.#streams.size >= this.#limits.connectionsMax) {
      this.#options.log.warn('broker-connections-full', { limit: this.#limits.connectionsMax });
      socket.destroy();
      return;
    }
    const stream = new GuardedStream(socket, this.#limits);
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    this.#broker.handle(stream);
  }

  #end(isMeant: (peer: BrokerPeer) => boolean): void {
    for (const stream of this.#streams) if (stream.peer !== undefined && isMeant(stream.peer)) stream.destroy();
  }

  #scheduleExpiry(): void {
    const { clock, log } = this.#options;
    this.#cancelExpiry = clock.after('broker-sessions', EXPIRY_CHECK_MS, () => {
      const gone = this.#state.expired(clock.nowMs() - this.#limits.sessionExpiryMs);
      Promise.all(gone.map((session) => this.#state.dropSession(session))).catch((error: unknown) => log.error('broker-failed', { error }));
      this.#scheduleExpiry();
    });
  }
}
