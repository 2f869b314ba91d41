import type { Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { storageErrors, type BlobStore } from '@fieldline/ports';
import { mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { mongoErrors } from '../errors.js';
import { BLOB_PIECE_BYTES, UPLOAD_LEASE_MS } from '../limits.js';
import type { MongoCollection, Stored } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import { uploadPieces } from './upload-pieces.js';

export interface MongoBlobStoreOptions {
  readonly database: MongoDatabase;
  readonly clock: Clock;
}

/**
 * Opens the blob store of a database, of which several processes may have one, and removes what uploads left behind
 * that never became a blob.
 *
 * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
 */
export async function openMongoBlobStore({ database, clock }: MongoBlobStoreOptions): Promise<BlobStore> {
  const byUpload = { name: 'by_upload', fields: ['upload'] };
  const store = new MongoBlobStore({
    clock,
    blobs: await database.open<BlobDocument>({ name: 'blob', indexes: [{ name: 'by_tenant', fields: ['tenantId'] }, byUpload] }),
    pieces: await database.open<PieceDocument>({ name: 'blob_piece', indexes: [byUpload] }),
    uploads: await database.open<UploadDocument>({ name: 'blob_upload', indexes: [] }),
  });
  await store.sweep();
  return store;
}

/** Which upload is the blob of an id. */
interface BlobDocument extends Stored {
  readonly tenantId: string;
  readonly upload: string;
  readonly bytes: number;
}

/** Bytes of an upload; `_id` has its name and place. */
interface PieceDocument extends Stored {
  readonly upload: string;
  readonly bytes: mongo.Binary;
}

/** An upload that may be of no blob, not yet or no more. There is one before that is so, so that no bytes are forgotten. */
interface UploadDocument extends Stored {
  readonly leaseUntilMs: number;
}

interface Collections {
  readonly blobs: MongoCollection<BlobDocument>;
  readonly pieces: MongoCollection<PieceDocument>;
  readonly uploads: MongoCollection<UploadDocument>;
}

const blobId = (tenantId: TenantId, id: string): string => `${tenantId} ${id}`;
const pieceId = (upload: string, place: number): string => `${upload} ${String(place)}`;

class MongoBlobStore implements BlobStore {
  readonly #blobs: MongoCollection<BlobDocument>;
  readonly #pieces: MongoCollection<PieceDocument>;
  readonly #uploads: MongoCollection<UploadDocument>;
  readonly #clock: Clock;

  constructor({ blobs, pieces, uploads, clock }: Collections & { readonly clock: Clock }) {
    this.#blobs = blobs;
    this.#pieces = pieces;
    this.#uploads = uploads;
    this.#clock = clock;
  }

  async put(tenantId: TenantId, id: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
    const upload = randomUUID();
    await this.#note(upload);
    try {
      const bytes = await this.#store(upload, pieces);
      await this.#point({ _id: blobId(tenantId, id), tenantId, upload, bytes });
      return bytes;
    } catch (error) {
      // Where this fails too, the note stays and the next start does it.
      await this.#forget(upload).catch(() => undefined);
      throw error;
    }
  }

  async read(
    tenantId: TenantId,
    id: string,
    range?: { readonly offset: number; readonly length: number },
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const blob = await this.#blobs.first({ _id: blobId(tenantId, id) });
    if (blob === undefined) return undefined;
    const { offset, length } = range ?? { offset: 0, length: blob.bytes };
    return this.#read(blob.upload, offset, Math.min(offset + length, blob.bytes));
  }

  async remove(tenantId: TenantId, id: string): Promise<void> {
    const blob = await this.#blobs.first({ _id: blobId(tenantId, id) });
    if (blob === undefined) return;
    await this.#note(blob.upload);
    await this.#blobs.remove({ _id: blob._id, upload: blob.upload });
    await this.#forget(blob.upload);
  }

  async bytes(tenantId: TenantId): Promise<number> {
    let sum = 0;
    for await (const { bytes } of this.#blobs.stream({ tenantId }, { fields: ['bytes'] })) sum += bytes;
    return sum;
  }

  /** Removes the bytes of uploads that are over and of no blob. */
  async sweep(): Promise<void> {
    const over = await this.#uploads.find({ leaseUntilMs: { $lt: this.#clock.nowMs() } });
    for (const { _id } of over) await this.#forget(_id);
  }

  async #store(upload: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
    let bytes = 0;
    let notedMs = this.#clock.nowMs();
    for await (const piece of uploadPieces(pieces)) {
      await this.#pieces.insert([{ _id: pieceId(upload, bytes), upload, bytes: new mongo.Binary(piece) }]);
      bytes += piece.length;
      if (this.#clock.nowMs() - notedMs < UPLOAD_LEASE_MS / 4) continue;
      await this.#note(upload);
      notedMs = this.#clock.nowMs();
    }
    return bytes;
  }

  /** Makes the upload the blob, and removes the one before. Of two at the same time, the one that is later wins. */
  async #point(blob: BlobDocument): Promise<void> {
    for (let attempt = 0; attempt < POINT_ATTEMPTS_MAX; attempt += 1) {
      const before = await this.#blobs.first({ _id: blob._id });
      if (before === undefined) {
        if ((await this.#blobs.insert([blob])).length > 0) continue;
      } else {
        await this.#note(before.upload);
        if ((await this.#blobs.replace({ _id: blob._id, upload: before.upload }, blob)) !== 'replaced') continue;
        await this.#forget(before.upload);
      }
      await this.#uploads.remove({ _id: blob.upload });
      return;
    }
    throw storageErrors.UNAVAILABLE({ reason: 'others keep storing the same file' });
  }

  /** Reads piece by piece and keeps no snapshot between them, so that a slow reader holds up nothing. */
  async *#read(upload: string, start: number, end: number): AsyncIterable<Uint8Array> {
    for (let at = start; at < end;) {
      const place = at - (at % BLOB_PIECE_BYTES);
      const piece = await this.#pieces.first({ _id: pieceId(upload, place) });
      if (piece === undefined) throw mongoErrors.BLOB_REPLACED();
      const bytes = new Uint8Array(piece.bytes.buffer);
      yield bytes.subarray(at - place, end - place);
      at = place + bytes.length;
    }
  }

  #note(upload: string): Promise<void> {
    return this.#uploads.put([{ _id: upload, leaseUntilMs: this.#clock.nowMs() + UPLOAD_LEASE_MS }]);
  }

  /** Removes an upload unless it is a blob. */
  async #forget(upload: string): Promise<void> {
    if ((await this.#blobs.first({ upload })) === undefined) await this.#pieces.remove({ upload });
    await this.#uploads.remove({ _id: upload });
  }
}

/** Each failed attempt means that somebody else succeeded. */
const POINT_ATTEMPTS_MAX = 100;
