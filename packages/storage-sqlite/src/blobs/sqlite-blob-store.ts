import { ProblemError } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { storageErrors, type BlobStore } from '@fieldline/ports';
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openForReading, readCoded } from '../database.js';
import { isOfTenant } from '../entities/removed-tenants.js';
import { sqliteErrors } from '../errors.js';
import type { WriterLink, WriteStatement } from '../writer/writer-link.js';
import { pieceStatement, uploadPieces } from './upload-pieces.js';

export interface SqliteBlobStoreOptions {
  /** The data folder (FIELDLINE_DATA_DIR). */
  readonly path: string;
  /** The store writes through it and does not close it. */
  readonly writer: WriterLink;
}

/** A blob store that holds a file open. */
export interface SqliteBlobStore extends BlobStore {
  close(): Promise<void>;
}

/**
 * Opens the blob store of a data folder.
 *
 * @throws SQLITE_FOLDER_UNUSABLE, SQLITE_FOLDER_IN_USE, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT
 */
export async function openSqliteBlobStore({ path, writer }: SqliteBlobStoreOptions): Promise<SqliteBlobStore> {
  await writer.ready();
  return new BlobsInSqlite(path, writer);
}

// Every upload has a name of its own; only when all its pieces are on the disk does the blob point to it, in the same
// transaction that removes those of the upload before.
const removePieces = 'DELETE FROM blob_piece WHERE upload = (SELECT upload FROM blob WHERE tenant_id = ? AND id = ?)';
const removeUpload = 'DELETE FROM blob_piece WHERE upload = ?';
const putBlob = 'INSERT OR REPLACE INTO blob (tenant_id, id, upload, bytes) VALUES (?, ?, ?, ?)';
const removeBlob = 'DELETE FROM blob WHERE tenant_id = ? AND id = ?';

class BlobsInSqlite implements SqliteBlobStore {
  readonly #path: string;
  readonly #writer: WriterLink;
  readonly #database: DatabaseSync;
  readonly #blob: StatementSync;
  readonly #piece: StatementSync;
  readonly #sum: StatementSync;
  #closing: Promise<void> | undefined;

  constructor(path: string, writer: WriterLink) {
    this.#path = path;
    this.#writer = writer;
    this.#database = openForReading(path);
    this.#blob = this.#database.prepare(`SELECT upload, bytes FROM blob WHERE tenant_id = ? AND id = ? AND ${isOfTenant}`);
    this.#piece = this.#database.prepare('SELECT place, bytes FROM blob_piece WHERE upload = ? AND place <= ? ORDER BY place DESC LIMIT 1');
    this.#sum = this.#database.prepare(`SELECT coalesce(sum(bytes), 0) AS bytes FROM blob WHERE tenant_id = ? AND ${isOfTenant}`);
  }

  async put(tenantId: TenantId, id: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
    const upload = randomUUID();
    let bytes = 0;
    try {
      for await (const piece of uploadPieces(pieces)) {
        await this.#write([pieceStatement(upload, bytes, piece)]);
        bytes += piece.length;
      }
      await this.#write([
        { sql: removePieces, rows: [[tenantId, id]] },
        { sql: putBlob, rows: [[tenantId, id, upload, bytes]] },
      ]);
    } catch (error) {
      // Where this fails too, the writer removes what no blob points to when it opens the folder again.
      await this.#writer.write({ statements: [{ sql: removeUpload, rows: [[upload]] }] });
      throw error;
    }
    return bytes;
  }

  async read(
    tenantId: TenantId,
    id: string,
    range?: { readonly offset: number; readonly length: number },
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const blob = readCoded(this.#path, () => this.#blob.get(tenantId, id));
    if (blob === undefined) return undefined;
    const bytes = Number(blob['bytes']);
    const { offset, length } = range ?? { offset: 0, length: bytes };
    return this.#pieces(String(blob['upload']), offset, Math.min(offset + length, bytes));
  }

  async remove(tenantId: TenantId, id: string): Promise<void> {
    await this.#write([removePieces, removeBlob].map((sql) => ({ sql, rows: [[tenantId, id]] })));
  }

  async bytes(tenantId: TenantId): Promise<number> {
    return readCoded(this.#path, () => Number(this.#sum.get(tenantId)?.['bytes']));
  }

  close(): Promise<void> {
    this.#closing ??= Promise.resolve(this.#database.close());
    return this.#closing;
  }

  /** Reads piece by piece and keeps no snapshot between them, so that a slow reader holds up nothing. */
  async *#pieces(upload: string, start: number, end: number): AsyncIterable<Uint8Array> {
    for (let at = start; at < end;) {
      const row = readCoded(this.#path, () => this.#piece.get(upload, at));
      const bytes = row?.['bytes'];
      if (!(bytes instanceof Uint8Array)) throw sqliteErrors.BLOB_REPLACED();
      const place = Number(row?.['place']);
      yield bytes.subarray(at - place, end - place);
      at = place + bytes.length;
    }
  }

  async #write(statements: readonly WriteStatement[]): Promise<void> {
    if (this.#closing !== undefined) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    const failure = await this.#writer.write({ statements });
    if (failure === undefined) return;
    if (failure.kind === 'problem') throw new ProblemError(failure.problem);
    throw storageErrors.UNAVAILABLE({ reason: `the database refused a write (${JSON.stringify(failure)})` });
  }
}
