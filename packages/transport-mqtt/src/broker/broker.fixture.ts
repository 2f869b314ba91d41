import { uuidV7Source, problemOf, silentLog, type Problem } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import {
  deviceErrors,
  type BrokerChange,
  type BrokerGateway,
  type BrokerLogin,
  type BrokerMessage,
  type BrokerPeer,
  type BrokerRecord,
  type BrokerStore,
} from '@fieldline/ports';
import { connect as connectClient, type IClientOptions, type MqttClient } from 'mqtt';
import { TestClock } from '../endpoint.fixture.js';
import type { BrokerLimits } from './limits.js';
import { MqttBroker } from './mqtt-broker.js';

// What the tests of the broker share: a gateway that knows tenants by user name, a store in memory, clients that others wrote.

/** User names are `tenant` or `tenant:principal`; `wrong` is refused. */
export class TestBrokerGateway implements BrokerGateway {
  readonly accepted: string[] = [];
  readonly closedPeers: BrokerPeer[] = [];
  readonly peers: BrokerPeer[] = [];
  /** Decides about each message that comes in. */
  judge: (message: BrokerMessage) => Promise<void> = () => Promise.resolve();
  #revoked: (peer: BrokerPeer) => void = () => undefined;
  #removed: (tenantId: TenantId) => void = () => undefined;

  authenticate({ userName = 'wrong' }: BrokerLogin): Promise<BrokerPeer | Problem> {
    const [tenantId = '', principalId = 'p'] = userName.split(':');
    if (tenantId === 'wrong') return Promise.resolve(problemOf(deviceErrors.UNKNOWN()));
    const peer = { tenantId: tenantId as TenantId, principalId };
    this.peers.push(peer);
    return Promise.resolve(peer);
  }

  closed(peer: BrokerPeer): void {
    this.closedPeers.push(peer);
  }

  onRevoked(listener: (peer: BrokerPeer) => void): void {
    this.#revoked = listener;
  }

  onTenantRemoved(listener: (tenantId: TenantId) => void): void {
    this.#removed = listener;
  }

  accept(message: BrokerMessage): Promise<void> {
    this.accepted.push(`${message.tenantId} ${message.topic} ${Buffer.from(message.payload).toString()}`);
    return this.judge(message);
  }

  revoke(peer: BrokerPeer): void {
    this.#revoked(peer);
  }

  removeTenant(tenantId: string): void {
    this.#removed(tenantId as TenantId);
  }
}

/** Keeps records as JSON would, each write a turn of the event loop later. */
export class TestBrokerStore implements BrokerStore {
  readonly records = new Map<string, BrokerRecord>();
  /** Set to let writes fail. */
  failure: Error | undefined;
  /** Awaited before each write. */
  beforeWrite: () => Promise<void> = () => new Promise((resolve) => void setImmediate(resolve));
  #writing: Promise<void> = Promise.resolve();

  load(): Promise<readonly BrokerRecord[]> {
    return Promise.resolve([...this.records.values()]);
  }

  write(changes: readonly BrokerChange[]): Promise<void> {
    const written = this.#writing.then(async () => {
      await this.beforeWrite();
      if (this.failure !== undefined) throw this.failure;
      for (const change of changes) {
        if (change.change === 'put') this.records.set(change.record.id, change.record);
        else this.records.delete(change.id);
      }
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

/** A client that keeps what it gets, in order. */
export interface ReadingClient {
  readonly mqtt: MqttClient;
  readonly got: string[];
}

/** A broker on a free port; `await using` closes it. Give it the store of another to see what a restart keeps. */
export async function startBroker(options: { limits?: Partial<BrokerLimits>; store?: TestBrokerStore; clock?: TestClock; port?: number } = {}) {
  const gateway = new TestBrokerGateway();
  const { store = new TestBrokerStore(), clock = new TestClock(), limits = {} } = options;
  const ids = uuidV7Source(
    () => clock.nowMs(),
    (into) => void globalThis.crypto.getRandomValues(into),
  );
  const broker = new MqttBroker({ gateway, store, host: '127.0.0.1', port: options.port ?? 0, clock, ids, log: silentLog, limits });
  const port = await broker.listen();
  const clients: MqttClient[] = [];
  const connect = async (username: string, more: IClientOptions = {}): Promise<ReadingClient> => {
    const got: string[] = [];
    const settings: IClientOptions = { host: '127.0.0.1', port, reconnectPeriod: 0, protocolVersion: 4, username, ...more };
    const mqtt = connectClient(settings);
    clients.push(mqtt);
    mqtt.on('message', (topic, payload, packet) => got.push(`${topic} ${payload.toString()} q${packet.qos}${packet.retain ? ' retained' : ''}`));
    // Listening before the answer comes: messages that waited may lie right behind it.
    await new Promise<void>((resolve, reject) => {
      mqtt.once('connect', () => resolve());
      mqtt.once('error', reject);
      mqtt.once('close', () => reject(new Error('closed')));
    });
    return { mqtt, got };
  };
  return {
    gateway,
    store,
    clock,
    broker,
    port,
    connect,
    async [Symbol.asyncDispose](): Promise<void> {
      for (const client of clients) client.end(true);
      await broker.close();
    },
  };
}
