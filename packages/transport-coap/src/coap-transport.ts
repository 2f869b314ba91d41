import type { RemoteInfo, Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Clock, Log, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { DeviceGateway, DeviceSession } from '@fieldline/ports';
import { deviceErrors } from '@fieldline/ports';
import { SessionCache, UplinkGatherer } from '@fieldline/protocol';
import type { OutgoingMessage, Server } from 'coap';
import { createServer } from 'coap';
import { deviceRoute } from './device-route.js';
import { coapErrors } from './errors.js';
import { FrontSocket } from './front-socket.js';
import type { CoapLimits } from './limits.js';
import { defaultCoapLimits, LIBRARY_CACHE_BYTES, RETRY_AFTER_S } from './limits.js';
import type { GuardedRequest, Verdict } from './request-guard.js';
import { exchangeKey, RequestGuard } from './request-guard.js';
import { responseCode } from './response-code.js';
import type { CoapStats } from './stats.js';
import { countRefusal, newStats } from './stats.js';

export interface CoapTransportOptions {
  readonly gateway: DeviceGateway;
  /** Address to bind to; an IPv6 one serves IPv6, and with `::` both. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<CoapLimits> | undefined;
}

/** Makes the CoAP device endpoint; nothing happens before `listen`. */
export function coapTransport(options: CoapTransportOptions): CoapTransport {
  return new CoapTransport(options);
}

/** A request on its way to an answer. */
interface Answerable {
  readonly response: OutgoingMessage;
  readonly block1: Buffer | undefined;
}

/**
 * The CoAP device endpoint (device-api.md §10): telemetry, attributes and claims by POST, whole or in blocks. The
 * order of life is `listen`, `stopAccepting`, `drain`, `close`.
 */
export class CoapTransport {
  readonly #options: CoapTransportOptions;
  readonly #limits: CoapLimits;
  readonly #stats = newStats();
  readonly #guard: RequestGuard;
  readonly #sessions: SessionCache<DeviceSession>;
  readonly #gatherer: UplinkGatherer;
  #listening: { readonly socket: Socket; readonly front: FrontSocket; readonly server: Server } | undefined;
  #isAccepting = false;
  /** The verdict whose head the library is being shown; it calls back before `emit` returns. */
  #shown: Exclude<Verdict, { kind: 'drop' | 'reply' | 'pass' }> | undefined;

  constructor(options: CoapTransportOptions) {
    const { gateway, clock } = options;
    this.#options = options;
    this.#limits = { ...defaultCoapLimits, ...options.limits };
    this.#guard = new RequestGuard(clock, this.#limits, this.#stats);
    this.#gatherer = new UplinkGatherer(gateway, setImmediate);
    this.#sessions = new SessionCache(this.#limits.sessionsMax, (session) => {
      // What was gathered under the session goes first.
      this.#gatherer.flush();
      gateway.closed(session);
    });
    gateway.onRevoked((deviceId) => this.#sessions.revoke(deviceId));
  }

  get stats(): Readonly<CoapStats> & {
    readonly sessions: number;
    readonly inFlight: number;
    readonly batches: number;
    readonly unfinishedBodies: number;
    readonly forgottenBodies: number;
  } {
    return {
      ...this.#stats,
      sessions: this.#sessions.size,
      inFlight: this.#gatherer.inFlight,
      batches: this.#gatherer.batches,
      unfinishedBodies: this.#guard.transfers.unfinished,
      forgottenBodies: this.#guard.transfers.forgotten,
    };
  }

  /**
   * Starts to serve.
   *
   * @returns the port it listens on
   * @throws COAP_PORT_TAKEN, COAP_LISTEN_FAILED
   */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
    await bind(socket, host, port);
    const front = new FrontSocket(socket, (message, peerPort, address) => this.#keepReply(message, { address, port: peerPort }));
    const server = createServer({ piggybackReplyMs: this.#limits.piggybackMs, cacheSize: LIBRARY_CACHE_BYTES });
    server.on('request', (_request: unknown, response: OutgoingMessage) => this.#respond(response));
    server.on('error', (error: Error) => this.#options.log.warn('coap-socket-error', { error: error.message }));
    server.listen(front);
    socket.on('message', (bytes, peer) => this.#receive(bytes, peer));
    socket.on('error', (error) => this.#options.log.warn('coap-socket-error', { error: error.message }));
    this.#listening = { socket, front, server };
    this.#isAccepting = true;
    const bound = socket.address();
    this.#options.log.info('coap-listening', { host, port: bound.port });
    return bound.port;
  }

  /** From now on requests get 5.03; answers under way still leave. */
  stopAccepting(): void {
    this.#isAccepting = false;
  }

  /** Resolves when every request that was taken has its answer. */
  drain(): Promise<void> {
    return this.#gatherer.drain();
  }

  /** Lets go of the socket and the sessions. Call it after `drain`. */
  async close(): Promise<void> {
    this.#isAccepting = false;
    this.#sessions.clear();
    const listening = this.#listening;
    if (listening === undefined) return;
    this.#listening = undefined;
    listening.front.close();
    listening.server.close();
    await new Promise<void>((resolve) => listening.socket.close(() => resolve()));
  }

  #receive(bytes: Buffer, peer: RemoteInfo): void {
    const verdict = this.#guard.inspect(bytes, peer);
    if (verdict.kind === 'drop') return;
    if (verdict.kind === 'reply') {
      this.#listening?.socket.send(verdict.bytes, peer.port, peer.address, (error) => {
        if (error !== null) this.#stats.sendErrors += 1;
      });
      return;
    }
    if (verdict.kind === 'pass') {
      this.#listening?.front.emit('message', verdict.bytes, peer);
      return;
    }
    this.#shown = verdict;
    this.#listening?.front.emit('message', verdict.head, peer);
    this.#shown = undefined;
  }

  #respond(response: OutgoingMessage): void {
    const verdict = this.#shown;
    if (verdict === undefined) return;
    this.#shown = undefined;
    // The peer is gone, or never was there: nobody is left to be told.
    response.on('error', () => (this.#stats.sendErrors += 1));
    if (verdict.kind === 'refuse') this.#refuse({ response, block1: undefined }, verdict.problem);
    else if (verdict.kind === 'more') {
      response.code = '2.31';
      response.setOption('Block1', verdict.block1);
      response.end();
    } else this.#take({ response, block1: verdict.block1 }, verdict.request);
  }

  #take(answerable: Answerable, { path, code, body }: GuardedRequest): void {
    const { gateway } = this.#options;
    const route = deviceRoute(path, code);
    if ('problem' in route) this.#refuse(answerable, route.problem);
    else if (!this.#isAccepting) this.#refuse(answerable, coapErrors.STOPPING());
    else if (gateway.isFull) this.#refuse(answerable, deviceErrors.GATEWAY_BUSY());
    else {
      const session = this.#sessions.get(route.token);
      if (session !== undefined) {
        this.#handOver(answerable, session, route.kind, body);
        return;
      }
      const claim = { kind: 'access-token', token: route.token } as const;
      this.#sessions
        .open(route.token, () => gateway.authenticate(claim, 'COAP'))
        .catch(problemOf)
        .then(
          (opened) => {
            if (!('deviceId' in opened)) this.#refuse(answerable, opened);
            else if (this.#isAccepting) this.#handOver(answerable, opened, route.kind, body);
            else this.#refuse(answerable, coapErrors.STOPPING());
          },
          (error: unknown) => this.#refuse(answerable, problemOf(error)),
        );
    }
  }

  #handOver(answerable: Answerable, session: DeviceSession, kind: Parameters<UplinkGatherer['add']>[0]['kind'], body: Uint8Array): void {
    const receivedAtMs = this.#options.clock.nowMs();
    const uplink = { handle: session.handle, kind, packetId: 0, isRedelivery: false, receivedAtMs, topic: '' };
    this.#gatherer.add(uplink, body, (problem) => {
      if (problem !== undefined) {
        this.#refuse(answerable, problem);
        return;
      }
      this.#stats.stored += 1;
      this.#answer(answerable, '2.01', '');
    });
  }

  #refuse(answerable: Answerable, problem: Problem): void {
    countRefusal(this.#stats, this.#options.log, problem);
    const code = responseCode(problem);
    // Where the service is unavailable, Max-Age says when to come again (RFC 7252 §5.9.3.4).
    if (code === '5.03') answerable.response.setOption('Max-Age', RETRY_AFTER_S);
    this.#answer(answerable, code, `${problem.code} ${problem.message}`);
  }

  #answer({ response, block1 }: Answerable, code: string, diagnostic: string): void {
    if (block1 !== undefined) response.setOption('Block1', block1);
    response.code = code;
    response.end(diagnostic === '' ? undefined : diagnostic);
  }

  #keepReply(message: Buffer, peer: { readonly address: string; readonly port: number }): void {
    const isAcknowledgement = ((message.readUInt8(0) >> 4) & 3) === 2;
    if (isAcknowledgement) this.#guard.exchanges.replied(exchangeKey(peer, message.readUInt16BE(2)), message);
  }
}

function bind(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      const reason = error.code ?? error.message;
      reject(reason === 'EADDRINUSE' ? coapErrors.PORT_TAKEN({ host, port }) : coapErrors.LISTEN_FAILED({ host, port, reason }));
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners('error');
      resolve();
    });
  });
}
