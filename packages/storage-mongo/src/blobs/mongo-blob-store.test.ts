import { blobStoreContract } from '@fieldline/contract-tests';
import type { TenantId } from '@fieldline/model';
import type { BlobStore } from '@fieldline/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BLOB_PIECE_BYTES, UPLOAD_LEASE_MS } from '../limits.js';
import type { MongoDatabase } from '../mongo-database.js';
import { ambient, describeWithMongo, diesAt, faultyDatabase, testDatabase, underTest } from '../mongo-server.fixture.js';
import { openMongoBlobStore } from './mongo-blob-store.js';

// Goal: besides the contract, no bytes stay behind that are of no blob, and a reader never gets parts of two blobs.
// Method: cut uploads and removals off at each call, as if the process had died; look into the collection of pieces.

describeWithMongo('MongoDB', (server) => {
  const open = underTest(server, async (database) => ({ store: await openMongoBlobStore({ database, ...ambient() }), close: async () => undefined }));
  blobStoreContract('mongo', open, { durability: 'synced' });

  describe('the pieces of blobs', () => {
    let place: ReturnType<typeof testDatabase>;
    let database: MongoDatabase;
    const { clock } = ambient();
    beforeEach(async () => {
      place = testDatabase(server());
      database = await place.open();
    });
    afterEach(async () => {
      await database.close();
      await place.drop();
    });

    const tenant = 't' as TenantId;
    const counts = async (): Promise<readonly number[]> => {
      const raw = server().connection.getClient().db(database.name);
      return Promise.all(['blob', 'blob_piece', 'blob_upload'].map((name) => raw.collection(name).countDocuments()));
    };
    const PIECES = 3;
    async function* blocks(value: number): AsyncIterable<Uint8Array> {
      for (let n = 0; n < PIECES; n += 1) yield new Uint8Array(BLOB_PIECE_BYTES).fill(value);
    }
    const firstByte = async (store: BlobStore): Promise<number | undefined> => {
      for await (const piece of (await store.read(tenant, 'id')) ?? []) return piece[0];
      return undefined;
    };

    test.each([
      ['a replacement', (store: BlobStore) => store.put(tenant, 'id', blocks(2)), [2]],
      ['a removal', (store: BlobStore) => store.remove(tenant, 'id'), [undefined]],
    ] as const)('of %s that is cut off anywhere are gone at a later start, or the blob', async (_, run, after) => {
      for (let calls = 0, isCutOff = true; isCutOff; calls += 1) {
        const faulty = faultyDatabase(database);
        const dying = await openMongoBlobStore({ database: faulty, clock });
        await dying.put(tenant, 'id', blocks(1));
        let first: number | undefined;
        isCutOff = false;
        faulty.onChange = (n) => {
          first ??= n;
          isCutOff ||= n >= first + calls;
          if (isCutOff) diesAt(0)(n);
        };
        await run(dying).catch(() => undefined);
        clock.putForward(UPLOAD_LEASE_MS + 1);
        const next = await openMongoBlobStore({ database, clock });
        const byte = await firstByte(next);
        expect([1, ...after]).toContain(byte);
        expect(await counts()).toEqual(byte === undefined ? [0, 0, 0] : [1, PIECES, 0]);
      }
    });

    test('of an upload under way are left alone by others that start', async () => {
      const store = await openMongoBlobStore({ database, clock });
      async function* slow(): AsyncIterable<Uint8Array> {
        yield* blocks(1);
        await openMongoBlobStore({ database, clock });
      }
      expect(await store.put(tenant, 'id', slow())).toBe(PIECES * BLOB_PIECE_BYTES);
      expect(await counts()).toEqual([1, PIECES, 0]);
    });

    test('of a blob that is replaced while it is read end with an error', async () => {
      const store = await openMongoBlobStore({ database, clock });
      await store.put(tenant, 'id', blocks(1));
      const read = (await store.read(tenant, 'id'))?.[Symbol.asyncIterator]();
      expect((await read?.next())?.value?.length).toBe(BLOB_PIECE_BYTES);
      await store.put(tenant, 'id', blocks(2));
      await expect(read?.next()).rejects.toMatchObject({ code: 'MONGO_BLOB_REPLACED', retry: 'later' });
    });
  });
});
