import type { ChecksumAlgorithm, OtaPackage, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';
import { runningChecksum } from './ota-checksums.js';
import { otaErrors } from './ota-errors.js';
import type { NewHash } from './running-hash.js';
import { storedEntity } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';

export interface OtaFileDeps extends DirectoryDeps {
  readonly newHash: NewHash;
  /** Largest file, whatever the tenant may have. */
  readonly otaBytesMax: number;
}

/** A file on its way in. */
export interface OtaUpload {
  readonly fileName: string;
  readonly contentType: string;
  readonly checksumAlgorithm: ChecksumAlgorithm;
  /** What the client computed; absent takes ours. */
  readonly checksum?: string | undefined;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** The bytes of OTA packages. They pass through in pieces; nobody ever holds a whole file. */
export class OtaFiles {
  readonly #deps: OtaFileDeps;
  readonly #writer: EntityWriter;
  readonly #limits: TenantLimits;
  /** Packages whose file is coming in: two files under one id would mix their checksums. */
  readonly #coming = new Set<string>();

  constructor(deps: OtaFileDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#limits = new TenantLimits(deps.entities);
  }

  /**
   * Stores the file of a package that has none yet.
   *
   * @throws DIRECTORY_OTA_FIELD_FIXED, DIRECTORY_OTA_FILE_*, DIRECTORY_OTA_SPACE_EXHAUSTED, DIRECTORY_OTA_CHECKSUM_WRONG,
   *   DIRECTORY_OTA_UPLOAD_RUNS; nothing was stored
   */
  async upload(caller: Caller, id: string, upload: OtaUpload): Promise<OtaPackage> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'OTA_PACKAGE', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'otaPackage', tenantId, id);
    if (before.url !== undefined) throw otaErrors.OTA_FILE_BESIDE_URL();
    if (before.hasData) throw otaErrors.OTA_FIELD_FIXED({ field: 'otaPackage data' });
    if (this.#coming.has(id)) throw otaErrors.OTA_UPLOAD_RUNS();
    this.#coming.add(id);
    try {
      return await this.#store(caller, before, upload);
    } finally {
      this.#coming.delete(id);
    }
  }

  /**
   * The bytes of a package from `offset` on, at most `length` of them.
   *
   * @throws DIRECTORY_OTA_FILE_ABSENT
   */
  async read(caller: Caller, id: string, range?: { readonly offset: number; readonly length: number }): Promise<AsyncIterable<Uint8Array>> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'OTA_PACKAGE', id }, 'read');
    const { hasData, url } = await storedEntity(this.#deps.entities, 'otaPackage', tenantId, id);
    const pieces = hasData && url === undefined ? await this.#deps.blobs.read(tenantId, id, range) : undefined;
    if (pieces === undefined) throw otaErrors.OTA_FILE_ABSENT();
    return pieces;
  }

  async #store(caller: Caller, before: OtaPackage, upload: OtaUpload): Promise<OtaPackage> {
    const { id } = before;
    const tenantId = before.tenantId as TenantId;
    const { blobs, newHash } = this.#deps;
    const { fileName, contentType, checksumAlgorithm } = upload;
    const running = runningChecksum(checksumAlgorithm, newHash);
    const guard = await this.#guardOf(tenantId, id);
    let checksum = '';
    async function* checked(): AsyncIterable<Uint8Array> {
      let bytes = 0;
      for await (const piece of upload.pieces) {
        bytes += piece.length;
        guard(bytes);
        running.update(piece);
        yield piece;
      }
      checksum = running.digest();
      if (upload.checksum !== undefined && upload.checksum.toLowerCase() !== checksum) throw otaErrors.OTA_CHECKSUM_WRONG();
    }
    const dataSize = await blobs.put(tenantId, id, checked());
    const entity: OtaPackage = { ...before, hasData: true, fileName, contentType, checksumAlgorithm, checksum, dataSize };
    try {
      return await this.#writer.update(caller, 'otaPackage', { before, entity });
    } catch (error) {
      await blobs.remove(tenantId, id);
      throw error;
    }
  }

  /** Refuses a file as soon as it has more bytes than the tenant or the server allows. */
  async #guardOf(tenantId: TenantId, id: string): Promise<(bytes: number) => void> {
    const sum = await this.#limits.limit(tenantId, 'maxOtaPackagesInBytes');
    const size = await this.#limits.limit(tenantId, 'maxResourceSize');
    const largest = size === 0 ? this.#deps.otaBytesMax : Math.min(size, this.#deps.otaBytesMax);
    // What an upload that was cut off by a crash may have left under this id does not count: it is replaced.
    await this.#deps.blobs.remove(tenantId, id);
    const held = sum === 0 ? 0 : await this.#deps.blobs.bytes(tenantId);
    return (bytes) => {
      if (bytes > largest) throw otaErrors.OTA_FILE_TOO_LARGE({ bytes: largest });
      if (sum > 0 && held + bytes > sum) throw otaErrors.OTA_SPACE_EXHAUSTED({ bytes: sum });
    };
  }
}
