// Load generator of the broker benchmark, run as a process of its own: pairs of a publisher and a subscriber, each with a topic of
// its own. It speaks just enough MQTT 3.1.1 for that, so that it costs less than what it measures.
// Input: one JSON line of PairsPlan on standard input. Output: one JSON line of PairsResult.
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface PairsPlan {
  readonly port: number;
  /** User name of both sides of each pair. */
  readonly users: readonly string[];
  readonly qos: 0 | 1;
  /** Messages of a pair that are on their way at once. */
  readonly inFlight: number;
  readonly seconds: number;
}

export interface PairsResult {
  /** Messages a second that reached their subscriber. */
  readonly delivered: number;
  readonly perSecond: number;
  /** Messages that neither came nor, with QoS 1, were acknowledged soon after the end. */
  readonly lost: number;
}

const PAYLOAD = Buffer.from('{"temperature":21.5000,"humidity":40.10000,"pressure":1013.200}');
const SETTLE_MS = 2_000;
const CONNACK_BYTES = 4;
const SUBACK_BYTES = 5;
const PUBACK_BYTES = 4;

const lengthPrefixed = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
/** All packets here are shorter than 128 bytes, so their length takes one byte. */
const packet = (head: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([head, body.length]), body]);
};
const connectPacket = (id: string, user: string): Buffer => {
  const head = Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0x82, 0, 0]);
  return packet(0x10, head, lengthPrefixed(Buffer.from(id)), lengthPrefixed(Buffer.from(user)));
};

/** A connection after CONNACK. */
async function open(port: number, id: string, user: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const answered = answer(socket, CONNACK_BYTES);
  socket.write(connectPacket(id, user));
  const connack = await answered;
  if (connack[0] !== 0x20 || connack[3] !== 0) throw new Error(`connection refused with code ${connack[3]}`);
  return socket;
}

/** The next packet, of which the length is known; it may come in pieces. */
const answer = (socket: Socket, length: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', function take(chunk: Buffer) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < length) return;
      socket.off('data', take);
      resolve(bytes);
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the broker closed a connection')));
  });

class Pair {
  sent = 0;
  delivered = 0;
  acknowledged = 0;
  isStopping = false;
  readonly #plan: PairsPlan;
  readonly #publisher: Socket;
  readonly #subscriber: Socket;
  readonly #packet: Buffer;
  readonly #idAt: number;
  #ackBytes = 0;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(plan: PairsPlan, topic: string, publisher: Socket, subscriber: Socket) {
    this.#plan = plan;
    this.#publisher = publisher;
    this.#subscriber = subscriber;
    const name = lengthPrefixed(Buffer.from(topic));
    const id = plan.qos === 0 ? Buffer.alloc(0) : Buffer.from([0, 0]);
    this.#packet = packet(plan.qos === 0 ? 0x30 : 0x32, name, id, PAYLOAD);
    this.#idAt = 2 + name.length;
    publisher.on('data', (chunk) => {
      this.#ackBytes += chunk.length;
      this.acknowledged = Math.floor(this.#ackBytes / PUBACK_BYTES);
    });
    subscriber.on('data', (chunk) => this.#received(chunk));
  }

  static async open(plan: PairsPlan, user: string, n: number): Promise<Pair> {
    const topic = `bench/${n}`;
    const subscriber = await open(plan.port, `sub-${plan.qos}-${n}`, user);
    const subscribed = answer(subscriber, SUBACK_BYTES);
    subscriber.write(packet(0x82, Buffer.from([0, 1]), lengthPrefixed(Buffer.from(topic)), Buffer.from([plan.qos])));
    const suback = await subscribed;
    if (suback[4] !== plan.qos) throw new Error(`subscription refused with code ${suback[4]}`);
    return new Pair(plan, topic, await open(plan.port, `pub-${plan.qos}-${n}`, user), subscriber);
  }

  publish(count: number): void {
    const { length } = this.#packet;
    const out = Buffer.allocUnsafe(length * count);
    for (let i = 0; i < count; i += 1) {
      this.#packet.copy(out, i * length);
      const n = this.sent++;
      if (this.#plan.qos === 1) out.writeUInt16BE((n % 65_535) + 1, i * length + this.#idAt);
    }
    this.#publisher.write(out);
  }

  close(): void {
    this.#publisher.destroy();
    this.#subscriber.destroy();
  }

  /** What the broker sends on is as long as what it was sent. With QoS 1 each packet is acknowledged by its own id. */
  #received(chunk: Buffer): void {
    const { length } = this.#packet;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const count = Math.floor(bytes.length / length);
    this.#rest = bytes.subarray(count * length);
    if (count === 0) return;
    this.delivered += count;
    if (this.#plan.qos === 1) {
      const acks = Buffer.allocUnsafe(PUBACK_BYTES * count);
      for (let i = 0; i < count; i += 1) {
        acks.writeUInt16BE(0x4002, i * PUBACK_BYTES);
        bytes.copy(acks, i * PUBACK_BYTES + 2, i * length + this.#idAt, i * length + this.#idAt + 2);
      }
      this.#subscriber.write(acks);
    }
    if (!this.isStopping) this.publish(count);
  }
}

async function run(plan: PairsPlan): Promise<PairsResult> {
  const pairs: Pair[] = [];
  for (const [n, user] of plan.users.entries()) pairs.push(await Pair.open(plan, user, n));
  const total = (count: (pair: Pair) => number): number => pairs.reduce((sum, pair) => sum + count(pair), 0);
  const startedAt = performance.now();
  for (const pair of pairs) pair.publish(plan.inFlight);
  await new Promise((resolve) => setTimeout(resolve, plan.seconds * 1_000));
  const perSecond = Math.round(total((pair) => pair.delivered) / ((performance.now() - startedAt) / 1_000));
  for (const pair of pairs) pair.isStopping = true;
  const open = (): number => total(({ sent, delivered, acknowledged }) => sent - (plan.qos === 0 ? delivered : Math.min(delivered, acknowledged)));
  const until = performance.now() + SETTLE_MS;
  while (open() > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const pair of pairs) pair.close();
  return { delivered: total((pair) => pair.delivered), perSecond, lost: open() };
}

const plan = JSON.parse(await text(process.stdin)) as PairsPlan;
process.stdout.write(`${JSON.stringify(await run(plan))}\n`);
