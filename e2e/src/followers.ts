// Independent consumers of what rule chains forward: Kafka's own client for Java, and a plain client of RabbitMQ. Both go on by
// themselves when their broker was away.
import { connect } from 'amqplib';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const follower = fileURLToPath(new URL('topic-follower.java', import.meta.url));
const RECONNECT_MS = 200;
const PREFETCH = 500;

/** One reading as a consumer got it. */
export interface Received {
  /** What readings of one device should share: the partition of the topic. */
  readonly partition: string;
  readonly device: string;
  readonly n: number;
}

export interface Follower {
  readonly received: readonly Received[];
  stop(): Promise<void>;
}

/** Follows a topic, which is made where it is not there. Its records are keyed by the device. */
export async function followTopic(given: { readonly brokers: string; readonly jars: string; readonly topic: string }): Promise<Follower> {
  const received: Received[] = [];
  const java = ['-Xmx128m', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=off', '-cp', `${given.jars}/*`];
  const child = spawn('java', [...java, follower, given.brokers, given.topic], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let rest = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', () => reject(new Error('the consumer of Kafka ended')));
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === 'following') resolve();
        else received.push(recordOf(line));
      }
    });
  });
  return { received, stop: () => kill(child, ended) };
}

async function kill(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

function recordOf(line: string): Received {
  const [partition = '', device = '', value = ''] = line.split('\t');
  return { partition, device, n: (JSON.parse(value) as { n: number }).n };
}

/** Follows a durable queue, which is made where it is not there. Its messages name their device. */
export async function followQueue(url: string, queue: string): Promise<Follower> {
  const received: Received[] = [];
  let isStopped = false;
  let close = (): Promise<void> => Promise.resolve();
  const open = async (): Promise<void> => {
    const model = await connect(url);
    model.on('error', () => undefined);
    model.on('close', () => void (isStopped ? undefined : reopen()));
    close = () => model.close();
    const channel = await model.createChannel();
    channel.on('error', () => undefined);
    await channel.assertQueue(queue, { durable: true });
    await channel.prefetch(PREFETCH);
    await channel.consume(queue, (message) => {
      if (message === null) return;
      const { device, n } = JSON.parse(message.content.toString()) as { device: string; n: number };
      received.push({ partition: '', device, n });
      channel.ack(message);
    });
  };
  const reopen = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    if (!isStopped) await open().catch(reopen);
  };
  await open();
  return {
    received,
    async stop() {
      isStopped = true;
      await close().catch(() => undefined);
    },
  };
}
