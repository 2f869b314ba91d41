import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Log, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { DeviceGateway, DeviceSession } from '@fieldline/ports';
import { deviceErrors } from '@fieldline/ports';
import { SessionCache, UplinkGatherer, UplinkKind } from '@fieldline/protocol';
import { received, refusal, send, sendEarly } from './answers.js';
import { BodyReader } from './body-reader.js';
import type { DeviceRoute, KaaRules } from './device-route.js';
import { deviceRoute } from './device-route.js';
import { httpErrors } from './errors.js';
import type { HttpLimits } from './limits.js';
import { defaultHttpLimits, DISCARD_BYTES_MAX } from './limits.js';
import type { HttpStats } from './stats.js';
import { countRefusal, newHttpStats } from './stats.js';

export interface HttpDeviceApiOptions extends KaaRules {
  readonly gateway: DeviceGateway;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<HttpLimits> | undefined;
}

/**
 * The HTTP device API. Call it with each request before any framework sees it: true means it took the
 * request and answers it, false that the path is not a device's.
 */
export interface HttpDeviceApi {
  (req: IncomingMessage, res: ServerResponse): boolean;
  readonly stats: Readonly<HttpStats> & { readonly sessions: number; readonly inFlight: number; readonly batches: number };
  /** From now on device requests get 503. */
  stopAccepting(): void;
  /** Resolves when every request that was taken has its answer. */
  drain(): Promise<void>;
  /** Closes the sessions. Call it after `drain`. */
  close(): void;
}

type Upload = Extract<DeviceRoute, { kind: 'upload' }>;

/** Makes the HTTP device API: telemetry, attributes and claims by access token, and 1/KP data collection (device-api.md §9, kaa.md §3). */
export function httpDeviceApi(options: HttpDeviceApiOptions): HttpDeviceApi {
  const transport = new HttpTransport(options);
  const handle = (req: IncomingMessage, res: ServerResponse): boolean => transport.handle(req, res);
  Object.defineProperty(handle, 'stats', { get: () => transport.stats, enumerable: true });
  return Object.assign(handle, {
    stopAccepting: () => transport.stopAccepting(),
    drain: () => transport.drain(),
    close: () => transport.close(),
  }) as HttpDeviceApi;
}

class HttpTransport {
  readonly #options: HttpDeviceApiOptions;
  readonly #limits: HttpLimits;
  readonly #sessions: SessionCache<DeviceSession>;
  readonly #gatherer: UplinkGatherer;
  readonly #bodies: BodyReader;
  readonly #stats = newHttpStats();
  #isAccepting = true;

