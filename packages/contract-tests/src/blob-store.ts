import type { BlobStore, Durability } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { freshStore, tenantA, tenantB } from './data-store/fixtures.js';
import type { OpenStore } from './store-under-test.js';

/**
 * Declares the tests of every promise of the `BlobStore` port.
 *
 * @param durability unless it is `memory`, `open` must offer `reopen`
 */
export function blobStoreContract(name: string, open: OpenStore<BlobStore>, { durability }: { readonly durability: Durability }): void {
  describe(`blob store ${name}`, () => {
    piecesContract(open);
    replacingContract(open);
    if (durability !== 'memory') reopenContract(open);
  });
}

async function* pieces(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function* failing(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  yield* pieces(...texts);
  throw new Error('the upload was cut');
}

/** A byte of the big blob: another at each place of a piece, and in each piece. */
const byteAt = (place: number): number => (place * 31 + (place >> 16)) & 0xff;
const BIG_BYTES = 20 * 1024 * 1024;

async function* bigPieces(): AsyncIterable<Uint8Array> {
  // One buffer for all: a store that keeps it instead of its bytes ends up with the last piece many times.
  const piece = new Uint8Array(100_003);
  for (let start = 0; start < BIG_BYTES; start += piece.length) {
    const length = Math.min(piece.length, BIG_BYTES - start);
    for (let n = 0; n < length; n += 1) piece[n] = byteAt(start + n);
    yield piece.subarray(0, length);
  }
}

async function textOf(store: BlobStore, id: string, range?: { offset: number; length: number }, tenantId = tenantA): Promise<string | undefined> {
  const read = await store.read(tenantId, id, range);
  if (read === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of read) text += decoder.decode(piece, { stream: true });
  return text;
}

function piecesContract(open: OpenStore<BlobStore>): void {
  describe('a blob', () => {
    const opened = freshStore(open);

    test('is read as it was stored, whatever its pieces were', async () => {
      expect(await opened.store.put(tenantA, 'id', pieces('Hel', '', 'lo ', 'wörld'))).toBe(12);
      expect(await textOf(opened.store, 'id')).toBe('Hello wörld');
      expect(await textOf(opened.store, 'other')).toBeUndefined();
      expect(await textOf(opened.store, 'id', undefined, tenantB)).toBeUndefined();
    });

    test('may be empty', async () => {
      expect(await opened.store.put(tenantA, 'id', pieces())).toBe(0);
      expect(await textOf(opened.store, 'id')).toBe('');
    });

    test.each([
      [0, 5, 'Hello'],
      [6, 5, 'world'],
      [4, 100, 'o world'],
      [0, 0, ''],
      [11, 5, ''],
      [99, 5, ''],
    ])('from byte %i on, at most %i of them, is %j', async (offset, length, text) => {
      await opened.store.put(tenantA, 'id', pieces('Hello ', 'world'));
      expect(await textOf(opened.store, 'id', { offset, length })).toBe(text);
    });

    test('of 20 MB comes back in pieces of at most 1 MB, all of it and any part', async () => {
      expect(await opened.store.put(tenantA, 'id', bigPieces())).toBe(BIG_BYTES);
      const check = async (offset: number, length: number): Promise<void> => {
        let place = offset;
        for await (const piece of (await opened.store.read(tenantA, 'id', { offset, length })) ?? []) {
          expect(piece.length).toBeLessThanOrEqual(1024 * 1024);
          if (piece.some((byte, n) => byte !== byteAt(place + n))) throw new Error(`a byte of the piece at ${place} is wrong`);
          place += piece.length;
        }
        expect(place).toBe(Math.min(offset + length, BIG_BYTES));
      };
      await check(0, BIG_BYTES);
      await check(262_144, 262_144);
      await check(262_143, 2);
      await check(BIG_BYTES - 1, 10);
    });
  });
}

function replacingContract(open: OpenStore<BlobStore>): void {
  describe('what is stored', () => {
    const opened = freshStore(open);

    test('is replaced as a whole', async () => {
      await opened.store.put(tenantA, 'id', pieces('a longer text than the next'));
      await opened.store.put(tenantB, 'id', pieces('of another tenant'));
      await opened.store.put(tenantA, 'id', pieces('next'));
      expect(await textOf(opened.store, 'id')).toBe('next');
      expect(await textOf(opened.store, 'id', undefined, tenantB)).toBe('of another tenant');
    });

    test('stays where its replacement fails half way, and nothing is there where there was nothing', async () => {
      await opened.store.put(tenantA, 'id', pieces('old'));
      await expect(opened.store.put(tenantA, 'id', failing('new', 'new'))).rejects.toThrow('the upload was cut');
      await expect(opened.store.put(tenantA, 'none', failing('new'.repeat(200_000)))).rejects.toThrow('the upload was cut');
      expect([await textOf(opened.store, 'id'), await textOf(opened.store, 'none')]).toEqual(['old', undefined]);
      expect(await opened.store.bytes(tenantA)).toBe(3);
    });

    test('is one of two that are stored at the same time, not a mixture', async () => {
      const [a, b] = ['a'.repeat(600_000), 'b'.repeat(600_000)] as const;
      await Promise.all([opened.store.put(tenantA, 'id', pieces(a, a)), opened.store.put(tenantA, 'id', pieces(b, b))]);
      expect([a + a, b + b]).toContain(await textOf(opened.store, 'id'));
      expect(await opened.store.bytes(tenantA)).toBe(1_200_000);
    });

    test('is counted by tenant, and no more once it is removed', async () => {
      await opened.store.put(tenantA, 'one', pieces('12345'));
      await opened.store.put(tenantA, 'two', pieces('123'));
      await opened.store.put(tenantB, 'one', pieces('1'));
      expect([await opened.store.bytes(tenantA), await opened.store.bytes(tenantB)]).toEqual([8, 1]);
      await opened.store.remove(tenantA, 'one');
      await opened.store.remove(tenantA, 'one');
      expect([await opened.store.bytes(tenantA), await opened.store.bytes(tenantB)]).toEqual([3, 1]);
      expect([await textOf(opened.store, 'one'), await textOf(opened.store, 'one', undefined, tenantB)]).toEqual([undefined, '1']);
    });
  });
}

function reopenContract(open: OpenStore<BlobStore>): void {
  describe('after it was closed and opened again', () => {
    const opened = freshStore(open);

    test('blobs are there, and nothing of those that failed', async () => {
      await opened.store.put(tenantA, 'id', pieces('kept'));
      await expect(opened.store.put(tenantA, 'none', failing('lost'))).rejects.toThrow('the upload was cut');
      const store = await opened.reopen();
      expect([await textOf(store, 'id'), await textOf(store, 'none'), await store.bytes(tenantA)]).toEqual(['kept', undefined, 4]);
    });
  });
}
