import type { DeviceProfile, EntityId, EntityInfo, Page, PageQuery, TenantId } from '@fieldline/model';
import { attributeScopes } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { defaultProfile, makeDefaultProfile, requireDefaultProfile } from './default-profile.js';
import { deviceErrors } from './device-errors.js';
import type { DeviceProfileDraft } from './device-profile-parts.js';
import { checkProfileReferences, profilePartsOf } from './device-profile-parts.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { KEYS_OF_DEVICES_MAX } from './limits.js';
import { newProfile } from './new-tenant.js';
import { requireOtaPackages } from './ota-check.js';
import { renameType } from './rename-type.js';
import { storedEntity, storedInfo } from './stored-entity.js';
import { savedTelemetryTtl } from './telemetry-ttl.js';
import type { WriteCondition } from './write-conditions.js';
import { noneMatches } from './write-conditions.js';

const taken = {
  'deviceProfile.name': directoryErrors.PROFILE_NAME_TAKEN,
  'deviceProfile.provisionDeviceKey': deviceErrors.PROFILE_PROVISION_KEY_TAKEN,
};

/** A device profile as lists give it: without its settings. */
export type DeviceProfileInfo = EntityInfo<'deviceProfile', 'image'>;

/** Device profiles of a tenant: one of them is the default. */
export class DeviceProfiles {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<DeviceProfile> {
    await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'read');
    return storedEntity(this.#deps.entities, 'deviceProfile', caller.tenantId, id);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async info(caller: Caller, id: string): Promise<DeviceProfileInfo> {
    await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'read');
    return storedInfo(this.#deps.entities, 'deviceProfile', caller.tenantId, id, ['image']);
  }

  /** The profile of devices that name none. */
  defaultOne(caller: Caller): Promise<DeviceProfile> {
    return requireDefaultProfile(this.#deps.entities, 'deviceProfile', caller.tenantId);
  }

  /** Those of the ids that the tenant has, in the order of the ids. */
  byIds(caller: Caller, ids: readonly string[]): Promise<readonly DeviceProfileInfo[]> {
    return this.#deps.entities.findInfos('deviceProfile', caller.tenantId, ids, ['image']);
  }

  page(caller: Caller, query: PageQuery): Promise<Page<DeviceProfile>> {
    return this.#deps.entities.page('deviceProfile', caller.tenantId, query);
  }

  infoPage(
    caller: Caller,
    query: PageQuery,
    { transportType }: { readonly transportType?: DeviceProfile['transportType'] | undefined },
  ): Promise<Page<DeviceProfileInfo>> {
    const filter = transportType === undefined ? {} : { transportType };
    return this.#deps.entities.infoPage('deviceProfile', caller.tenantId, query, filter, ['image']);
  }

  /** Keys of time series that devices of a profile (of any profile where none is named) have, sorted. */
  async seriesKeys(caller: Caller, profileId: string | undefined): Promise<readonly string[]> {
    return this.#deps.many.keysOfMany(caller.tenantId, await this.#devicesOf(caller, profileId));
  }

  /** Keys of their attributes of any scope, sorted. */
  async attributeKeys(caller: Caller, profileId: string | undefined): Promise<readonly string[]> {
    const keys = await this.#deps.many.attributeKeysOfMany(caller.tenantId, await this.#devicesOf(caller, profileId));
    return [...new Set(attributeScopes.flatMap((scope) => keys[scope]))].sort();
  }

  /**
   * Creates the profile, or replaces what is stored of it. Renaming a profile renames the type of its devices.
   *
   * @throws DIRECTORY_PROFILE_*, DIRECTORY_OTA_*, DIRECTORY_CREDENTIALS_VALUE_INVALID, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: DeviceProfileDraft): Promise<DeviceProfile> {
    if (draft.name.trim() === '') throw directoryErrors.PROFILE_NAME_MISSING();
    const references = await checkProfileReferences(this.#deps, caller.tenantId, draft);
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft, references) : savedOnce(draft.version, () => this.#update(caller, id, draft, references));
  }

  /** @throws DIRECTORY_PROFILE_IS_DEFAULT, DIRECTORY_PROFILE_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'deviceProfile', tenantId, id);
    if (before.isDefault) throw directoryErrors.PROFILE_IS_DEFAULT();
    if (await this.#isInUse(tenantId, id)) throw directoryErrors.PROFILE_IN_USE();
    const conditions = [
      noneMatches({ kind: 'deviceProfile', tenantId, filter: { id, isDefault: true } }, directoryErrors.PROFILE_IS_DEFAULT),
      noneMatches({ kind: 'device', tenantId, filter: { deviceProfileId: id } }, directoryErrors.PROFILE_IN_USE),
    ];
    await this.#writer.remove(caller, 'deviceProfile', before, { conditions });
  }

  /** Moves the default flag to this profile. */
  async makeDefault(caller: Caller, id: string): Promise<DeviceProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'write');
    return makeDefaultProfile(this.#deps, caller, 'deviceProfile', tenantId, id);
  }

