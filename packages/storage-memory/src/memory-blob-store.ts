import type { TenantId } from '@fieldline/model';
import type { BlobStore } from '@fieldline/ports';

/** A blob store that lives as long as the process. */
export function memoryBlobStore(): BlobStore {
  return new MemoryBlobStore();
}

class MemoryBlobStore implements BlobStore {
  readonly #tenants = new Map<TenantId, Map<string, Uint8Array>>();

  async put(tenantId: TenantId, id: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
    const taken: Uint8Array[] = [];
    for await (const piece of pieces) taken.push(piece.slice());
    const bytes = joined(taken);
    const blobs = this.#tenants.get(tenantId) ?? new Map<string, Uint8Array>();
    this.#tenants.set(tenantId, blobs.set(id, bytes));
    return bytes.length;
  }

  async read(
    tenantId: TenantId,
    id: string,
    range?: { readonly offset: number; readonly length: number },
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const bytes = this.#tenants.get(tenantId)?.get(id);
    if (bytes === undefined) return undefined;
    const { offset, length } = range ?? { offset: 0, length: bytes.length };
    return cut(bytes.subarray(offset, offset + length));
  }

  async remove(tenantId: TenantId, id: string): Promise<void> {
    this.#tenants.get(tenantId)?.delete(id);
  }

  async bytes(tenantId: TenantId): Promise<number> {
    return [...(this.#tenants.get(tenantId)?.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
  }
}

const PIECE_BYTES_MAX = 256 * 1024;

async function* cut(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES_MAX) yield bytes.slice(start, start + PIECE_BYTES_MAX);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
