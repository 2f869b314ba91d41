import type { Clock } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import type { NetworkService } from '@fieldline/plugin-sdk';
import ip from 'ipaddr.js';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type AllowList, hostKey } from './allow-list.js';
import { outboundErrors } from './errors.js';
import { RESOLVE_TIMEOUT_MS } from './limits.js';

/** Finds the addresses of a name, in the order in which they are to be tried. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface OutboundGuardDeps {
  readonly allowed: AllowList;
  readonly clock: Pick<Clock, 'after'>;
  /** The name service of the machine, unless a test brings its own. */
  readonly resolve?: Resolve | undefined;
}

/**
 * Decides where rule nodes may connect: to public addresses, and to what the operator lists. It judges the address to which
 * the connection then goes, never the name: a name may lead anywhere, and elsewhere the next time.
 */
export class OutboundGuard implements NetworkService {
  readonly #allowed: AllowList;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #resolve: Resolve;

  constructor({ allowed, clock, resolve = resolveName }: OutboundGuardDeps) {
    this.#allowed = allowed;
    this.#clock = clock;
    this.#resolve = resolve;
  }

  /** Of several addresses the first that may be reached. @throws OUTBOUND_REFUSED, OUTBOUND_HOST_UNKNOWN */
  async reach(host: string, port: number): Promise<{ readonly address: string; readonly family: 4 | 6 }> {
    const name = host.replace(/^\[(.*)\]$/, '$1');
    const addresses = isIP(name) === 0 ? await this.#addressesOf(name) : [name];
    const isNamed = this.#allowed.hasHost(name, port);
    const found = addresses.find((address) => isNamed || this.#mayReach(address, port));
    if (found === undefined) throw this.#refusal(name, port, addresses[0] as string);
    return { address: found, family: isIP(found) === 6 ? 6 : 4 };
  }

  /** For what goes through a proxy, which finds the address by itself: refuses where a connection of ours would be. @throws OUTBOUND_REFUSED */
  async reachByProxy(host: string, port: number): Promise<void> {
    try {
      await this.reach(host, port);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'OUTBOUND_HOST_UNKNOWN') throw error;
    }
  }

  #mayReach(address: string, port: number): boolean {
    return rangeOf(address) === 'unicast' || this.#allowed.hasAddress(address, port);
  }

  #refusal(name: string, port: number, address: string): Error {
    const host = hostKey(name);
    const target = isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
    return outboundErrors.REFUSED({ target, address: isIP(name) === 0 ? address : target, range: rangeOf(address) });
  }

  async #addressesOf(name: string): Promise<readonly string[]> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.#clock.after('resolve-name', RESOLVE_TIMEOUT_MS, () => reject(new Error('the name server does not answer')));
    });
    try {
      const found = (await Promise.race([this.#resolve(name), late])).filter((address) => isIP(address) !== 0);
      if (found.length === 0) throw new Error('the name has none');
      return found;
    } catch (error) {
      throw outboundErrors.HOST_UNKNOWN({ host: name, reason: (error as Error).message }, { cause: error });
    } finally {
      cancel();
    }
  }
}

/** The part of IPv6 that is given to networks of the world; all else is not routed. */
const worldOfIpv6 = ip.parseCIDR('2000::/3');

/**
 * What an address is for: `unicast` is the whole public network, everything else a part with a purpose. Addresses of IPv4 in
 * the clothes of IPv6 are what they are underneath; those of translators and tunnels have ranges of their own.
 */
function rangeOf(address: string): string {
  const parsed = ip.process(address);
  const range = parsed.range();
  return range === 'unicast' && parsed.kind() === 'ipv6' && !parsed.match(worldOfIpv6) ? 'reserved' : range;
}

async function resolveName(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
}
