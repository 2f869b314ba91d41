import type { NetworkService } from '@fieldline/plugin-sdk';
import type { Broker, Callback, Connection, ProducerOptions } from '@platformatic/kafka';
import { kGetBootstrapConnection, kGetConnection, Producer } from '@platformatic/kafka';

type Addresses = Map<string, { readonly address: string; readonly family: 4 | 6 }>;
type Options = ProducerOptions<Buffer, Buffer, Buffer, Buffer>;

/**
 * A producer that asks the network service before each connection, also to brokers that the cluster names itself: what it says
 * about itself could lead anywhere. It connects to the address that was checked.
 */
export class GuardedProducer extends Producer<Buffer, Buffer, Buffer, Buffer> {
  readonly #network: NetworkService;
  readonly #servers: readonly Broker[];
  readonly #addresses: Addresses | undefined;

  constructor(
    options: Omit<Options, 'bootstrapBrokers' | 'tls'> & { readonly tls?: NonNullable<Options['tls']> },
    servers: readonly Broker[],
    network: NetworkService,
  ) {
    const { tls, ...rest } = options;
    // With TLS the name has to stay, since the certificate is checked against it; so it is looked up here instead.
    const addresses: Addresses | undefined = tls === undefined ? undefined : new Map();
    const secured = addresses === undefined ? {} : { tls: { ...tls, lookup: lookupIn(addresses) }, tlsServerName: true };
    super({ ...rest, ...secured, bootstrapBrokers: [...servers] } as Options);
    this.#network = network;
    this.#servers = servers;
    this.#addresses = addresses;
  }

  override [kGetConnection](broker: Broker | undefined, callback: Callback<Connection>): void {
    const connect = super[kGetConnection].bind(this);
    // A broker that the metadata do not know: the client has its own error for that, and reads them anew.
    if (broker === undefined) return connect(broker as never, callback);
    this.#network.reach(broker.host, broker.port).then((reached) => {
      this.#addresses?.set(broker.host, reached);
      connect(this.#addresses === undefined ? { host: reached.address, port: broker.port } : broker, callback);
    }, callback);
  }

  /** Tries the servers of the settings and those known by now, one after the other; each attempt begins with another one. */
  override [kGetBootstrapConnection](callback: Callback<Connection>, attempt = 0): void {
    const known = [...this.#servers, ...(this.currentMetadata?.brokers.values() ?? [])];
    const first = attempt % known.length;
    const brokers = [...known.slice(first), ...known.slice(0, first)].values();
    const tryNext = (lastError: Error | null): void => {
      const { value: broker, done } = brokers.next();
      if (done === true) return callback(lastError ?? new Error('There is no server to connect to.'));
      this[kGetConnection](broker, (error, connection) => (error === null ? callback(null, connection) : tryNext(error)));
    };
    tryNext(null);
  }
}

type Found = (error: Error | null, address: unknown, family?: number) => void;

/** Answers the look-ups of a TLS connection from what was checked just before. */
function lookupIn(addresses: Addresses) {
  return (host: string, { all }: { readonly all?: boolean }, found: Found): void => {
    const reached = addresses.get(host);
    if (reached === undefined) found(new Error(`${host} was not checked.`), '');
    else if (all === true) found(null, [reached]);
    else found(null, reached.address, reached.family);
  };
}
