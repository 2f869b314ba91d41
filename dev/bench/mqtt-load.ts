// Load generator of the ingest benchmarks, run as a process of its own. It speaks just enough MQTT 3.1.1 to
// connect, publish at QoS 1 from a template and count PUBACKs, so that it costs less than what it measures.
// Input: one JSON line of LoadPlan on standard input. Output: one JSON line of LoadResult.
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface LoadPlan {
  readonly port: number;
  /** One connection for each token. */
  readonly tokens: readonly string[];
  readonly inFlight: number;
  /** Ends after this many acknowledged messages, or after `seconds`. */
  readonly messages: number;
  readonly seconds: number;
  /** Messages a second over all connections; 0 means as many as acknowledgements allow. */
  readonly rate: number;
  /** `plain`: {key: value}; `timed`: {ts, values} with a time of its own for every message, from `startMs`. */
  readonly form: 'plain' | 'timed';
  readonly startMs: number;
  readonly sampleLatency: boolean;
}

export interface LoadResult {
  readonly acknowledged: number;
  readonly seconds: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  readonly cpuSeconds: number;
}

const TOPIC = Buffer.from('v1/devices/me/telemetry');

function connectPacket(token: string): Buffer {
  const id = Buffer.from(`load-${token}`.slice(0, 23));
  const user = Buffer.from(token);
  const body = Buffer.concat([Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0x82, 0, 0]), lengthPrefixed(id), lengthPrefixed(user)]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

