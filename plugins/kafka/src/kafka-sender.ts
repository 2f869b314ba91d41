import type { Delivery, OpenContext } from '@fieldline/plugin-sdk';
import { within } from '@fieldline/plugin-sdk';
import type { MessageToProduce } from '@platformatic/kafka';
import { compatibilityPartitioner } from '@platformatic/kafka';
import { clientProperties } from './client-properties.js';
import { GuardedProducer } from './guarded-producer.js';
import type { KafkaSettings } from './kafka-settings.js';
import { CLOSE_MS_MAX, RECORD_OVERHEAD_BYTES, RETRIES_MAX, RETRIES_MIN } from './limits.js';
import type { OutgoingRecord, RecordSender } from './record.js';
import { notSent, partitionsOf, reasonOf, verdictsOf } from './produce-result.js';
import { serversOf } from './servers.js';

type Produced = MessageToProduce & { readonly topic: string; readonly partition: number };
/** A record on its way, and its place in the batch it came in. */
interface Placed {
  readonly place: number;
  readonly bytes: number;
  readonly produced: Produced;
}

interface SenderLimits {
  /** -1 all replicas, 1 the leading one, 0 nobody. To be said with each send: the client takes it for the whole producer and forgets it. */
  readonly acks: number;
  readonly deliveryMs: number;
  readonly requestBytesMax: number;
  /** Batches smaller than `lingerBytes` wait that long for more to gather behind them. */
  readonly lingerMs: number;
  readonly lingerBytes: number;
}

/** Connects to the cluster and returns when one of its servers has answered. */
export async function openSender(context: OpenContext<KafkaSettings, 'network' | 'log'>): Promise<RecordSender> {
  const { config, nodeId, network, signal } = context;
  const properties = clientProperties(config.otherProperties);
  const { tls, sasl } = properties;
  const acks = config.acks === 'all' ? -1 : Number(config.acks);
  const isIdempotent = properties.isIdempotent && acks === -1;
  const producer = new GuardedProducer(
    {
      clientId: properties.clientId ?? `fieldline-${nodeId}`,
      idempotent: isIdempotent,
      retries: Math.min(RETRIES_MAX, Math.max(isIdempotent ? RETRIES_MIN : 0, config.retries)),
      retryDelay: properties.retryPauseMs,
      timeout: properties.requestMs,
      requestTimeout: properties.requestMs,
      connectTimeout: properties.connectMs,
      metadataMaxAge: properties.metadataAgeMs,
      autocreateTopics: true,
      compression: properties.compression,
      ...(tls === undefined ? {} : { tls: { ...defined(tls), ...(tls.checksHost ? {} : { checkServerIdentity: () => undefined }) } }),
      ...(sasl === undefined ? {} : { sasl }),
    },
    serversOf(config.bootstrapServers),
    network,
  );
  try {
    await within(producer.metadata({ topics: [] }), properties.deliveryMs, () => new Error('No server answered in time.'), signal);
  } catch (error) {
    await producer.close().catch(() => undefined);
    throw new Error(reasonOf(error), { cause: error });
  }
  const requestBytesMax = Math.max(1, Math.min(properties.requestBytesMax, config.bufferMemory === 0 ? Infinity : config.bufferMemory));
  return new KafkaSender(producer, { ...properties, acks, requestBytesMax, lingerMs: config.linger, lingerBytes: config.batchSize }, (reason) =>
    context.lost(reason),
  );
}

/**
 * Sends batches one after the other, each in requests of bounded size. When the brokers go away, the rest of the batch is not
 * tried, so that records of one key keep their order, and the connection is given up: the next one starts without its past.
 */
export class KafkaSender implements RecordSender {
  readonly #producer: GuardedProducer;
  readonly #limits: SenderLimits;
  readonly #lost: (reason: Error) => void;
  #underWay: Promise<unknown> = Promise.resolve();
  /** Records without a key go to one partition a batch, in turn. */
  #turn = 0;

  constructor(producer: GuardedProducer, limits: SenderLimits, lost: (reason: Error) => void) {
    this.#producer = producer;
    this.#limits = limits;
    this.#lost = lost;
  }

  async send(records: readonly OutgoingRecord[]): Promise<readonly Delivery[]> {
    // One batch at a time, also where several ways lead to the node: what is on the way to the brokers stays bounded.
    const sending = this.#underWay.then(() => this.#send(records));
    this.#underWay = sending.catch(() => undefined);
    return await sending;
  }

