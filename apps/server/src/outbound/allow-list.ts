import ip from 'ipaddr.js';
import { isIP } from 'node:net';
import { ALLOWED_MAX } from './limits.js';

/** What nodes may reach besides public addresses. */
export interface AllowList {
  /** Whether the name, or the address as it was written, is listed with this port or with every port. */
  hasHost(host: string, port: number): boolean;
  /** Whether the address is listed, or in a range that is. */
  hasAddress(address: string, port: number): boolean;
}

type Entry =
  | { readonly kind: 'range'; readonly range: [ip.IPv4 | ip.IPv6, number] }
  | { readonly kind: 'host'; readonly host: string; readonly port: number | undefined };

/**
 * Reads FIELDLINE_OUTBOUND_ALLOW: hosts, `host:port` and CIDR ranges, with commas or spaces between them. IPv6 addresses with
 * a port stand in brackets.
 *
 * @returns the entry that is none of these, where there is one
 */
export function parseAllowList(text: string): AllowList | { readonly fault: string } {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length > ALLOWED_MAX) return { fault: `more than ${ALLOWED_MAX} entries` };
  const entries: Entry[] = [];
  for (const word of words) {
    const entry = parseEntry(word);
    if (entry === undefined) return { fault: word };
    entries.push(entry);
  }
  const ranges = entries.flatMap((entry) => (entry.kind === 'range' ? [entry.range] : []));
  const hosts = new Map<string, Set<number | undefined>>();
  for (const entry of entries) if (entry.kind === 'host') hosts.set(entry.host, (hosts.get(entry.host) ?? new Set()).add(entry.port));
  const hasHost = (host: string, port: number): boolean => {
    const ports = hosts.get(hostKey(host));
    return ports !== undefined && (ports.has(undefined) || ports.has(port));
  };
  return {
    hasHost,
    hasAddress(address, port) {
      const parsed = ip.process(address);
      return hasHost(address, port) || ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
    },
  };
}

/** A host as it is compared: lower case, without the dot of the root; an address in its shortest form. */
export function hostKey(host: string): string {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? bare.replace(/\.$/, '') : ip.process(bare).toString();
}

function parseEntry(word: string): Entry | undefined {
  const range = /^(.+)\/(\d{1,3})$/.exec(word);
  if (range !== null) return isIP(range[1] ?? '') !== 0 && ip.isValidCIDR(word) ? { kind: 'range', range: ip.parseCIDR(word) } : undefined;
  if (isIP(word) !== 0) return { kind: 'host', host: hostKey(word), port: undefined };
  const [, host = '', portText] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(word) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return isAddressOrName(host) ? { kind: 'host', host: hostKey(host), port } : undefined;
}

/** A name whose last part is a number is no name: it would be read as an address (WHATWG URL, "ends in a number"). */
function isAddressOrName(host: string): boolean {
  if (host.startsWith('[')) return isIP(host.slice(1, -1)) === 6;
  if (isIP(host) === 4) return true;
  const last = host.replace(/\.$/, '').split('.').at(-1) ?? '';
  return /^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\.?$/i.test(host) && !/^(\d+|0x[0-9a-f]*)$/i.test(last);
}
