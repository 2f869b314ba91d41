import type { Problem } from '@fieldline/kernel';

/**
 * Sessions of devices that authenticate with each request, by what they show (a token). Bounded: beyond
 * `sessionsMax` the one unused for longest is closed. Requests that show the same thing at the same time
 * share one authentication.
 */
export class SessionCache<Session extends { readonly deviceId: string }> {
  readonly #sessions = new Map<string, Session>();
  readonly #opening = new Map<string, Promise<Session | Problem>>();
  /** Devices revoked while an authentication was under way that may have read the old state. */
  readonly #revokedMeanwhile = new Set<string>();
  readonly #sessionsMax: number;
  readonly #close: (session: Session) => void;

  /** @param close called once for each session that was opened, when it leaves the cache */
  constructor(sessionsMax: number, close: (session: Session) => void) {
    this.#sessionsMax = sessionsMax;
    this.#close = close;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** The session that is open for `shown`, and marks it as used. */
  get(shown: string): Session | undefined {
    const session = this.#sessions.get(shown);
    if (session === undefined) return undefined;
    this.#sessions.delete(shown);
    this.#sessions.set(shown, session);
    return session;
  }

  /** The session for `shown`, opened by `authenticate` where there is none. Problems are not remembered. */
  open(shown: string, authenticate: () => Promise<Session | Problem>): Promise<Session | Problem> {
    const session = this.get(shown);
    if (session !== undefined) return Promise.resolve(session);
    const underWay = this.#opening.get(shown);
    if (underWay !== undefined) return underWay;
    const opening = this.#authenticate(shown, authenticate).finally(() => {
      this.#opening.delete(shown);
      if (this.#opening.size === 0) this.#revokedMeanwhile.clear();
    });
    this.#opening.set(shown, opening);
    return opening;
  }

  /** Closes the sessions of a device, also one that is being opened. */
  revoke(deviceId: string): void {
    if (this.#opening.size > 0) this.#revokedMeanwhile.add(deviceId);
    for (const [shown, session] of this.#sessions) {
      if (session.deviceId === deviceId) this.#drop(shown, session);
    }
  }

  /** Closes all sessions. */
  clear(): void {
    for (const [shown, session] of this.#sessions) this.#drop(shown, session);
  }

  async #authenticate(shown: string, authenticate: () => Promise<Session | Problem>): Promise<Session | Problem> {
    let result = await authenticate();
    while ('deviceId' in result && this.#revokedMeanwhile.delete(result.deviceId)) {
      this.#close(result);
      result = await authenticate();
    }
    if (!('deviceId' in result)) return result;
    this.#sessions.set(shown, result);
    if (this.#sessions.size > this.#sessionsMax) {
      const [oldest] = this.#sessions;
      if (oldest !== undefined) this.#drop(...oldest);
    }
    return result;
  }

  #drop(shown: string, session: Session): void {
    this.#sessions.delete(shown);
    this.#close(session);
  }
}
