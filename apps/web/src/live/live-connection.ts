import type { EntityRef } from '../api/wire.js';
import { backOffMs } from './back-off.js';
import { type LiveFrame, readFrame } from './frames.js';
import { COMMANDS_PER_FRAME_MAX } from './limits.js';

/** `refused`: the server says that who is signed in may not have these values (any more), so asking again is no use. */
export type LiveState = 'idle' | 'connecting' | 'live' | 'lost' | 'refused';

interface ValuesCommand {
  readonly type: 'TIMESERIES' | 'ATTRIBUTES';
  readonly entityType: EntityRef['entityType'];
  readonly entityId: string;
  readonly scope?: string;
  readonly keys?: string;
}
/** Asks for the account of a rule chain as it changes (docs/api.md). */
interface LedgerCommand {
  readonly type: 'RULE_CHAIN_LEDGER';
  readonly ruleChainId: string;
}
export type LiveCommand = ValuesCommand | LedgerCommand;

/** Why a socket was closed (websocket-api.md §1, §2). */
interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/** The part of a WebSocket that is used, so that tests can bring their own. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event?: CloseReason) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface LiveSurroundings {
  readonly open: () => Socket;
  /** An access token that is good now; undefined when nobody is signed in. Rejects while the server cannot be reached. */
  readonly token: () => Promise<string | undefined>;
  readonly after: (delayMs: number, action: () => void) => () => void;
  readonly random: () => number;
}

interface Subscription {
  readonly command: LiveCommand;
  readonly onFrame: (frame: LiveFrame) => void;
  isRefused: boolean;
}

/**
 * One WebSocket for all live values of the page. Opens with the first subscription, closes after the last, and when
 * the connection is lost it comes back by itself with every subscription; the first frame of each then brings the
 * values of now.
 */
export class LiveConnection {
  readonly #surroundings: LiveSurroundings;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #listeners = new Set<(state: LiveState) => void>();
  #socket: Socket | undefined;
  #isOpen = false;
  #isConnecting = false;
  #state: LiveState = 'idle';
  #attempt = 0;
  #nextId = 1;
  #cancelRetry: (() => void) | undefined;
  /** A token that the server does not take, or not any more. */
  #refusedToken: string | undefined;

  constructor(surroundings: LiveSurroundings) {
    this.#surroundings = surroundings;
  }

  get state(): LiveState {
    return this.#state;
  }

  onState(listener: (state: LiveState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for live values; the returned function ends the subscription. */
  subscribe(command: LiveCommand, onFrame: (frame: LiveFrame) => void): () => void {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#subscriptions.set(id, { command, onFrame, isRefused: false });
    if (this.#isOpen) this.#send([{ ...command, cmdId: id }]);
    else if (this.#socket === undefined && !this.#isConnecting && this.#cancelRetry === undefined) this.#connect();
    return () => this.#unsubscribe(id);
  }

  /** Does not wait for the pause to end, for when the browser says that the network is back. */
  retryNow(): void {
    if (this.#cancelRetry === undefined) return;
    this.#cancelRetry();
    this.#cancelRetry = undefined;
    this.#connect();
  }

  #unsubscribe(id: number): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) return;
    this.#subscriptions.delete(id);
    if (this.#subscriptions.size === 0) this.#close();
    else if (this.#isOpen) {
      if (!subscription.isRefused) this.#send([endOf(subscription.command, id)]);
      else this.#become(this.#openState);
    }
  }

  /** Gets a token that is good, which may take a request, and opens the socket with it unless nobody asks any more. */
  #connect(): void {
    this.#isConnecting = true;
    this.#become(this.#attempt === 0 ? 'connecting' : 'lost');
    this.#surroundings.token().then(
      (token) => {
        this.#isConnecting = false;
        if (this.#subscriptions.size === 0 || token === undefined) this.#become('idle');
        else if (token === this.#refusedToken) this.#become('refused');
        else this.#open(token);
      },
      () => {
        // The server cannot be asked for a token either, so it is as lost as with a closed socket.
        this.#isConnecting = false;
        this.#retryLater();
      },
    );
  }

  #open(token: string): void {
    const socket = this.#surroundings.open();
    this.#socket = socket;
    socket.onopen = () => {
      this.#isOpen = true;
      socket.send(JSON.stringify({ authCmd: { cmdId: 0, token } }));
      const asked = [...this.#subscriptions].filter(([, { isRefused }]) => !isRefused);
      this.#send(asked.map(([cmdId, { command }]) => ({ ...command, cmdId })));
    };
    socket.onmessage = ({ data }) => {
      const frame = typeof data === 'string' ? readFrame(data) : undefined;
      if (frame === undefined) return;
      // Only an answer proves that the server took the token; an accepted socket alone may be closed again at once.
      this.#attempt = 0;
      const subscription = this.#subscriptions.get(frame.subscriptionId);
      if (subscription !== undefined && frame.errorCode === UNAUTHORIZED) subscription.isRefused = true;
      this.#become(this.#openState);
      subscription?.onFrame(frame);
    };
    socket.onclose = (event) => {
      if (socket !== this.#socket) return;
      this.#socket = undefined;
      this.#isOpen = false;
      if (event === undefined || !isRefusal(event)) return this.#retryLater();
      this.#refusedToken = token;
      this.#become('refused');
    };
  }

  get #openState(): LiveState {
    return [...this.#subscriptions.values()].some(({ isRefused }) => isRefused) ? 'refused' : 'live';
  }

  #send(commands: readonly object[]): void {
    for (let start = 0; start < commands.length; start += COMMANDS_PER_FRAME_MAX) {
      this.#socket?.send(JSON.stringify({ cmds: commands.slice(start, start + COMMANDS_PER_FRAME_MAX) }));
    }
  }

  #retryLater(): void {
    if (this.#subscriptions.size === 0) return this.#become('idle');
    this.#become('lost');
    const delayMs = backOffMs(this.#attempt, this.#surroundings.random());
    this.#attempt += 1;
    this.#cancelRetry = this.#surroundings.after(delayMs, () => {
      this.#cancelRetry = undefined;
      this.#connect();
    });
  }

  #close(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isOpen = false;
    this.#attempt = 0;
    socket?.close();
    this.#become('idle');
  }

  #become(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** Error code of a frame that ends a subscription because of a right (websocket-api.md §11). */
const UNAUTHORIZED = 3;

/** The token, or the right to have a socket, is what the server does not like; a limit that is reached may be free again later. */
function isRefusal({ code, reason }: CloseReason): boolean {
  return code === 1007 || (code === 1008 && !reason.startsWith('Max '));
}

/** What ends a subscription: the commands of ThingsBoard say so themselves, ours has a command for it. */
function endOf(command: LiveCommand, cmdId: number): object {
  return command.type === 'RULE_CHAIN_LEDGER' ? { type: 'RULE_CHAIN_LEDGER_UNSUBSCRIBE', cmdId } : { ...command, cmdId, unsubscribe: true };
}
