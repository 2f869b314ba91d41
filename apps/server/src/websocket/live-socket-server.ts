import { parseLiveMessage } from '@fieldline/api-contract';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { Authenticator, Caller } from '@fieldline/ports';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { FrameQueue } from './frame-queue.js';
import { AUTH_TIMEOUT_MS, closeCodes, EARLY_MESSAGES_MAX, PING_INTERVAL_MS, PONG_TIMEOUT_MS, SOCKETS_MAX } from './limits.js';
import { type LiveDeps, LiveSession } from './live-session.js';

/** Paths of the WebSocket API. */
export const livePaths = { general: '/api/ws', telemetry: '/api/ws/plugins/telemetry' } as const;

interface Connected {
  readonly socket: WebSocket;
  readonly queue: FrameQueue;
  readonly isLegacy: boolean;
  session: LiveSession | undefined;
  /** Messages that came while the token was being checked. */
  readonly early: string[];
  isAuthenticating: boolean;
  lastPongMs: number;
  cancelTimeout: () => void;
}

/** Authenticates sockets, gives each a session, and ends those that do not answer pings. */
export class LiveSocketServer {
  readonly #deps: LiveDeps;
  readonly #authenticator: Authenticator;
  readonly #connected = new Map<WebSocket, Connected>();
  #cancelPing: () => void = () => undefined;

  constructor(deps: LiveDeps, authenticator: Authenticator) {
    this.#deps = deps;
    this.#authenticator = authenticator;
    this.#schedulePing();
  }

  get size(): number {
    return this.#connected.size;
  }

  opened(socket: WebSocket, request: Pick<IncomingMessage, 'url'>): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (this.#connected.size >= SOCKETS_MAX) {
      socket.close(closeCodes.policy, 'Max tenant sessions limit reached!');
      return;
    }
    const { clock } = this.#deps;
    const connected: Connected = {
      socket,
      queue: new FrameQueue(socket),
      isLegacy: url.pathname === livePaths.telemetry,
      session: undefined,
      early: [],
      isAuthenticating: false,
      lastPongMs: clock.monotonicMs(),
      cancelTimeout: clock.after('websocket authentication', AUTH_TIMEOUT_MS, () => socket.close(closeCodes.policy, 'Authentication timeout')),
    };
    this.#connected.set(socket, connected);
    socket.on('pong', () => (connected.lastPongMs = clock.monotonicMs()));
    socket.on('error', () => socket.terminate());
    const token = url.searchParams.get('token');
    if (token !== null) void this.#authenticate(connected, token, closeCodes.serverError);
    else if (connected.isLegacy) socket.close(closeCodes.serverError, 'Token is missing');
  }

  closed(socket: WebSocket): void {
    const connected = this.#connected.get(socket);
    connected?.cancelTimeout();
    connected?.session?.close();
    this.#connected.delete(socket);
  }

  received(socket: WebSocket, text: string): void {
    const connected = this.#connected.get(socket);
    if (connected === undefined) return;
    if (connected.session !== undefined) connected.session.receive(text);
    else if (connected.isAuthenticating) this.#keep(connected, text);
    else this.#firstMessage(connected, text);
  }

  /** Says good-bye to every socket. */
  close(): void {
    this.#cancelPing();
    for (const { socket } of this.#connected.values()) socket.close(closeCodes.goingAway, 'Server is shutting down');
  }

  #keep(connected: Connected, text: string): void {
    if (connected.early.length >= EARLY_MESSAGES_MAX) connected.socket.close(closeCodes.policy, 'Too many messages before authentication');
    else connected.early.push(text);
  }

  #firstMessage(connected: Connected, text: string): void {
    const message = parseLiveMessage(text, false);
    if (message === undefined) connected.socket.close(closeCodes.badData, 'Failed to parse the payload');
    else if (!message.hasAuth) connected.socket.close(closeCodes.policy, 'Auth cmd is missing');
    else {
      connected.early.push(text);
      void this.#authenticate(connected, message.token ?? '', closeCodes.badData);
    }
  }

  async #authenticate(connected: Connected, token: string, failureCode: number): Promise<void> {
    connected.isAuthenticating = true;
    let caller: Caller;
    try {
      caller = await this.#authenticator.authenticate(token);
    } catch (error) {
      if (!isProblem(error)) this.#deps.log.error('websocket-authentication-failed', { error });
      connected.socket.close(failureCode, problemOf(error).message.slice(0, 120));
      return;
    }
    connected.cancelTimeout();
    if (!this.#connected.has(connected.socket)) return;
    connected.session = new LiveSession(this.#deps, caller, connected.queue, connected.isLegacy);
    for (const text of connected.early.splice(0)) connected.session.receive(text);
  }

  #schedulePing(): void {
    this.#cancelPing = this.#deps.clock.after('websocket ping', PING_INTERVAL_MS, () => {
      const now = this.#deps.clock.monotonicMs();
      for (const { socket, lastPongMs } of this.#connected.values()) {
        if (now - lastPongMs > PONG_TIMEOUT_MS) {
          socket.close(closeCodes.notReliable, 'No pong');
          socket.terminate();
        } else if (now - lastPongMs >= PING_INTERVAL_MS / 2) socket.ping();
      }
      this.#schedulePing();
    });
  }
}