  async close(): Promise<void> {
    // What is under way settles by itself; beyond the limit nobody hears of it any more.
    await within(this.#underWay, CLOSE_MS_MAX, () => new Error('late')).catch(() => undefined);
    await this.#producer.close();
  }

  async #send(records: readonly OutgoingRecord[]): Promise<readonly Delivery[]> {
    const deliveries = new Array<Delivery>(records.length);
    const placed = await this.#place(records, deliveries);
    await this.#linger(placed);
    let away = awayIn(deliveries);
    for (const request of this.#requests(placed)) {
      if (away === undefined) away = await this.#produce(request, deliveries);
      else for (const { place, produced } of request) deliveries[place] = notSent(produced.topic, away);
    }
    if (away !== undefined) this.#lost(away);
    return deliveries;
  }

  /** Finds the partition of each record. Records of a topic that is not to be had get their delivery here. */
  async #place(records: readonly OutgoingRecord[], deliveries: Delivery[]): Promise<readonly Placed[]> {
    const topics = new Map(records.map(({ topic }) => [topic, partitionsOf(this.#producer, topic, this.#limits.deliveryMs)]));
    const placed: Placed[] = [];
    this.#turn += 1;
    for (const [place, record] of records.entries()) {
      const { topic } = record;
      const found = (await topics.get(topic)) ?? 0;
      if (typeof found !== 'number') {
        deliveries[place] = found;
        continue;
      }
      const key = record.key === undefined ? undefined : Buffer.from(record.key);
      const value = Buffer.from(record.value);
      const headers = new Map(record.headers.map(([name, text]) => [Buffer.from(name), Buffer.from(text)]));
      // The hash of Kafka's own clients, so that a key is in the partition where others look for it.
      const partition = (key === undefined ? this.#turn : compatibilityPartitioner(undefined as never, key)) % found;
      const size = value.length + (key?.length ?? 0) + record.headers.reduce((sum, [name, text]) => sum + name.length * 3 + text.length, 0);
      placed.push({
        place,
        bytes: size + RECORD_OVERHEAD_BYTES,
        produced: { topic, partition, value, headers, ...(key === undefined ? {} : { key }) },
      });
    }
    return placed;
  }

  async #linger(placed: readonly Placed[]): Promise<void> {
    const { lingerMs, lingerBytes } = this.#limits;
    const bytes = placed.reduce((sum, one) => sum + one.bytes, 0);
    if (lingerMs === 0 || bytes === 0 || bytes >= lingerBytes) return;
    await within(new Promise<never>(() => undefined), lingerMs, () => new Error('over')).catch(() => undefined);
  }

  *#requests(placed: readonly Placed[]): Generator<readonly Placed[]> {
    let request: Placed[] = [];
    let bytes = 0;
    for (const one of placed) {
      if (request.length > 0 && bytes + one.bytes > this.#limits.requestBytesMax) {
        yield request;
        [request, bytes] = [[], 0];
      }
      request.push(one);
      bytes += one.bytes;
    }
    if (request.length > 0) yield request;
  }

  /** Sends one request and notes what became of each record. @returns why the brokers are away, if they are */
  async #produce(request: readonly Placed[], deliveries: Delivery[]): Promise<Error | undefined> {
    const verdicts = await this.#verdicts(request);
    const seen = new Map<string, number>();
    const single: Placed[] = [];
    let away: Error | undefined;
    for (const one of request) {
      const { topic, partition } = one.produced;
      const verdict = verdicts(topic, partition);
      if ('baseOffset' in verdict) {
        const before = seen.get(`${topic}:${partition}`) ?? 0;
        seen.set(`${topic}:${partition}`, before + 1);
        const offset = verdict.baseOffset < 0n ? verdict.baseOffset : verdict.baseOffset + BigInt(before);
        deliveries[one.place] = { isSent: true, metadata: { offset: String(offset), partition: String(partition), topic } };
        continue;
      }
      const { delivery } = verdict;
      deliveries[one.place] = delivery;
      if (verdict.isTooLarge && request.length > 1) single.push(one);
      if (!delivery.isSent && delivery.isAway) away = delivery.error;
    }
    // Records that are too large together may be small enough one by one.
    for (const one of single) away ??= await this.#produce([one], deliveries);
    return away;
  }

  async #verdicts(request: readonly Placed[]): Promise<ReturnType<typeof verdictsOf>> {
    const { acks, deliveryMs } = this.#limits;
    try {
      const sending = this.#producer.send({ messages: request.map(({ produced }) => ({ ...produced })), acks });
      return verdictsOf({ result: await within(sending, deliveryMs, () => new Error(`There was no confirmation within ${deliveryMs} ms.`)) });
    } catch (error) {
      return verdictsOf({ error: error as Error });
    }
  }
}

/** Why a record could not even find its partition, where that is because the brokers are away. */
function awayIn(deliveries: readonly (Delivery | undefined)[]): Error | undefined {
  for (const delivery of deliveries) if (delivery?.isSent === false && delivery.isAway) return delivery.error;
  return undefined;
}

const defined = <T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