  constructor(options: HttpDeviceApiOptions) {
    const { gateway, clock } = options;
    this.#options = options;
    this.#limits = { ...defaultHttpLimits, ...options.limits };
    this.#gatherer = new UplinkGatherer(gateway, setImmediate);
    this.#sessions = new SessionCache(this.#limits.sessionsMax, (session) => {
      // What was gathered under the session goes first.
      this.#gatherer.flush();
      gateway.closed(session);
    });
    this.#bodies = new BodyReader(clock, this.#limits);
    gateway.onRevoked((deviceId) => this.#sessions.revoke(deviceId));
  }

  get stats(): HttpDeviceApi['stats'] {
    return { ...this.#stats, sessions: this.#sessions.size, inFlight: this.#gatherer.inFlight, batches: this.#gatherer.batches };
  }

  handle(req: IncomingMessage, res: ServerResponse): boolean {
    const route = deviceRoute(req.url ?? '', this.#options);
    if (route === undefined) return false;
    if (route.kind === 'unknown') {
      this.#refuseEarly(req, res, route.dialect, req.method === 'POST' ? httpErrors.PATH_UNKNOWN() : httpErrors.METHOD_NOT_ALLOWED());
    } else if (req.method !== 'POST') {
      // GET …/attributes belongs to whoever serves attribute requests.
      if (route.uplinkKind === UplinkKind.attributes && req.method === 'GET') return false;
      this.#refuseEarly(req, res, route.dialect, httpErrors.METHOD_NOT_ALLOWED());
    } else this.#upload(req, res, route);
    return true;
  }

  stopAccepting(): void {
    this.#isAccepting = false;
  }

  async drain(): Promise<void> {
    // A body that is still arriving was not promised anything; its request ends with 503.
    await this.#gatherer.drain();
  }

  close(): void {
    this.#bodies.close();
    this.#sessions.clear();
  }

  #upload(req: IncomingMessage, res: ServerResponse, route: Upload): void {
    const { gateway } = this.#options;
    if (!this.#isAccepting) this.#refuseEarly(req, res, route.dialect, httpErrors.STOPPING());
    else if (gateway.isFull) this.#refuseEarly(req, res, route.dialect, deviceErrors.GATEWAY_BUSY());
    else if (this.#sessions.get(route.shown) !== undefined) this.#receive(req, res, route);
    else {
      // The body stays unread, and so with the sender, until the token is known to be good.
      this.#session(route, (session) => {
        if ('deviceId' in session) this.#receive(req, res, route);
        else this.#refuseEarly(req, res, route.dialect, session);
      });
    }
  }

  #receive(req: IncomingMessage, res: ServerResponse, route: Upload): void {
    this.#bodies.read(req, (body, problem) => {
      if (problem !== undefined) this.#refuseEarly(req, res, route.dialect, problem);
      else if (body === undefined) this.#stats.aborted += 1;
      else this.#accept(res, route, body);
    });
  }

  #accept(res: ServerResponse, route: Upload, body: Uint8Array): void {
    const session = this.#sessions.get(route.shown);
    if (!this.#isAccepting) this.#refuse(res, route.dialect, httpErrors.STOPPING());
    else if (session !== undefined) this.#handOver(res, route, session, body);
    else {
      // Revoked, or forgotten, while the body arrived.
      this.#session(route, (opened) => {
        if (!('deviceId' in opened)) this.#refuse(res, route.dialect, opened);
        else if (this.#isAccepting) this.#handOver(res, route, opened, body);
        else this.#refuse(res, route.dialect, httpErrors.STOPPING());
      });
    }
  }

  #handOver(res: ServerResponse, route: Upload, session: DeviceSession, body: Uint8Array): void {
    const uplink = {
      handle: session.handle,
      kind: route.uplinkKind,
      packetId: 0,
      isRedelivery: false,
      receivedAtMs: this.#options.clock.nowMs(),
      topic: route.topic,
    };
    this.#stats.bytes += body.length;
    this.#gatherer.add(uplink, body, (problem) => {
      if (problem !== undefined) {
        this.#refuse(res, route.dialect, problem);
        return;
      }
      this.#stats.stored += 1;
      send(res, received);
    });
  }

  #session(route: Upload, then: (session: DeviceSession | Problem) => void): void {
    const { gateway } = this.#options;
    this.#sessions.open(route.shown, () => gateway.authenticate(route.claim, 'HTTP')).then(then, (error: unknown) => then(problemOf(error)));
  }

  #refuse(res: ServerResponse, dialect: Upload['dialect'], problem: Problem): void {
    countRefusal(this.#stats, this.#options.log, problem);
    send(res, refusal(problem, dialect));
  }

  /** Refuses while the body may still be on its way. */
  #refuseEarly(req: IncomingMessage, res: ServerResponse, dialect: Upload['dialect'], problem: Problem): void {
    const isShort = req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) <= DISCARD_BYTES_MAX;
    if (req.complete || isShort) {
      this.#refuse(res, dialect, problem);
      return;
    }
    countRefusal(this.#stats, this.#options.log, problem);
    const giveUp = sendEarly(req, res, refusal(problem, dialect));
    const cancel = this.#options.clock.after('http-discard', this.#limits.discardTimeoutMs, giveUp);
    res.once('close', cancel);
  }
}
