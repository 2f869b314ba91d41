import { type LiveCredential, type LiveEnvelope, parseLiveAuth } from '@fieldline/api-contract';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { Admission, Admitter, Caller } from '@fieldline/ports';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { liveErrors } from './errors.js';
import { FrameQueue, type QueuedBytes } from './frame-queue.js';
import { AUTH_TIMEOUT_MS, closeCodes, EARLY_MESSAGES_MAX, PING_INTERVAL_MS, PONG_TIMEOUT_MS, SOCKET_CHECK_MS, SOCKETS_MAX } from './limits.js';
import type { LiveDeps } from './live-deps.js';
import { livePlaceOf } from './live-paths.js';
import type { SocketPlace } from './live-limits.js';
import type { HeldRight } from './live-rights.js';
import { LiveSession } from './live-session.js';

interface Connected {
  readonly socket: WebSocket;
  readonly queue: FrameQueue;
  readonly envelope: LiveEnvelope;
  session: LiveSession | undefined;
  /** The right of its caller to be here. */
  right: HeldRight | undefined;
  /** When that ends without an event, ms. */
  endsAtMs: number | undefined;
  /** Messages that came while the token was being checked. */
  readonly early: string[];
  isAuthenticating: boolean;
  /** Its place among the sockets of its tenant. */
  place: SocketPlace | undefined;
  lastPongMs: number;
  lastPingMs: number;
  cancelTimeout: () => void;
}

/** Authenticates sockets, gives each a session, and ends those that do not answer pings. */
export class LiveSocketServer {
  readonly #deps: LiveDeps;
  readonly #admitter: Admitter;
  readonly #connected = new Map<WebSocket, Connected>();
  readonly #queued: QueuedBytes = { bytes: 0 };
  #isClosing = false;
  #cancelPing: () => void = () => undefined;

  constructor(deps: LiveDeps, admitter: Admitter) {
    this.#deps = deps;
    this.#admitter = admitter;
    this.#schedulePing();
  }

  /** Sockets that are open now. */
  get size(): number {
    return this.#connected.size;
  }

  opened(socket: WebSocket, request: Pick<IncomingMessage, 'url'>): void {
    const place = livePlaceOf(request.url);
    const refusal = this.#refusal();
    if (place?.envelope === undefined) return socket.close(closeCodes.badData, 'Unknown path');
    if (refusal !== undefined) return socket.close(refusal.code, refusal.reason);
    const { clock } = this.#deps;
    const connected: Connected = {
      socket,
      queue: new FrameQueue(socket, clock, this.#queued),
      envelope: place.envelope,
      session: undefined,
      right: undefined,
      endsAtMs: undefined,
      early: [],
      isAuthenticating: false,
      place: undefined,
      lastPongMs: clock.monotonicMs(),
      lastPingMs: -Infinity,
      cancelTimeout: clock.after('websocket authentication', AUTH_TIMEOUT_MS, () => socket.close(closeCodes.policy, 'Authentication timeout')),
    };
    this.#connected.set(socket, connected);
    socket.on('pong', () => (connected.lastPongMs = clock.monotonicMs()));
    if (place.token !== undefined) void this.#authenticate(connected, { token: place.token }, closeCodes.serverError);
    else if (place.envelope !== 'general') socket.close(closeCodes.serverError, 'Token is missing');
  }

  closed(socket: WebSocket): void {
    const connected = this.#connected.get(socket);
    connected?.cancelTimeout();
    connected?.session?.close();
    connected?.right?.release();
    connected?.place?.release();
    connected?.queue.drop();
    this.#connected.delete(socket);
  }

  received(socket: WebSocket, text: string): void {
    const connected = this.#connected.get(socket);
    // What comes after we have closed our end is not answered and must not start anything.
    if (connected === undefined || !connected.queue.isOpen) return;
    try {
      if (connected.session !== undefined) connected.session.receive(text);
      else if (connected.isAuthenticating) this.#keep(connected, text);
      else this.#firstMessage(connected, text);
    } catch (error) {
      // An error that left here would be answered by the framework, with the frame and the token in it.
      this.#deps.log.error('websocket-frame-failed', { error });
      socket.close(closeCodes.serverError, 'Internal error');
    }
  }

  /** Says good-bye to every socket and takes no new ones. */
  close(): void {
    this.#isClosing = true;
    this.#cancelPing();
    this.#deps.ledgers.close();
    for (const { socket } of this.#connected.values()) socket.close(closeCodes.goingAway, 'Server is shutting down');
  }

  #refusal(): { code: number; reason: string } | undefined {
    if (this.#isClosing) return { code: closeCodes.goingAway, reason: 'Server is shutting down' };
    return this.#connected.size < SOCKETS_MAX ? undefined : { code: closeCodes.policy, reason: 'Max tenant sessions limit reached!' };
  }

  #keep(connected: Connected, text: string): void {
    if (connected.early.length >= EARLY_MESSAGES_MAX) connected.socket.close(closeCodes.policy, 'Too many messages before authentication');
    else connected.early.push(text);
  }

  #firstMessage(connected: Connected, text: string): void {
    const auth = parseLiveAuth(text);
    if (auth === 'unreadable') connected.socket.close(closeCodes.badData, 'Failed to parse the payload');
    else if (auth === 'missing') connected.socket.close(closeCodes.policy, 'Auth cmd is missing');
    else {
      connected.early.push(text);
      void this.#authenticate(connected, auth, closeCodes.badData);
    }
  }

