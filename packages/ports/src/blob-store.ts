import type { TenantId } from '@fieldline/model';

/** Keeps the bytes of uploaded files, in pieces, so that neither side ever holds a whole one. */
export interface BlobStore {
  /**
   * Stores the pieces under the id, in place of what was there. A blob whose pieces end with an error is not kept.
   *
   * @returns how many bytes were stored
   * @throws STORAGE_UNAVAILABLE, STORAGE_FULL
   */
  put(tenantId: TenantId, id: string, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  /** The bytes from `offset` on, at most `length` of them, in pieces; undefined where there is no such blob. */
  read(tenantId: TenantId, id: string, range?: { readonly offset: number; readonly length: number }): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** To remove what is gone already is no error. */
  remove(tenantId: TenantId, id: string): Promise<void>;
  /** Bytes stored for a tenant. */
  bytes(tenantId: TenantId): Promise<number>;
}
