import { connect as openSocket, type Socket } from 'node:net';
import type { CancelTimer, Clock, EpochMs, Problem } from '@fieldline/kernel';
import { problemOf, silentLog } from '@fieldline/kernel';
import type { DeviceId } from '@fieldline/model';
import { deviceErrors, type BatchReceipt, type DeviceClaim, type DeviceGateway, type DeviceSession } from '@fieldline/ports';
import { readUplinks, type RawUplink } from '@fieldline/protocol';
import { generate, parser, type IConnectPacket, type Packet } from 'mqtt-packet';
import type { MqttLimits } from './limits.js';
import { MqttTransport } from './mqtt-transport.js';

// What the tests of this package share: a gateway in memory, a clock they move, a client that speaks bytes.

/** An uplink as the gateway got it, with its payload as text. */
export type GivenUplink = Omit<RawUplink, 'payload' | 'receivedAtMs'> & { readonly payload: string };

/** Devices by token; unless told otherwise every batch is stored at once. */
export class TestGateway implements DeviceGateway {
  isFull = false;
  readonly uplinks: GivenUplink[] = [];
  readonly batchSizes: number[] = [];
  readonly closedHandles: number[] = [];
  readonly seenHandles: number[] = [];
  readonly claims: DeviceClaim[] = [];
  /** Decides about each batch. */
  judge: (uplinks: readonly GivenUplink[]) => Promise<ReadonlyMap<number, Problem>> = () => Promise.resolve(new Map());
  /** Awaited before each answer to a claim. */
  beforeClaim: () => Promise<void> = () => Promise.resolve();
  readonly devices = new Map<string, { deviceId: string; tenantId?: string; profileData?: Record<string, unknown> }>([
    ['A1', { deviceId: 'a' }],
    ['B2', { deviceId: 'b' }],
    ['kp1:app-v1/TokenOne1', { deviceId: 'e1' }],
    ['kp1:app-v1/TokenTwo2', { deviceId: 'e2' }],
  ]);
  readonly #roomListeners: (() => void)[] = [];
  readonly #revokedListeners: ((deviceId: DeviceId) => void)[] = [];
  handlesGiven = 0;

  async authenticate(claim: DeviceClaim): Promise<DeviceSession | Problem> {
    this.claims.push(claim);
    await this.beforeClaim();
    const key = claim.kind === 'kaa-token' ? `kp1:${claim.appVersion}/${claim.token}` : claim.kind === 'mqtt-basic' ? claim.userName : claim.token;
    const device = this.devices.get(key ?? '');
    if (device === undefined) return problemOf(deviceErrors.UNKNOWN());
    const { deviceId, tenantId = 't', profileData = {} } = device;
    return { handle: (this.handlesGiven += 1), deviceId, tenantId, profile: { profileData } } as unknown as DeviceSession;
  }

  async accept(bytes: ArrayBuffer, count: number): Promise<BatchReceipt> {
    const uplinks = [...readUplinks(bytes)].map(({ receivedAtMs: _, payload, ...rest }) => ({ ...rest, payload: Buffer.from(payload).toString() }));
    if (uplinks.length !== count) throw new Error('The count of a batch must be that of its uplinks.');
    this.uplinks.push(...uplinks);
    this.batchSizes.push(count);
    return { problems: await this.judge(uplinks) };
  }

  onRoom(listener: () => void): void {
    this.#roomListeners.push(listener);
  }

  onRevoked(listener: (deviceId: DeviceId) => void): void {
    this.#revokedListeners.push(listener);
  }

  seen(session: DeviceSession): void {
    this.seenHandles.push(session.handle);
  }

  closed(session: DeviceSession): void {
    this.closedHandles.push(session.handle);
  }

