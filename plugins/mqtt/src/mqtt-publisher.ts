import type { Delivery, OpenContext } from '@fieldline/plugin-sdk';
import { tlsOf, within } from '@fieldline/plugin-sdk';
import type { IClientOptions, MqttClient } from 'mqtt';
import { connect } from 'mqtt';
import { clientIdOf } from './client-id.js';
import { mqttNodeErrors } from './errors.js';
import { CLOSE_MS_MAX, CONFIRM_MS_MAX, IN_FLIGHT_MAX, KEEPALIVE_S, PACKET_OVERHEAD_BYTES } from './limits.js';
import type { MqttSettings } from './mqtt-settings.js';
import type { Publication, Publisher } from './publication.js';

const protocols = {
  MQTT_3_1: { protocolId: 'MQIsdp', protocolVersion: 3 },
  MQTT_3_1_1: { protocolId: 'MQTT', protocolVersion: 4 },
  MQTT_5: { protocolId: 'MQTT', protocolVersion: 5 },
} as const;

/** Connects to the broker, at the address that the network service gives, and signs in. */
export async function openPublisher(context: OpenContext<MqttSettings, 'network'>): Promise<Publisher> {
  const { config, network, signal } = context;
  const { address } = await network.reach(config.host, config.port);
  const limitMs = config.connectTimeoutSec * 1_000;
  const clientId = clientIdOf(config, () => context.random());
  const client = connect({ ...optionsOf(config, clientId), host: address, connectTimeout: limitMs });
  try {
    const limits = await within(signedIn(client), limitMs, () => new Error('The broker did not answer in time.'), signal);
    return new MqttPublisher(client, limits, (reason) => context.lost(reason));
  } catch (error) {
    client.on('error', () => undefined);
    client.end(true);
    throw error;
  }
}

function optionsOf({ host, port, ssl, cleanSession, protocolVersion, credentials }: MqttSettings, clientId: string): IClientOptions {
  const { ca, cert, key, passphrase } = tlsOf(credentials) ?? {};
  const login = credentials.type === 'basic' ? credentials : undefined;
  const defined = Object.entries({ ca, cert, key, passphrase, username: login?.username, password: login?.password });
  return {
    ...protocols[protocolVersion],
    protocol: ssl ? 'mqtts' : 'mqtt',
    // The name that the certificate must have; an address is checked as it is.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    port,
    clientId,
    clean: cleanSession,
    keepalive: KEEPALIVE_S,
    // The engine opens the connection again; the client would keep what is unconfirmed, without a bound.
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    ...Object.fromEntries(defined.filter(([, value]) => value !== undefined && value !== null)),
  };
}

/** What a broker takes; only those of MQTT 5 say. Whoever sends more is disconnected. */
interface BrokerLimits {
  /** Messages that may be unconfirmed at once. */
  readonly inFlightMax: number;
  readonly packetBytesMax: number;
}

function signedIn(client: MqttClient): Promise<BrokerLimits> {
  return new Promise((resolve, reject) => {
    client.once('connect', ({ properties: { receiveMaximum = IN_FLIGHT_MAX, maximumPacketSize = Infinity } = {} }) =>
      resolve({ inFlightMax: Math.min(IN_FLIGHT_MAX, receiveMaximum), packetBytesMax: maximumPacketSize }),
    );
    client.once('error', reject);
    client.once('close', () => reject(new Error('The broker closed the connection.')));
  });
}

/** Publishes batches one after the other, each with a bounded number of messages in flight, which start in order. */
export class MqttPublisher implements Publisher {
  readonly #client: MqttClient;
  readonly #limits: BrokerLimits;
  readonly #lost: (reason: Error) => void;
  /** Called with the reason when the connection ends; the client says nothing about messages that are unconfirmed then. */
  readonly #waiting = new Set<(error: Error) => void>();
  #gone: Error | undefined;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(client: MqttClient, limits: BrokerLimits, lost: (reason: Error) => void) {
    this.#client = client;
    this.#limits = limits;
    this.#lost = lost;
    let reason: Error | undefined;
    client.on('error', (error) => (reason = error));
    client.on('disconnect', ({ reasonCode }) => (reason = new Error(`The broker closed the connection with reason ${reasonCode}.`)));
    client.on('close', () => this.#away(reason ?? new Error('The broker closed the connection.')));
  }

  async publish(publications: readonly Publication[]): Promise<readonly Delivery[]> {
    const publishing = this.#underWay.then(() => this.#publish(publications));
    this.#underWay = publishing.catch(() => undefined);
    return await publishing;
  }

  async close(): Promise<void> {
    await within(this.#underWay, CLOSE_MS_MAX, () => new Error('late')).catch(() => undefined);
    const isGone = this.#gone !== undefined;
    this.#gone ??= new Error('The node has stopped.');
    await within(this.#client.endAsync(isGone), CLOSE_MS_MAX, () => new Error('late')).catch(() => this.#client.end(true));
  }

  async #publish(publications: readonly Publication[]): Promise<readonly Delivery[]> {
    const deliveries = new Array<Delivery | undefined>(publications.length);
    const waiting = publications.entries();
    const one = async (): Promise<void> => {
      for (const [place, publication] of waiting) deliveries[place] = await this.#confirmed(publication);
    };
    const all = Promise.all(Array.from({ length: this.#limits.inFlightMax }, one));
    try {
      await within(all, CONFIRM_MS_MAX, () => new Error(`There was no confirmation within ${CONFIRM_MS_MAX} ms.`));
    } catch (error) {
      // What was not confirmed may be on its way for ever: the connection is given up, so that nothing piles up in it.
      this.#away(error as Error);
      await all;
    }
    return deliveries as readonly Delivery[];
  }

  async #confirmed({ topic, payload, isRetained }: Publication): Promise<Delivery> {
    const bytes = new TextEncoder().encode(topic).length + new TextEncoder().encode(payload).length + PACKET_OVERHEAD_BYTES;
    const { packetBytesMax } = this.#limits;
    if (bytes > packetBytesMax) {
      return { isSent: false, error: mqttNodeErrors.REFUSED({ topic, reason: `it takes at most ${packetBytesMax} bytes` }), isAway: false };
    }
    const error = this.#gone ?? (await this.#failure({ topic, payload, isRetained }));
    if (error === undefined) return { isSent: true };
    const { message: reason } = error;
    // Only a broker that refuses a message gives its reason as a code.
    const isAway = this.#gone !== undefined || !('code' in error && typeof error.code === 'number');
    const problem = isAway ? mqttNodeErrors.NOT_SENT({ topic, reason }) : mqttNodeErrors.REFUSED({ topic, reason });
    return { isSent: false, error: problem, isAway };
  }

  #failure({ topic, payload, isRetained }: Publication): Promise<Error | undefined> {
    return new Promise((resolve) => {
      const settle = (error?: Error | null): void => {
        this.#waiting.delete(settle);
        resolve(error ?? undefined);
      };
      this.#waiting.add(settle);
      this.#client.publish(topic, payload, { qos: 1, retain: isRetained }, settle);
    });
  }

  #away(reason: Error): void {
    if (this.#gone !== undefined) return;
    this.#gone = reason;
    for (const settle of this.#waiting) settle(reason);
    this.#lost(reason);
  }
}
