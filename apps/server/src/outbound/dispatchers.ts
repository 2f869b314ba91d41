import type { HttpRequest, TlsMaterial } from '@fieldline/plugin-sdk';
import { createHash } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool, ProxyAgent } from 'undici';
import { outboundErrors } from './errors.js';
import { CONNECT_TIMEOUT_MS, CONNECTIONS_PER_ORIGIN, KEEP_ALIVE_MS, SERVICES_KEPT_MAX } from './limits.js';
import type { OutboundGuard } from './outbound-guard.js';

type Wanted = Pick<HttpRequest, 'tls' | 'proxy'>;
type Connect = buildConnector.connector;

/** Timeouts of a call are those of the call: one that is long is no sign of a broken connection. */
const poolOptions = {
  connections: CONNECTIONS_PER_ORIGIN,
  allowH2: false,
  keepAliveTimeout: KEEP_ALIVE_MS,
  keepAliveMaxTimeout: KEEP_ALIVE_MS,
  headersTimeout: 0,
  bodyTimeout: 0,
};

/** Connections to services, kept for the next call: a pool for each service, certificates and proxy. Every one is opened past the guard. */
export class Dispatchers {
  readonly #guard: OutboundGuard;
  readonly #kept = new Map<string, Dispatcher>();

  constructor(guard: OutboundGuard) {
    this.#guard = guard;
  }

  /** The way to an origin such as `https://host:port`. @throws OUTBOUND_TLS_INVALID */
  to(origin: string, wanted: Wanted): Dispatcher {
    const key = keyOf(origin, wanted);
    const made = this.#kept.get(key) ?? this.#make(origin, wanted);
    this.#kept.delete(key);
    this.#kept.set(key, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > SERVICES_KEPT_MAX && oldest !== undefined) {
      // Calls that are under way end first.
      void this.#kept.get(oldest)?.close();
      this.#kept.delete(oldest);
    }
    return made;
  }

  /** Ends every connection, and the calls on it. */
  async close(): Promise<void> {
    const open = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(open.map((one) => one.destroy()));
  }

  #make(origin: string, { tls, proxy }: Wanted): Dispatcher {
    requireTls(tls);
    const connect = this.#guarded(tls);
    const requestTls = { ...tlsOptions(tls), allowH2: false };
    if (proxy === undefined) return new Pool(origin, { ...poolOptions, connect });
    // The operator of the machine vouches for the proxy in its environment; what is left out of it is reached past the guard.
    if (proxy === 'system') return new EnvHttpProxyAgent({ ...poolOptions, connect, requestTls });
    const uri = `http://${proxy.host.includes(':') ? `[${proxy.host}]` : proxy.host}:${proxy.port}`;
    const past = this.#guarded(undefined);
    const pool = (to: string | URL, options: object): Dispatcher => new Pool(to, { ...poolOptions, ...options });
    return new ProxyAgent({
      ...poolOptions,
      uri,
      requestTls,
      ...(proxy.user === undefined ? {} : { token: basic(proxy.user, proxy.password ?? '') }),
      clientFactory: (to) => pool(to, { connect: past }),
      factory: (to, options) => pool(to, new URL(to).origin === new URL(uri).origin ? { connect: past } : options),
    });
  }

  /** Connects to the address that the guard found, so that the name is not looked up again; certificates are checked for the name. */
  #guarded(tls: TlsMaterial | undefined): Connect {
    const connect = buildConnector({ ...tlsOptions(tls), allowH2: false, timeout: CONNECT_TIMEOUT_MS });
    return (options, callback) => {
      const port = options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : Number(options.port);
      this.#guard.reach(options.hostname, port).then(
        ({ address }) => connect({ ...options, hostname: address }, callback),
        (error: unknown) => callback(error as Error, null),
      );
    };
  }
}

export const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Says what is wrong with certificates before a connection fails with half a sentence. @throws OUTBOUND_TLS_INVALID */
function requireTls(tls: TlsMaterial | undefined): void {
  if (tls === undefined) return;
  try {
    createSecureContext(tlsOptions(tls));
  } catch (error) {
    throw outboundErrors.TLS_INVALID({ reason: (error as Error).message }, { cause: error });
  }
}

/** Only what is there: an empty text is no certificate. */
function tlsOptions(tls: TlsMaterial = {}): { ca?: string; cert?: string; key?: string; passphrase?: string } {
  return Object.fromEntries(Object.entries(tls).filter(([, text]) => text !== undefined && text !== ''));
}

/** Keys and passwords are not kept a second time. */
function keyOf(origin: string, { tls, proxy }: Wanted): string {
  if (tls === undefined && proxy === undefined) return origin;
  const { ca, cert, key, passphrase } = tls ?? {};
  return `${origin} ${createHash('sha256')
    .update(JSON.stringify([ca, cert, key, passphrase, proxy]))
    .digest('base64')}`;
}