  makeRoom(): void {
    this.isFull = false;
    for (const listener of this.#roomListeners) listener();
  }

  revoke(deviceId: string): void {
    for (const listener of this.#revokedListeners) listener(deviceId as DeviceId);
  }
}

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #nowMs = 1_000_000;
  #timers: { readonly dueMs: number; readonly fn: () => void }[] = [];

  nowMs(): EpochMs {
    return this.#nowMs as EpochMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(_name: string, delayMs: number, fn: () => void): CancelTimer {
    const timer = { dueMs: this.#nowMs + delayMs, fn };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  /** Moves time and calls what is due, in order. */
  advanceMs(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const [next] = this.#timers.filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = next.dueMs;
      next.fn();
    }
    this.#nowMs = untilMs;
  }
}

/** A client that sends what it is told and keeps what it gets. */
export class RawClient {
  readonly packets: Packet[] = [];
  isClosed = false;
  readonly #socket: Socket;
  readonly #version: number;
  #wake: () => void = () => undefined;

  constructor(port: number, version: number) {
    this.#version = version;
    const incoming = parser({ protocolVersion: version });
    incoming.on('packet', (packet) => {
      this.packets.push(packet);
      this.#wake();
    });
    incoming.on('error', (error: Error) => this.packets.push({ cmd: 'unreadable', error: error.message } as unknown as Packet));
    this.#socket = openSocket({ port, host: '127.0.0.1' });
    this.#socket.on('data', (chunk) => incoming.parse(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  /** Sends packets in one write; bytes go as they are. */
  send(...packets: (Packet | Uint8Array)[]): void {
    this.#socket.write(Buffer.concat(packets.map((packet) => (packet instanceof Uint8Array ? packet : this.encode(packet)))));
  }

  encode(packet: Packet): Buffer {
    return generate(packet, { protocolVersion: this.#version });
  }

  /** Waits until that many packets have come, or the connection is closed. */
  async got(count: number): Promise<Packet[]> {
    while (this.packets.length < count && !this.isClosed) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.packets;
  }

  async closed(): Promise<Packet[]> {
    while (!this.isClosed) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.packets;
  }

  /** Waits for the answer to a ping: then everything sent before it was read. */
  async ping(): Promise<void> {
    const before = this.packets.length;
    this.send({ cmd: 'pingreq' });
    let at = before;
    while (!this.isClosed && !this.packets.slice(before).some((packet) => packet.cmd === 'pingresp'))
      await this.got((at = Math.max(at, this.packets.length) + 1));
    const pong = this.packets.findIndex((packet, place) => place >= before && packet.cmd === 'pingresp');
    if (pong >= 0) this.packets.splice(pong, 1);
  }

  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** An endpoint on a free port with its gateway and clock; `await using` closes it. */
export async function startEndpoint(options: { isKaaEnabled?: boolean; isKaaRelaxed?: boolean; limits?: Partial<MqttLimits> } = {}) {
  const gateway = new TestGateway();
  const clock = new TestClock();
  const { isKaaEnabled = false, isKaaRelaxed, limits = {} } = options;
  const transport = new MqttTransport({ gateway, host: '127.0.0.1', port: 0, clock, log: silentLog, isKaaEnabled, isKaaRelaxed, limits });
  const port = await transport.listen();
  const clients: RawClient[] = [];
  const open = (version = 4): RawClient => {
    const client = new RawClient(port, version);
    clients.push(client);
    return client;
  };
  return {
    gateway,
    clock,
    transport,
    port,
    open,
    /** A client with a session; by default that of device `a`. */
    async connect(version: 3 | 4 | 5 = 4, fields: Partial<IConnectPacket> = { username: 'A1' }): Promise<RawClient> {
      const client = open(version);
      client.send(connectPacket(version, fields));
      await client.got(1);
      client.packets.length = 0;
      return client;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      for (const client of clients) client.destroy();
      await transport.close();
    },
  };
}

export function connectPacket(version: 3 | 4 | 5, fields: Partial<IConnectPacket>): IConnectPacket {
  const protocolId = version === 3 ? 'MQIsdp' : 'MQTT';
  return { cmd: 'connect', clientId: 'x', clean: true, keepalive: 0, protocolVersion: version, protocolId, ...fields };
}

/** A PUBLISH; QoS 1 where it has an id. */
export function publishPacket(messageId: number, payload: string, topic = 'v1/devices/me/telemetry', properties = {}): Packet {
  const common = { cmd: 'publish', topic, payload, dup: false, retain: false, properties } as const;
  return messageId === 0 ? { ...common, qos: 0 } : { ...common, qos: 1, messageId };
}
