import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import type { DeviceId } from '@fieldline/model';
import type { DeviceGateway } from '@fieldline/ports';
import { newStats, type MqttStats } from './counters.js';
import { mqttErrors } from './errors.js';
import { defaultMqttLimits, SWEEP_MS, type MqttLimits } from './limits.js';
import { MqttConnection, type ConnectionOwner } from './mqtt-connection.js';
import { PublishReader } from './publish-packet.js';
import { Reason } from './reason-codes.js';
import { ReplyBuffer } from './reply-buffer.js';
import { RoomQueue } from './room-queue.js';
import { Stall, type SessionContext } from './session-context.js';
import { UplinkIntake } from './uplink-intake.js';

/** What the endpoint needs, and how it is set up. */
export interface MqttTransportOptions {
  readonly gateway: DeviceGateway;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Take 1/KP topics, and clients without user name for them. */
  readonly isKaaEnabled: boolean;
  /** Take every 1/KP data collection path that begins with `json` for `json` (kaa.md §4.1). */
  readonly isKaaRelaxed?: boolean | undefined;
  /** Bounds that differ from `defaultMqttLimits`. */
  readonly limits?: Partial<MqttLimits>;
}

/**
 * The MQTT device endpoint: MQTT 3.1, 3.1.1 and 5 for devices, 1/KP on the same port. Not a broker.
 *
 * Life: `listen`, then `stopAccepting`, `drain` and `close` in that order. A packet is acknowledged when the
 * gateway says that everything it caused is stored, in the order in which packets came.
 *
 * Log events: `mqtt-listening`, `mqtt-closed` (info), `mqtt-connections-full`, `mqtt-batch-refused` (warn),
 * `mqtt-server-error` (error).
 */
export class MqttTransport implements ConnectionOwner, AsyncDisposable {
  readonly clock: Clock;
  readonly #options: MqttTransportOptions;
  readonly #limits: MqttLimits;
  readonly #stats: MqttStats = newStats();
  readonly #server: Server;
  readonly #intake: UplinkIntake;
  readonly #room: RoomQueue;
  readonly #context: SessionContext;
  readonly #connections = new Set<MqttConnection>();
  readonly #liveSessions = new Map<DeviceId, MqttConnection>();
  #connectionNumber = 0;
  #isDraining = false;
  #cancelSweep: CancelTimer = () => undefined;
  #onEmpty: (() => void) | undefined;

  constructor(options: MqttTransportOptions) {
    const { gateway, clock, isKaaEnabled, isKaaRelaxed = false, log } = options;
    this.clock = clock;
    this.#options = options;
    const limits = (this.#limits = { ...defaultMqttLimits, ...options.limits });
    this.#intake = new UplinkIntake({
      gateway,
      limits,
      onRoom: () => this.#room.room(),
      onRefused: (problem, packets) => log.warn('mqtt-batch-refused', { code: problem.code, packets }),
    });
    this.#room = new RoomQueue(() => this.#intake.isFull, limits.resumedPerTurn);
    this.#context = {
      gateway,
      intake: this.#intake,
      limits,
      stats: this.#stats,
      isKaaEnabled,
      isKaaRelaxed,
      packet: new PublishReader(),
      replies: new ReplyBuffer(),
      readAtMs: clock.nowMs(),
      sweptAtMs: clock.monotonicMs(),
    };
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    gateway.onRoom(() => {
      this.#intake.flush();
      this.#room.room();
    });
    gateway.onRevoked((deviceId) => {
      for (const connection of this.#connections) connection.revoke(deviceId);
    });
  }

  /**
   * Opens the port.
   *
   * @returns the port that was opened
   * @throws MQTT_PORT_TAKEN, MQTT_LISTEN_FAILED
   */
  listen(): Promise<number> {
    const { host, port, log } = this.#options;
    return new Promise((resolve, reject) => {
      const refused = (error: NodeJS.ErrnoException): void => {
        const isTaken = error.code === 'EADDRINUSE';
        reject(isTaken ? mqttErrors.PORT_TAKEN({ host, port }) : mqttErrors.LISTEN_FAILED({ host, port, reason: error.code ?? error.message }));
      };
      this.#server.once('error', refused);
      this.#server.listen({ host, port, backlog: 4_096 }, () => {
        this.#server.off('error', refused);
        this.#server.on('error', (error) => log.error('mqtt-server-error', { reason: error.message }));
        this.#scheduleSweep();
        const opened = (this.#server.address() as AddressInfo).port;
        log.info('mqtt-listening', { host, port: opened });
        resolve(opened);
      });
    });
  }

  /** Closes the port for new connections; those that are open go on. */
  stopAccepting(): void {
    this.#server.close();
  }

  /** Reads no more, and resolves when everything that was read has its answer. */
  drain(): Promise<void> {
    this.#isDraining = true;
    for (const connection of this.#connections) connection.stall(Stall.draining);
    return this.#intake.idle();
  }

  /** Ends every connection; MQTT 5 clients are told that the server shuts down. */
  async close(): Promise<void> {
    this.#server.close();
    for (const connection of this.#connections) connection.close(Reason.serverShuttingDown);
    if (this.#connections.size > 0) {
      const late = this.clock.after('mqtt-close', this.#limits.closeMs, () => {
        for (const connection of this.#connections) connection.destroy();
      });
      await new Promise<void>((resolve) => (this.#onEmpty = resolve));
      late();
    }
    this.#cancelSweep();
    this.#options.log.info('mqtt-closed');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** A copy of the counters. */
  stats(): Readonly<MqttStats> {
    return { ...this.#stats };
  }

  sessionOpened(deviceId: DeviceId, connection: MqttConnection): void {
    const older = this.#liveSessions.get(deviceId);
    this.#liveSessions.set(deviceId, connection);
    if (older === undefined) return;
    this.#stats.sessionsTakenOver += 1;
    older.close(Reason.sessionTakenOver);
  }

  waitForRoom(connection: MqttConnection): void {
    this.#room.add(connection);
  }

  finished(connection: MqttConnection): void {
    if (!this.#connections.delete(connection)) return;
    this.#stats.connectionsOpen -= 1;
    this.#room.delete(connection);
    const { deviceId } = connection;
    if (deviceId !== undefined && this.#liveSessions.get(deviceId) === connection) this.#liveSessions.delete(deviceId);
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= this.#limits.connectionsMax) {
      this.#stats.connectionsRefused += 1;
      if (this.#stats.connectionsRefused % 1_000 === 1) {
        this.#options.log.warn('mqtt-connections-full', { connectionsMax: this.#limits.connectionsMax, refused: this.#stats.connectionsRefused });
      }
      socket.destroy();
      return;
    }
    this.#connectionNumber += 1;
    this.#stats.connectionsAccepted += 1;
    this.#stats.connectionsOpen += 1;
    const connection = new MqttConnection(socket, this.#connectionNumber, this.#context, this);
    this.#connections.add(connection);
    if (this.#isDraining) connection.stall(Stall.draining);
  }

  #scheduleSweep(): void {
    this.#cancelSweep = this.clock.after('mqtt-sweep', SWEEP_MS, () => {
      const nowMs = this.clock.monotonicMs();
      this.#context.sweptAtMs = nowMs;
      for (const connection of this.#connections) connection.sweep(nowMs);
      this.#scheduleSweep();
    });
  }
}

/** Makes the endpoint; nothing is open before `listen`. */
export function mqttTransport(options: MqttTransportOptions): MqttTransport {
  return new MqttTransport(options);
}
