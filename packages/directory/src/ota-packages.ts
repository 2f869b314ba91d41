import type { OtaPackage, Page, PageQuery } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { otaErrors } from './ota-errors.js';
import { storedEntity } from './stored-entity.js';
import type { WriteCondition } from './write-conditions.js';
import { noneMatches, refersTo } from './write-conditions.js';

/** What a client says about an OTA package it saves. */
export interface OtaPackageDraft {
  readonly id?: string | undefined;
  readonly deviceProfileId?: string | undefined;
  readonly type?: OtaPackage['type'] | undefined;
  readonly name: string;
  readonly packageVersion: string;
  readonly tag?: string | undefined;
  readonly usesUrl: boolean;
  readonly url?: string | undefined;
  readonly fileName?: string | undefined;
  readonly contentType?: string | undefined;
  readonly checksumAlgorithm?: OtaPackage['checksumAlgorithm'];
  readonly checksum?: string | undefined;
  readonly dataSize?: number | undefined;
  readonly additionalInfo?: OtaPackage['additionalInfo'];
}

const taken = { 'otaPackage.titleAndVersion': otaErrors.OTA_TAKEN };

/** Fields that never change, as the refusals name them. Those of the second list may be left out of a save. */
const fixed = [
  ['type', 'type'],
  ['name', 'otaPackage title'],
  ['packageVersion', 'otaPackage version'],
  ['tag', 'otaPackage tag'],
  ['deviceProfileId', 'otaPackage deviceProfile'],
] as const;
const fixedWhereSent = [
  ['fileName', 'otaPackage file name'],
  ['contentType', 'otaPackage content type'],
  ['checksumAlgorithm', 'otaPackage checksum algorithm'],
  ['checksum', 'otaPackage checksum'],
  ['dataSize', 'otaPackage data size'],
  ['url', 'otaPackage URL'],
] as const;

/** Firmware and software for devices: what they are. Their bytes are the business of `OtaFiles`. */
export class OtaPackages {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<OtaPackage> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'OTA_PACKAGE', id }, 'read');
    return storedEntity(this.#deps.entities, 'otaPackage', tenantId, id);
  }

  /** A page of the tenant's packages. */
  page({ tenantId }: Caller, query: PageQuery): Promise<Page<OtaPackage>> {
    return this.#deps.entities.page('otaPackage', tenantId, query);
  }

  /** A page of the packages that devices of a profile can install. */
  ofProfile({ tenantId }: Caller, query: PageQuery, deviceProfileId: string, type: OtaPackage['type']): Promise<Page<OtaPackage>> {
    return this.#deps.entities.page('otaPackage', tenantId, query, { deviceProfileId, type, hasData: true });
  }

  /**
   * Creates the package, or replaces its `additionalInfo`: all else is as it was when it was made.
   *
   * @throws DIRECTORY_OTA_*
   */
  async save(caller: Caller, draft: OtaPackageDraft): Promise<OtaPackage> {
    if (draft.name.trim() === '') throw otaErrors.OTA_TITLE_MISSING();
    if (draft.type === undefined) throw otaErrors.OTA_TYPE_MISSING();
    if (draft.packageVersion.trim() === '') throw otaErrors.OTA_VERSION_MISSING();
    if (draft.usesUrl && draft.url === undefined) throw otaErrors.OTA_URL_MISSING();
    const { id, type } = draft;
    return id === undefined ? this.#create(caller, { ...draft, type }) : savedOnce(undefined, () => this.#update(caller, id, draft));
  }

  /** Removes the package and its bytes. @throws DIRECTORY_OTA_OF_DEVICES, DIRECTORY_OTA_OF_PROFILE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { entities, access, blobs } = this.#deps;
    const { tenantId } = await access.require(caller, { entityType: 'OTA_PACKAGE', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'otaPackage', tenantId, id);
    const conditions: WriteCondition[] = [];
    for (const use of [{ firmwareId: id }, { softwareId: id }]) {
      if ((await entities.findAll('device', tenantId, use, 1)).length > 0) throw otaErrors.OTA_OF_DEVICES();
      if ((await entities.findAllInfos('deviceProfile', tenantId, use, 1)).length > 0) throw otaErrors.OTA_OF_PROFILE();
      conditions.push(noneMatches({ kind: 'device', tenantId, filter: use }, otaErrors.OTA_OF_DEVICES));
      conditions.push(noneMatches({ kind: 'deviceProfile', tenantId, filter: use }, otaErrors.OTA_OF_PROFILE));
    }
    await this.#writer.remove(caller, 'otaPackage', before, { conditions });
    await blobs.remove(tenantId, id);
  }

  async #create(caller: Caller, draft: OtaPackageDraft & Pick<OtaPackage, 'type'>): Promise<OtaPackage> {
    const { entities, ids, clock } = this.#deps;
    const { tenantId } = caller;
    const { deviceProfileId, url } = draft;
    const isUnknown = deviceProfileId !== undefined && (await entities.find('deviceProfile', tenantId, deviceProfileId)) === undefined;
    if (isUnknown) throw otaErrors.OTA_PROFILE_UNKNOWN();
    const head = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const entity: OtaPackage = { ...head, ...partsOf(draft), hasData: url !== undefined };
    const conditions = refersTo('deviceProfile', tenantId, deviceProfileId, otaErrors.OTA_PROFILE_UNKNOWN);
    return this.#writer.insert(caller, 'otaPackage', entity, { taken, conditions });
  }

  async #update(caller: Caller, id: string, draft: OtaPackageDraft): Promise<OtaPackage> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'OTA_PACKAGE', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'otaPackage', tenantId, id);
    for (const [member, field] of fixed) if (draft[member] !== before[member]) throw otaErrors.OTA_FIELD_FIXED({ field });
    for (const [member, field] of fixedWhereSent) {
      if (draft[member] !== undefined && draft[member] !== before[member]) throw otaErrors.OTA_FIELD_FIXED({ field });
    }
    const { additionalInfo: _, ...rest } = before;
    const entity: OtaPackage = draft.additionalInfo === undefined ? rest : { ...rest, additionalInfo: draft.additionalInfo };
    return this.#writer.update(caller, 'otaPackage', { before, entity });
  }
}

/** Of a file that is still to come nothing is taken on trust; of one behind an address the client knows more than we. */
function partsOf(draft: OtaPackageDraft & Pick<OtaPackage, 'type'>): Omit<OtaPackage, 'id' | 'tenantId' | 'createdAtMs' | 'version' | 'hasData'> {
  const { type, name, packageVersion, deviceProfileId, tag, url, additionalInfo } = draft;
  const { fileName, contentType, checksumAlgorithm, checksum, dataSize } = draft;
  const file = url === undefined ? {} : { url, fileName, contentType, checksumAlgorithm, checksum, dataSize };
  const optional = Object.entries({ deviceProfileId, tag, additionalInfo, ...file }).filter(([, value]) => value !== undefined);
  return { type, name, packageVersion, titleAndVersion: `${name}\n${packageVersion}`, ...Object.fromEntries(optional) };
}