  async #create(caller: Caller, draft: DeviceProfileDraft, references: readonly WriteCondition[]): Promise<DeviceProfile> {
    const { ids, clock, entities, sha3 } = this.#deps;
    const { tenantId } = caller;
    const isDefault = draft.isDefault === true;
    if (isDefault && (await defaultProfile(this.#deps.entities, 'deviceProfile', tenantId)) !== undefined)
      throw deviceErrors.PROFILE_SECOND_DEFAULT();
    const { profileData, ...blank } = newProfile({ ids, tenantId, nowMs: clock.nowMs(), name: draft.name.trim(), isDefault });
    const conditions = [...references, ...onlyDefault(tenantId, isDefault), ...(await requireOtaPackages(entities, tenantId, draft, blank.id))];
    const data = { ...profileData, ...draft.profileData };
    const parts = profilePartsOf({ ...draft, profileData: data }, data, sha3);
    const { kaaSeries } = draft;
    const kaa = { kaaAutoExtraction: draft.kaaAutoExtraction ?? false, ...(kaaSeries === undefined || kaaSeries === null ? {} : { kaaSeries }) };
    const after: DeviceProfile = { ...blank, ...parts, ...kaa, ...savedTelemetryTtl(draft) };
    return this.#writer.insert(caller, 'deviceProfile', after, { taken, conditions });
  }

  async #update(caller: Caller, id: string, draft: DeviceProfileDraft, references: readonly WriteCondition[]): Promise<DeviceProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'deviceProfile', tenantId, id);
    checkVersion('deviceProfile', before, draft.version);
    if (draft.isDefault === true && !before.isDefault) throw deviceErrors.PROFILE_SECOND_DEFAULT();
    const ofPackages = await requireOtaPackages(this.#deps.entities, tenantId, draft, id);
    const parts = profilePartsOf(draft, before.profileData, this.#deps.sha3);
    const isMoved = parts.transportType !== before.transportType;
    if (isMoved && (await this.#isInUse(tenantId, id))) throw directoryErrors.PROFILE_TRANSPORT_IN_USE();
    const unused = noneMatches({ kind: 'device', tenantId, filter: { deviceProfileId: id } }, directoryErrors.PROFILE_TRANSPORT_IN_USE);
    const { createdAtMs, version, isDefault, kaaAppVersion } = before;
    const kaaSeries = draft.kaaSeries === undefined ? before.kaaSeries : draft.kaaSeries;
    const entity: DeviceProfile = {
      ...{ id, tenantId, createdAtMs, version, isDefault },
      ...parts,
      ...(kaaAppVersion === undefined ? {} : { kaaAppVersion }),
      ...(kaaSeries === undefined || kaaSeries === null ? {} : { kaaSeries }),
      kaaAutoExtraction: draft.kaaAutoExtraction ?? before.kaaAutoExtraction,
      ...savedTelemetryTtl(draft, before),
    };
    const conditions = [...references, ...ofPackages, ...(isMoved ? [unused] : [])];
    const after = await this.#writer.update(caller, 'deviceProfile', { before, entity }, { taken, conditions });
    if (entity.name !== before.name) await renameType(this.#deps, 'device', tenantId, { deviceProfileId: id }, entity.name);
    return after;
  }

  async #devicesOf(caller: Caller, profileId: string | undefined): Promise<readonly EntityId[]> {
    if (profileId !== undefined) await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id: profileId }, 'read');
    const filter = profileId === undefined ? {} : { deviceProfileId: profileId };
    const devices = await this.#deps.entities.findAll('device', caller.tenantId, filter, KEYS_OF_DEVICES_MAX);
    return devices.map(({ id }) => ({ entityType: 'DEVICE', id }));
  }

  async #isInUse(tenantId: TenantId, deviceProfileId: string): Promise<boolean> {
    return (await this.#deps.entities.findAll('device', tenantId, { deviceProfileId }, 1)).length > 0;
  }
}

/** A new default profile must be the only one. */
function onlyDefault(tenantId: TenantId, isDefault: boolean): readonly WriteCondition[] {
  return isDefault ? [noneMatches({ kind: 'deviceProfile', tenantId, filter: { isDefault: true } }, deviceErrors.PROFILE_SECOND_DEFAULT)] : [];
}
