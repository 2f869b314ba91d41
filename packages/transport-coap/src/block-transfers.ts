import type { Clock, Problem } from '@fieldline/kernel';
import { coapErrors } from './errors.js';
import type { CoapLimits } from './limits.js';

/** A Block1 option taken apart (RFC 7959 §2.2). */
export interface Block {
  readonly number: number;
  readonly hasMore: boolean;
  /** Exponent of the block size: 0 is 16 bytes, 6 is 1024; 7 is reserved. */
  readonly sizeExponent: number;
}

/** Where a block comes from: blocks of one body share address, port and path. */
export interface BlockSource {
  readonly address: string;
  readonly port: number;
  readonly path: string;
}

interface Transfer {
  readonly address: string;
  readonly startedMs: number;
  readonly parts: Uint8Array[];
  bytes: number;
}

export type BlockTaken = { readonly body: Uint8Array } | { readonly problem: Problem } | 'more';

/** Reads the value of a Block1 option; undefined where it is too long. */
export function readBlock(value: Uint8Array): Block | undefined {
  if (value.length > 3) return undefined;
  const number = value.reduce((sum, byte) => (sum << 8) | byte, 0);
  return { number: number >>> 4, hasMore: (number & 8) !== 0, sizeExponent: number & 7 };
}

/**
 * Puts bodies together from blocks, which must come in order. Memory is taken only for bytes that arrived,
 * whatever block number a datagram claims, and is bounded for each address and in all.
 */
export class BlockTransfers {
  readonly #clock: Clock;
  readonly #limits: CoapLimits;
  /** Oldest first. */
  readonly #transfers = new Map<string, Transfer>();
  readonly #perAddress = new Map<string, number>();
  #bytes = 0;
  #forgotten = 0;

  constructor(clock: Clock, limits: CoapLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Bodies begun and not finished. */
  get unfinished(): number {
    return this.#transfers.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Unfinished bodies given up: too old, or one too many. */
  get forgotten(): number {
    return this.#forgotten;
  }

  take(source: BlockSource, block: Block, payload: Uint8Array): BlockTaken {
    this.#forgetExpired();
    const key = `${source.address} ${source.port} ${source.path}`;
    const size = 16 << block.sizeExponent;
    const offset = block.number * size;
    if (block.sizeExponent === 7 || payload.length > size || (block.hasMore && payload.length !== size)) {
      this.#remove(key);
      return { problem: coapErrors.BLOCK_INVALID() };
    }
    if (offset + payload.length > this.#limits.bodyBytesMax) {
      this.#remove(key);
      return { problem: coapErrors.BODY_TOO_LARGE({ bytesMax: this.#limits.bodyBytesMax }) };
    }
    if (block.number === 0) {
      this.#remove(key);
      if (!block.hasMore) return { body: payload };
      this.#begin(key, source.address);
    }
    const transfer = this.#transfers.get(key);
    if (transfer === undefined || transfer.bytes !== offset) {
      this.#remove(key);
      return { problem: coapErrors.BLOCK_OUT_OF_ORDER() };
    }
    // The datagram's buffer is not kept: it may be far larger than the block.
    transfer.parts.push(Uint8Array.from(payload));
    transfer.bytes += payload.length;
    this.#bytes += payload.length;
    if (block.hasMore) {
      while (this.#bytes > this.#limits.transferBytesMax) this.#forgetOldest();
      return 'more';
    }
    this.#remove(key);
    return { body: Buffer.concat(transfer.parts) };
  }

  #begin(key: string, address: string): void {
    const { transfersPerAddressMax, transfersMax } = this.#limits;
    if ((this.#perAddress.get(address) ?? 0) >= transfersPerAddressMax) this.#forgetOldest(address);
    if (this.#transfers.size >= transfersMax) this.#forgetOldest();
    this.#transfers.set(key, { address, startedMs: this.#clock.monotonicMs(), parts: [], bytes: 0 });
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
  }

  #forgetExpired(): void {
    const oldestMs = this.#clock.monotonicMs() - this.#limits.transferLifetimeMs;
    for (const [key, { startedMs }] of this.#transfers) {
      if (startedMs > oldestMs) return;
      this.#remove(key);
      this.#forgotten += 1;
    }
  }

  #forgetOldest(address?: string): void {
    for (const [key, transfer] of this.#transfers) {
      if (address !== undefined && transfer.address !== address) continue;
      this.#remove(key);
      this.#forgotten += 1;
      return;
    }
  }

  #remove(key: string): void {
    const transfer = this.#transfers.get(key);
    if (transfer === undefined) return;
    this.#transfers.delete(key);
    this.#bytes -= transfer.bytes;
    const left = (this.#perAddress.get(transfer.address) ?? 1) - 1;
    if (left === 0) this.#perAddress.delete(transfer.address);
    else this.#perAddress.set(transfer.address, left);
  }
}
