// A client of the WebSocket API for tests that go through its reference row by row: what it sends is one list of commands, whichever
// envelope its address takes.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Who comes, and how: with the first message, or in the older address, whose envelope is another. */
export type Credential = { readonly token: string } | { readonly apiKey: string } | { readonly olderToken: string };

export interface LiveCommand {
  readonly type: string;
  readonly cmdId: number;
  readonly [member: string]: unknown;
}

/** A frame as it came. */
export interface LiveFrame {
  readonly subscriptionId?: number;
  readonly cmdId?: number;
  readonly errorCode: number;
  readonly errorMsg: string | null;
  readonly data?: unknown;
  readonly update?: unknown;
}

/** Members of the envelope of `/api/ws/plugins/telemetry` for the commands that tests send. */
const olderMembers: Readonly<Record<string, string>> = {
  ATTRIBUTES: 'attrSubCmds',
  TIMESERIES: 'tsSubCmds',
  TIMESERIES_HISTORY: 'historyCmds',
  ENTITY_DATA: 'entityDataCmds',
  ENTITY_COUNT: 'entityCountCmds',
  ALARM_COUNT: 'alarmCountCmds',
};

export class LiveClient {
  readonly frames: LiveFrame[] = [];
  /** Of the frame that ends the connection. */
  readonly closed: Promise<readonly [number, string]>;
  readonly #socket: WebSocket;
  readonly #credential: Credential;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket, credential: Credential) {
    this.#socket = socket;
    this.#credential = credential;
    this.closed = once(socket, 'close').then(([code, reason]: unknown[]) => [code as number, String(reason)]);
    socket.on('message', (text) => {
      this.frames.push(JSON.parse((text as Buffer).toString()) as LiveFrame);
      this.#wake();
    });
  }

  static async open(httpPort: number, credential: Credential): Promise<LiveClient> {
    const address = 'olderToken' in credential ? `/api/ws/plugins/telemetry?token=${credential.olderToken}` : '/api/ws';
    const client = new LiveClient(new WebSocket(`ws://127.0.0.1:${httpPort}${address}`), credential);
    await once(client.#socket, 'open');
    if (!('olderToken' in credential)) client.#socket.send(JSON.stringify({ authCmd: { cmdId: 0, ...credential } }));
    return client;
  }

  send(...commands: readonly LiveCommand[]): void {
    this.#socket.send(JSON.stringify('olderToken' in this.#credential ? olderEnvelope(commands) : { cmds: commands }));
  }

  /** Sends a command and gives the next frame. */
  ask(command: LiveCommand): Promise<LiveFrame> {
    this.send(command);
    return this.take();
  }

  /** The next frame that was not taken. */
  async take(): Promise<LiveFrame> {
    await this.until(() => this.frames.length > 0);
    return this.frames.shift() as LiveFrame;
  }

  /** Waits until `isMet`, which is asked after each frame. */
  async until(isMet: () => boolean): Promise<void> {
    while (!isMet()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Reads nothing any more until `thaw`. */
  freeze(): void {
    this.#socket.pause();
  }

  thaw(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.close();
  }
}

function olderEnvelope(commands: readonly LiveCommand[]): Record<string, LiveCommand[]> {
  const envelope: Record<string, LiveCommand[]> = {};
  for (const command of commands) {
    const member = olderMembers[command.type];
    if (member === undefined) throw new Error(`the older envelope has no ${command.type}`);
    (envelope[member] ??= []).push(command);
  }
  return envelope;
}
