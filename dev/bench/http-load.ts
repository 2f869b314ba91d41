// Load generator of the benchmark of HTTP, run as a process of its own: keep-alive connections, each with one request under way. It
// speaks just enough HTTP/1.1 to cost less than what it measures.
// Input: one JSON line of HttpLoadPlan on standard input. Output: one JSON line of HttpLoadResult.
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface HttpLoadPlan {
  readonly port: number;
  /** One connection for each access token. */
  readonly tokens: readonly string[];
  readonly seconds: number;
}

export interface HttpLoadResult {
  readonly answered: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** The request of a device; the last digits of the temperature change from one to the next. */
function requestOf(token: string): { readonly bytes: Buffer; readonly digitsAt: number } {
  const body = '{"temperature":21.5000,"humidity":40.1,"pressure":1013.2}';
  const request = [
    `POST /api/v1/${token}/telemetry HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
  const bytes = Buffer.from(request);
  return { bytes, digitsAt: bytes.indexOf('21.5000') + 4 };
}

class Connection {
  readonly #socket: Socket;
  readonly #request: ReturnType<typeof requestOf>;
  readonly #onAnswer: (ms: number) => boolean;
  #sentAt = 0;
  #sent = 0;
  #unread: Buffer = Buffer.alloc(0);

  constructor(port: number, token: string, onAnswer: (ms: number) => boolean, onLost: (error: Error) => void) {
    this.#request = requestOf(token);
    this.#onAnswer = onAnswer;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => this.#send());
    this.#socket.on('data', (chunk: Buffer) => {
      try {
        this.#read(chunk);
      } catch (error) {
        onLost(error as Error);
      }
    });
    this.#socket.on('error', onLost);
    this.#socket.on('close', () => onLost(new Error('the server closed a connection')));
  }

  end(): void {
    this.#socket.removeAllListeners('close').destroy();
  }

  #send(): void {
    const { bytes, digitsAt } = this.#request;
    const digits = this.#sent++ % 1_000;
    for (let place = 0, rest = digits; place < 3; place += 1, rest = Math.floor(rest / 10)) bytes[digitsAt + 2 - place] = 0x30 + (rest % 10);
    this.#sentAt = performance.now();
    // A copy: the bytes may wait in the socket while the next request is written.
    this.#socket.write(Buffer.from(bytes));
  }

  #read(chunk: Buffer): void {
    const bytes = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    const headEnd = bytes.indexOf(HEAD_END);
    const head = headEnd < 0 ? '' : bytes.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (headEnd < 0 || bytes.length < headEnd + HEAD_END.length + length) {
      this.#unread = bytes;
      return;
    }
    if (!head.startsWith('HTTP/1.1 200')) throw new Error(`the server answered ${head.slice(0, 100)}`);
    this.#unread = Buffer.alloc(0);
    if (this.#onAnswer(performance.now() - this.#sentAt)) this.#send();
  }
}

async function run(plan: HttpLoadPlan): Promise<HttpLoadResult> {
  const times: number[] = [];
  const startedAt = performance.now();
  const endAt = startedAt + plan.seconds * 1_000;
  const lost = Promise.withResolvers<never>();
  let running = plan.tokens.length;
  const connections = await new Promise<Connection[]>((resolve, reject) => {
    lost.promise.catch(reject);
    const onAnswer = (ms: number): boolean => {
      times.push(ms);
      if (performance.now() < endAt) return true;
      running -= 1;
      if (running === 0) resolve(opened);
      return false;
    };
    const opened = plan.tokens.map((token) => new Connection(plan.port, token, onAnswer, lost.reject));
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const connection of connections) connection.end();
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
  return { answered: times.length, seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

process.stdout.write(JSON.stringify(await run(JSON.parse(await text(process.stdin)) as HttpLoadPlan)));