  async #authenticate(connected: Connected, credential: LiveCredential, failureCode: number): Promise<void> {
    connected.isAuthenticating = true;
    try {
      const admission = await this.#admit(connected, credential);
      connected.cancelTimeout();
      if (!connected.queue.isOpen) return;
      const place = await this.#place(connected, admission.caller);
      if (place === undefined || !connected.queue.isOpen) return;
      connected.session = new LiveSession(this.#deps, { caller: admission.caller, queue: connected.queue, envelope: connected.envelope, place });
    } catch (error) {
      if (!isProblem(error)) this.#deps.log.error('websocket-authentication-failed', { error });
      connected.queue.close(failureCode, problemOf(error).message);
      return;
    }
    for (const text of connected.early.splice(0)) connected.session.receive(text);
  }

  /** Lets in whoever shows a good token or key, for as long as it stays good. */
  async #admit(connected: Connected, credential: LiveCredential): Promise<Admission> {
    const { rights } = this.#deps;
    const before = rights.changes;
    const admission = await ('apiKey' in credential ? this.#admitter.admitKey(credential.apiKey) : this.#admitter.admit(credential.token));
    // A socket that closed meanwhile was let go of, and gets nothing any more that would have to be given back.
    if (!connected.queue.isOpen) return admission;
    const check = (): Promise<void> => requireSame(admission);
    connected.right = rights.holdCaller(admission.caller, { check, onLost: (error) => this.#lost(connected, error) });
    connected.endsAtMs = admission.endsAtMs;
    // What changed while we read came too early to concern a right that was not held yet.
    if (rights.changes !== before) await check();
    return admission;
  }

  /** A place among the sockets of its tenant; without one, the socket is closed. */
  async #place({ socket, queue }: Connected, caller: Caller): Promise<SocketPlace | undefined> {
    const place = await this.#deps.limits.admit(caller);
    if (typeof place === 'string') {
      queue.close(closeCodes.policy, place);
      return undefined;
    }
    const connected = this.#connected.get(socket);
    // It closed meanwhile.
    if (connected === undefined) place.release();
    else connected.place = place;
    queue.limit(place);
    return place;
  }

  /** Ends a socket whose caller would not get in now, with everything it watches. */
  #lost(connected: Connected, error: unknown): void {
    const isRefusal = isProblem(error) && error.kind === 'unauthenticated';
    if (!isRefusal) this.#deps.log.error('websocket-right-unchecked', { error });
    connected.session?.close();
    connected.queue.close(isRefusal ? closeCodes.policy : closeCodes.serverError, problemOf(error).message);
  }

  #schedulePing(): void {
    this.#cancelPing = this.#deps.clock.after('websocket ping', SOCKET_CHECK_MS, () => {
      const now = this.#deps.clock.monotonicMs();
      const nowMs = this.#deps.clock.nowMs();
      for (const connected of this.#connected.values()) {
        const { socket, queue, lastPongMs, right, endsAtMs } = connected;
        if (endsAtMs !== undefined && endsAtMs <= nowMs) right?.ask();
        if (now - lastPongMs > PONG_TIMEOUT_MS || queue.isStuck) {
          socket.close(closeCodes.notReliable, queue.isStuck ? 'Send timeout' : 'No pong');
          socket.terminate();
        } else if (now - Math.max(lastPongMs, connected.lastPingMs) >= PING_INTERVAL_MS) {
          connected.lastPingMs = now;
          socket.ping();
        }
      }
      this.#schedulePing();
    });
  }
}

/** Rights that were checked when a command came hold no longer where the caller became somebody else. */
async function requireSame(admission: Admission): Promise<void> {
  const { caller } = admission;
  const now = await admission.renew();
  const isSame = now.authority === caller.authority && now.tenantId === caller.tenantId && now.customerId === caller.customerId;
  if (!isSame) throw liveErrors.CALLER_CHANGED();
}
