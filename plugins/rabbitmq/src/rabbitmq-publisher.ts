import type { Delivery, OpenContext } from '@fieldline/plugin-sdk';
import { within } from '@fieldline/plugin-sdk';
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { connect } from 'amqplib';
import { rabbitmqErrors } from './errors.js';
import { CLOSE_MS_MAX, CONFIRM_MS_MAX, CONNECT_MS_MAX, CONNECT_MS_MIN, HEARTBEAT_S } from './limits.js';
import { type AmqpProperties, messageProperties } from './message-properties.js';
import type { Publication, Publisher } from './publication.js';
import type { RabbitmqSettings } from './rabbitmq-settings.js';

/** Connects to the broker, at the address that the network service gives, and signs in. */
export async function openPublisher(context: OpenContext<RabbitmqSettings, 'network'>): Promise<Publisher> {
  const { config, network, nodeName, signal } = context;
  const { host, port, username, password, messageProperties: properties } = config;
  const { address } = await network.reach(host, port);
  const limitMs = Math.min(CONNECT_MS_MAX, Math.max(CONNECT_MS_MIN, config.connectionTimeout || CONNECT_MS_MAX));
  const handshakeMs = Math.min(CONNECT_MS_MAX, config.handshakeTimeout || CONNECT_MS_MAX);
  const connecting = connect(
    // The client decodes the virtual host as if it stood in a URL.
    { protocol: 'amqp', hostname: address, port, username, password, vhost: encodeURIComponent(config.virtualHost), heartbeat: HEARTBEAT_S },
    { timeout: limitMs, noDelay: true, clientProperties: { connection_name: nodeName, ...config.clientProperties } },
  );
  try {
    const model = await within(connecting, limitMs + handshakeMs, () => new Error('The broker did not answer in time.'), signal);
    return new RabbitmqPublisher(model, properties === null || properties === undefined ? {} : messageProperties[properties], (reason) =>
      context.lost(reason),
    );
  } catch (error) {
    // A connection that comes too late is not wanted any more.
    connecting.then((model) => model.close()).catch(() => undefined);
    throw error;
  }
}

/**
 * Publishes batches one after the other on a confirm channel. An exchange that does not exist closes the channel, and with it all
 * that is unconfirmed; so each exchange of a batch has its turn alone, and the next one gets a new channel.
 */
export class RabbitmqPublisher implements Publisher {
  readonly #model: ChannelModel;
  readonly #properties: AmqpProperties;
  readonly #lost: (reason: Error) => void;
  #channel: ConfirmChannel | undefined;
  #refusal: Error | undefined;
  /** Why the connection is gone, or given up. */
  #gone: Error | undefined;
  #isLost = false;
  #isClosed = false;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(model: ChannelModel, properties: AmqpProperties, lost: (reason: Error) => void) {
    this.#model = model;
    this.#properties = properties;
    this.#lost = lost;
    model.on('error', (error) => (this.#gone ??= error));
    model.on('close', (error) => {
      this.#isClosed = true;
      this.#gone ??= error ?? new Error('The connection was closed.');
      this.#away(this.#gone);
    });
  }

  async publish(publications: readonly Publication[]): Promise<readonly Delivery[]> {
    // One batch at a time, also where several ways lead to the node: what is on the way to the broker stays bounded.
    const publishing = this.#underWay.then(() => this.#publish(publications));
    this.#underWay = publishing.catch(() => undefined);
    return await publishing;
  }

  async close(): Promise<void> {
    const closing = this.#underWay.then(() => (this.#isClosed ? undefined : this.#model.close()));
    await within(closing, CLOSE_MS_MAX, () => new Error('late')).catch(() => undefined);
  }

  async #publish(publications: readonly Publication[]): Promise<readonly Delivery[]> {
    const deliveries = new Map<Publication, Delivery>();
    for (const [exchange, group] of Map.groupBy(publications, (one) => one.exchange)) {
      for (const [place, delivery] of (await this.#publishTo(exchange, group)).entries()) deliveries.set(group[place] as Publication, delivery);
    }
    return publications.map((one) => deliveries.get(one) as Delivery);
  }

  /** What was not confirmed in time may be on its way for ever: the connection is given up, so that nothing piles up in it. */
  async #publishTo(exchange: string, group: readonly Publication[]): Promise<readonly Delivery[]> {
    const confirmed = new Array<Delivery | undefined>(group.length);
    try {
      const channel = await within(this.#open(), CONFIRM_MS_MAX, late);
      const all = group.map(async (one, place) => (confirmed[place] = await this.#confirmed(channel, one)));
      return await within(Promise.all(all), CONFIRM_MS_MAX, late);
    } catch (error) {
      this.#away(error as Error);
      return Array.from(confirmed, (delivery) => delivery ?? notSent(exchange, error as Error));
    }
  }

  async #open(): Promise<ConfirmChannel> {
    if (this.#gone !== undefined) throw this.#gone;
    if (this.#channel !== undefined) return this.#channel;
    const channel = await this.#model.createConfirmChannel();
    this.#refusal = undefined;
    // The broker closes a channel with the reason why it refuses what was sent on it.
    channel.on('error', (error) => (this.#refusal = error));
    channel.on('close', () => {
      if (this.#channel === channel) this.#channel = undefined;
    });
    this.#channel = channel;
    return channel;
  }

  async #confirmed(channel: ConfirmChannel, { exchange, routingKey, text, messageId }: Publication): Promise<Delivery> {
    const error = await new Promise<Error | undefined>((resolve) => {
      const settle = (failure: Error | null | undefined): void => resolve(failure ?? undefined);
      try {
        channel.publish(exchange, routingKey, Buffer.from(text), { ...this.#properties, messageId }, settle);
      } catch (failure) {
        // The channel closed while the batch was being written.
        settle(failure as Error);
      }
    });
    if (error === undefined) return { isSent: true };
    // The client lets go of channels before it says that the connection is gone; here it has said so.
    return this.#gone === undefined ? refused(exchange, this.#refusal ?? error) : notSent(exchange, this.#gone);
  }

  #away(reason: Error): void {
    this.#channel = undefined;
    if (this.#isLost) return;
    this.#isLost = true;
    this.#gone ??= reason;
    this.#lost(this.#gone);
  }
}

function notSent(exchange: string, { message: reason }: Error): Delivery {
  return { isSent: false, error: rabbitmqErrors.NOT_SENT({ exchange, reason }), isAway: true };
}

function refused(exchange: string, { message: reason }: Error): Delivery {
  return { isSent: false, error: rabbitmqErrors.REFUSED({ exchange, reason }), isAway: false };
}

const late = (): Error => new Error(`There was no confirmation within ${CONFIRM_MS_MAX} ms.`);
