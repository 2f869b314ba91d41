import { Connection } from './connection.fixture.js';

// As much of AMQP 0-9-1 as a durable queue needs: frames are type, channel, length, payload and an end mark.
const FRAME_END = 0xce;
const frame = { method: 1, header: 2, body: 3 } as const;
const PERSISTENT = 2;
const CHANNELS_MAX = 1;
const FRAME_BYTES_MAX = 4096;

const short = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const long = (value: number): Buffer => Buffer.concat([short(value >>> 16), short(value & 0xffff)]);
const shortText = (text: string): Buffer => Buffer.from([text.length, ...Buffer.from(text)]);
const longText = (text: string): Buffer => Buffer.concat([long(text.length), Buffer.from(text)]);

/** A connection of the user guest with one channel that confirms what is published. */
export class AmqpChannel {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(port: number): Promise<AmqpChannel> {
    const connection = await Connection.open(port);
    const channel = new AmqpChannel(connection);
    connection.write('AMQP\0\0\u0009\u0001');
    await channel.#method(10, 10);
    channel.#send(0, 10, 11, long(0), shortText('PLAIN'), longText('\0guest\0guest'), shortText('en_US'));
    await channel.#method(10, 30);
    channel.#send(0, 10, 31, short(CHANNELS_MAX), long(FRAME_BYTES_MAX), short(0));
    channel.#send(0, 10, 40, shortText('/'), shortText(''), Buffer.from([0]));
    await channel.#method(10, 41);
    channel.#send(1, 20, 10, shortText(''));
    await channel.#method(20, 11);
    channel.#send(1, 85, 10, Buffer.from([0]));
    await channel.#method(85, 11);
    return channel;
  }

  /** Declares a durable queue, and gives how many messages are in it. */
  async declare(queue: string): Promise<number> {
    const durable = 2;
    this.#send(1, 50, 10, short(0), shortText(queue), Buffer.from([durable]), long(0));
    const payload = await this.#method(50, 11);
    return payload.readUInt32BE(5 + queue.length);
  }

  /** Publishes a persistent message to a queue, and waits until the broker has it on disk. */
  async publish(queue: string, text: string): Promise<void> {
    const body = Buffer.from(text);
    this.#send(1, 60, 40, short(0), shortText(''), shortText(queue), Buffer.from([0]));
    const hasDeliveryMode = 0x1000;
    this.#frame(frame.header, 1, Buffer.concat([short(60), short(0), long(0), long(body.length), short(hasDeliveryMode), Buffer.from([PERSISTENT])]));
    this.#frame(frame.body, 1, body);
    await this.#method(60, 80);
  }

  close(): void {
    this.#connection.close();
  }

  #send(channel: number, classId: number, methodId: number, ...fields: Buffer[]): void {
    this.#frame(frame.method, channel, Buffer.concat([short(classId), short(methodId), ...fields]));
  }

  #frame(type: number, channel: number, payload: Buffer): void {
    this.#connection.write(Buffer.concat([Buffer.from([type]), short(channel), long(payload.length), payload, Buffer.from([FRAME_END])]));
  }

  /** The payload of the next frame, which must be this method. */
  async #method(classId: number, methodId: number): Promise<Buffer> {
    const header = await this.#connection.take(7);
    const payload = await this.#connection.take(header.readUInt32BE(3) + 1);
    const [gotClass, gotMethod] = [payload.readUInt16BE(0), payload.readUInt16BE(2)];
    if (gotClass !== classId || gotMethod !== methodId) throw new Error(`RabbitMQ sent ${gotClass}.${gotMethod}: ${String(payload)}`);
    return payload;
  }
}
