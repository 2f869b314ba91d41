import type { Clock, Problem } from '@fieldline/kernel';
import { fnv1a } from '@fieldline/kernel';
import { BlockTransfers, readBlock } from './block-transfers.js';
import type { Datagram } from './datagram.js';
import { decodeDatagram, encodeDatagram, MessageType, OptionNumber, optionNumberValue } from './datagram.js';
import { coapErrors } from './errors.js';
import { Exchanges } from './exchanges.js';
import type { CoapLimits } from './limits.js';
import type { CoapStats } from './stats.js';

/** A request that is whole, not a repeat, and within all bounds. */
export interface GuardedRequest {
  readonly code: number;
  readonly path: readonly string[];
  readonly body: Uint8Array;
}

/** What to do with a datagram. `head` is the request reduced to what the library needs to address the answer. */
export type Verdict =
  | { readonly kind: 'drop' }
  /** Send these bytes back as they are. */
  | { readonly kind: 'reply'; readonly bytes: Buffer }
  /** An acknowledgement or reset of an answer: the library keeps track of those. */
  | { readonly kind: 'pass'; readonly bytes: Buffer }
  | { readonly kind: 'more'; readonly head: Buffer; readonly block1: Buffer }
  | { readonly kind: 'refuse'; readonly head: Buffer; readonly problem: Problem }
  | { readonly kind: 'request'; readonly head: Buffer; readonly request: GuardedRequest; readonly block1: Buffer | undefined };

export interface Peer {
  readonly address: string;
  readonly port: number;
}

/**
 * Looks at each datagram before the library does. The library allocates memory from a block number that an
 * attacker chooses, takes a repeated request twice while the first is being answered, puts blocks together
 * by token (which newer clients change with each block), and keeps unfinished bodies without bound. So it
 * gets to see only the head of requests that have passed here.
 */
export class RequestGuard {
  readonly #stats: CoapStats;
  readonly #limits: CoapLimits;
  readonly exchanges: Exchanges;
  readonly transfers: BlockTransfers;

  constructor(clock: Clock, limits: CoapLimits, stats: CoapStats) {
    this.#stats = stats;
    this.#limits = limits;
    this.exchanges = new Exchanges(clock, limits);
    this.transfers = new BlockTransfers(clock, limits);
  }

  inspect(bytes: Buffer, peer: Peer): Verdict {
    this.#stats.datagrams += 1;
    const datagram = decodeDatagram(bytes);
    if (datagram === undefined) return this.#reject(bytes);
    const { type, code, messageId } = datagram;
    if (type === MessageType.acknowledgement || type === MessageType.reset) return code === 0 ? { kind: 'pass', bytes } : this.#reject(bytes);
    // An empty confirmable message asks whether we are there: a reset says so (RFC 7252 §4.3).
    if (code === 0) return type === MessageType.confirmable ? { kind: 'reply', bytes: resetOf(messageId) } : { kind: 'drop' };
    if (code >> 5 !== 0) return this.#reject(bytes);
    const key = exchangeKey(peer, messageId);
    const hash = fnv1a(bytes);
    const exchange = this.exchanges.repeated(key, hash);
    if (exchange !== undefined) {
      this.#stats.duplicates += 1;
      // A repeated non-confirmable message is ignored (RFC 7252 §4.3); one that has no answer yet gets it in time.
      if (type !== MessageType.confirmable || exchange.reply === undefined) return { kind: 'drop' };
      return { kind: 'reply', bytes: exchange.reply };
    }
    this.exchanges.begin(key, hash);
    return this.#request(datagram, peer);
  }

  #request(datagram: Datagram, peer: Peer): Verdict {
    const { type, code, messageId, token } = datagram;
    // Always a POST: the library has rules of its own for other methods.
    const head = encodeDatagram({ type, code: POST, messageId, token, options: [], payload: NOTHING });
    const refuse = (problem: Problem): Verdict => ({ kind: 'refuse', head, problem });
    const problem = this.#faultOf(datagram);
    if (problem !== undefined) return refuse(problem);
    const path = pathOf(datagram);
    if (path === undefined) return refuse(coapErrors.PATH_UNKNOWN());
    const block1 = datagram.options.find((option) => option.number === OptionNumber.block1)?.value;
    if (block1 === undefined) return { kind: 'request', head, request: { code, path, body: datagram.payload }, block1: undefined };
    const block = readBlock(block1);
    if (block === undefined) return refuse(coapErrors.BLOCK_INVALID());
    const taken = this.transfers.take({ ...peer, path: path.join('/') }, block, datagram.payload);
    if (taken === 'more') return { kind: 'more', head, block1: Buffer.from(block1) };
    if ('problem' in taken) return refuse(taken.problem);
    return { kind: 'request', head, request: { code, path, body: taken.body }, block1: Buffer.from(block1) };
  }

  #faultOf({ code, options, payload }: Datagram): Problem | undefined {
    const { bodyBytesMax } = this.#limits;
    for (const { number, value } of options) {
      if (number === OptionNumber.proxyUri || number === OptionNumber.proxyScheme) return coapErrors.PROXY_UNSUPPORTED();
      // Odd numbers are critical: not to know one means not to understand the request (RFC 7252 §5.4.1).
      if (number % 2 === 1 && !knownCritical.has(number)) return coapErrors.OPTION_UNKNOWN({ option: number });
      if (number === OptionNumber.size1 && (optionNumberValue(value) ?? Infinity) > bodyBytesMax) {
        return coapErrors.BODY_TOO_LARGE({ bytesMax: bodyBytesMax });
      }
    }
    if (payload.length > bodyBytesMax) return coapErrors.BODY_TOO_LARGE({ bytesMax: bodyBytesMax });
    return code > METHOD_MAX ? coapErrors.METHOD_NOT_ALLOWED() : undefined;
  }

  /** What breaks the format, or is a response nobody asked for, is reset if confirmable (RFC 7252 §4.2). */
  #reject(bytes: Buffer): Verdict {
    this.#stats.malformed += 1;
    const isConfirmable = bytes.length >= 4 && (bytes.readUInt8(0) & 0xf0) === 0x40;
    return isConfirmable ? { kind: 'reply', bytes: resetOf(bytes.readUInt16BE(2)) } : { kind: 'drop' };
  }
}

/** Key of an exchange: a message id means something only for one peer. */
export function exchangeKey(peer: Peer, messageId: number): string {
  return `${peer.address} ${peer.port} ${messageId}`;
}

function resetOf(messageId: number): Buffer {
  return encodeDatagram({ type: MessageType.reset, code: 0, messageId, token: NOTHING, options: [], payload: NOTHING });
}

function pathOf({ options }: Datagram): readonly string[] | undefined {
  try {
    return options.filter(({ number }) => number === OptionNumber.uriPath).map(({ value }) => utf8.decode(value));
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const NOTHING = new Uint8Array(0);
const POST = 2;
/** GET, POST, PUT, DELETE; what came after RFC 7252 has higher numbers. */
const METHOD_MAX = 4;
/** If-Match, Uri-Host, If-None-Match, Uri-Port, Uri-Path, Uri-Query, Accept, Block2, Block1. */
const knownCritical = new Set([1, 3, 5, 7, 11, 15, 17, 23, 27]);