function lengthPrefixed(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function template(form: LoadPlan['form']): { packet: Buffer; idAt: number; digitsAt: readonly number[]; tsAt: number } {
  const values = '{"temperature":21.5000,"humidity":40.10000,"pressure":1013.200}';
  const payload = form === 'plain' ? values : `{"ts":1000000000000,"values":${values}}`;
  const body = Buffer.concat([lengthPrefixed(TOPIC), Buffer.from([0, 0]), Buffer.from(payload)]);
  const head = body.length < 128 ? Buffer.from([0x32, body.length]) : Buffer.from([0x32, (body.length & 0x7f) | 0x80, body.length >> 7]);
  const packet = Buffer.concat([head, body]);
  const at = packet.length - payload.length;
  const digit = (key: string, offset: number): number => at + payload.indexOf(key) + offset;
  return {
    packet,
    idAt: head.length + 2 + TOPIC.length,
    // The last three fraction digits of each value change from message to message; the last one is never 0.
    digitsAt: [digit('21.5000', 6), digit('40.10000', 7), digit('1013.200', 7)],
    tsAt: form === 'timed' ? at + payload.indexOf('1000000000000') : -1,
  };
}

class Connection {
  readonly socket: Socket;
  sent = 0;
  acknowledged = 0;
  #bytesOfAck = 0;
  #isOpen = false;
  readonly #sentAt: Float64Array;
  readonly #shape: ReturnType<typeof template>;
  readonly #plan: LoadPlan;

  constructor(
    plan: LoadPlan,
    token: string,
    onOpen: () => void,
    onAcks: (connection: Connection, count: number) => void,
    onLost: (error: Error) => void,
  ) {
    this.#plan = plan;
    this.#shape = template(plan.form);
    this.#sentAt = new Float64Array(plan.sampleLatency ? 65_536 : 0);
    this.socket = connect({ port: plan.port, host: '127.0.0.1', noDelay: true });
    this.socket.on('connect', () => this.socket.write(connectPacket(token)));
    this.socket.on('data', (chunk) => {
      let bytes = chunk.length;
      if (!this.#isOpen) {
        if (chunk[0] !== 0x20 || chunk[3] !== 0) return onLost(new Error(`connection refused with code ${chunk[3]}`));
        this.#isOpen = true;
        bytes -= 4;
        onOpen();
      }
      this.#bytesOfAck += bytes;
      const count = this.#bytesOfAck >> 2;
      this.#bytesOfAck &= 3;
      if (count > 0) {
        this.acknowledged += count;
        onAcks(this, count);
      }
    });
    this.socket.on('error', onLost);
    this.socket.on('close', () => onLost(new Error('the server closed a connection')));
  }

  publish(count: number): void {
    const { packet, idAt, digitsAt, tsAt } = this.#shape;
    const out = Buffer.allocUnsafe(packet.length * count);
    for (let i = 0; i < count; i += 1) {
      const at = i * packet.length;
      packet.copy(out, at);
      const n = this.sent++;
      const id = (n % 65_535) + 1;
      out[at + idAt] = id >> 8;
      out[at + idAt + 1] = id & 0xff;
      for (const digit of digitsAt) {
        out[at + digit] = 0x31 + (n % 9);
        out[at + digit - 1] = 0x30 + (((n / 9) | 0) % 10);
        out[at + digit - 2] = 0x30 + (((n / 90) | 0) % 10);
      }
      if (tsAt >= 0) out.write(String(this.#plan.startMs + n), at + tsAt, 'latin1');
      if (this.#sentAt.length > 0) this.#sentAt[id] = performance.now();
    }
    this.socket.write(out);
  }

  /** When the message that the n-th acknowledgement answers was sent. Acknowledgements come in order. */
  sentAtOf(n: number): number {
    return this.#sentAt[(n % 65_535) + 1] ?? 0;
  }
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const latencies: number[] = [];
  let acknowledged = 0;
  let finish: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let isDone = false;
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const onAcks = (connection: Connection, count: number): void => {
    acknowledged += count;
    if (plan.sampleLatency) {
      const now = performance.now();
      for (let i = 0; i < count; i += 1) latencies.push(now - connection.sentAtOf(connection.acknowledged - count + i));
    }
    if (acknowledged >= plan.messages) isDone = true;
    if (isDone) finish();
    else if (plan.rate === 0) connection.publish(count);
  };
  const onLost = (error: Error): void => {
    if (!isDone) fail(error);
  };
  const connections = await openAll(plan, onAcks, onLost);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const timer = setTimeout(() => {
    isDone = true;
    finish();
  }, plan.seconds * 1000);
  const pacer = plan.rate === 0 ? undefined : pace(plan, connections);
  if (plan.rate === 0) for (const connection of connections) connection.publish(plan.inFlight);
  await done;
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  clearTimeout(timer);
  clearInterval(pacer);
  for (const connection of connections) connection.socket.destroy();
  latencies.sort((a, b) => a - b);
  const percentile = (p: number): number => Math.round((latencies[Math.floor(latencies.length * p)] ?? 0) * 100) / 100;
  return { acknowledged, seconds, ackP50Ms: percentile(0.5), ackP99Ms: percentile(0.99), cpuSeconds: (cpu.user + cpu.system) / 1e6 };
}

/** Connects a few at a time, so that a listen backlog is never the limit. */
async function openAll(
  plan: LoadPlan,
  onAcks: (connection: Connection, count: number) => void,
  onLost: (error: Error) => void,
): Promise<Connection[]> {
  const connections: Connection[] = [];
  for (let i = 0; i < plan.tokens.length; i += 100) {
    const part = plan.tokens.slice(i, i + 100).map(
      (token) =>
        new Promise<void>((resolve, reject) => {
          const lost = (error: Error): void => {
            reject(error);
            onLost(error);
          };
          connections.push(new Connection(plan, token, resolve, onAcks, lost));
        }),
    );
    await Promise.all(part);
  }
  return connections;
}

/** Sends a steady rate in small steps, spread over all connections, never more than `inFlight` each. */
function pace(plan: LoadPlan, connections: readonly Connection[]): NodeJS.Timeout {
  let last = performance.now();
  let owed = 0;
  let next = 0;
  return setInterval(() => {
    const now = performance.now();
    owed = Math.min(owed + ((now - last) / 1000) * plan.rate, plan.rate / 10);
    last = now;
    for (let tried = 0; owed >= 1 && tried < connections.length; tried += 1) {
      const connection = connections[next++ % connections.length];
      if (connection === undefined || connection.sent - connection.acknowledged >= plan.inFlight) continue;
      connection.publish(1);
      owed -= 1;
    }
  }, 1);
}

const plan = JSON.parse(await text(process.stdin)) as LoadPlan;
process.stdout.write(`${JSON.stringify(await run(plan))}\n`);
