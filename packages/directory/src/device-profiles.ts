import type { DeviceProfile, EntityId, Page, PageQuery, TenantId } from '@fieldline/model';
import { attributeScopes } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { deviceErrors } from './device-errors.js';
import type { DeviceProfileDraft } from './device-profile-parts.js';
import { checkProfileReferences, profilePartsOf } from './device-profile-parts.js';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { KEYS_OF_DEVICES_MAX, RENAMED_DEVICES_PER_WRITE } from './limits.js';
import { newProfile } from './new-tenant.js';
import { requireOtaPackages } from './ota-check.js';
import { relationRemovals } from './removal.js';

const taken = {
  'deviceProfile.name': directoryErrors.PROFILE_NAME_TAKEN,
  'deviceProfile.provisionDeviceKey': deviceErrors.PROFILE_PROVISION_KEY_TAKEN,
};

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
    return this.#stored(caller.tenantId, id);
  }

  /** The profile of devices that name none. */
  async defaultOne(caller: Caller): Promise<DeviceProfile> {
    const profile = await this.#default(caller.tenantId);
    if (profile === undefined) throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
    return profile;
  }

  /** Those of the ids that the tenant has, in the order of the ids. */
  byIds(caller: Caller, ids: readonly string[]): Promise<readonly DeviceProfile[]> {
    return this.#deps.entities.findMany('deviceProfile', caller.tenantId, ids);
  }

  page(
    caller: Caller,
    query: PageQuery,
    filter: { readonly transportType?: DeviceProfile['transportType'] | undefined } = {},
  ): Promise<Page<DeviceProfile>> {
    const { transportType } = filter;
    return this.#deps.entities.page('deviceProfile', caller.tenantId, query, transportType === undefined ? {} : { transportType });
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
    await checkProfileReferences(this.#deps, caller.tenantId, draft);
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft) : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /** @throws DIRECTORY_PROFILE_IS_DEFAULT, DIRECTORY_PROFILE_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId, entity } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'delete');
    const before = await this.#stored(tenantId, id);
    if (before.isDefault) throw directoryErrors.PROFILE_IS_DEFAULT();
    if (await this.#isInUse(tenantId, id)) throw directoryErrors.PROFILE_IN_USE();
    await this.#writer.write([...relationRemovals(tenantId, id), { change: 'remove', kind: 'deviceProfile', tenantId, id }], {
      actions: [entityAction(caller, 'DELETED', 'deviceProfile', { before })],
    });
    await this.#deps.data.removeEntities(tenantId, [entity]);
  }

  /** Moves the default flag to this profile. */
  async makeDefault(caller: Caller, id: string): Promise<DeviceProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'write');
    return savedOnce(undefined, async () => {
      const profile = await this.#stored(tenantId, id);
      if (profile.isDefault) return profile;
      const former = await this.#default(tenantId);
      const pairs = [
        ...(former === undefined ? [] : [{ before: former, entity: { ...former, isDefault: false } }]),
        { before: profile, entity: { ...profile, isDefault: true } },
      ];
      await this.#writer.write(
        pairs.map(({ entity }) => ({ change: 'update', kind: 'deviceProfile', entity })),
        { actions: pairs.map(({ before, entity }) => entityAction(caller, 'UPDATED', 'deviceProfile', { before, after: afterUpdate(entity) })) },
      );
      return afterUpdate({ ...profile, isDefault: true });
    });
  }

  async #create(caller: Caller, draft: DeviceProfileDraft): Promise<DeviceProfile> {
    const { ids, clock, entities, sha3 } = this.#deps;
    const { tenantId } = caller;
    const isDefault = draft.isDefault === true;
    if (isDefault && (await this.#default(tenantId)) !== undefined) throw deviceErrors.PROFILE_SECOND_DEFAULT();
    const { profileData, ...blank } = newProfile({ ids, tenantId, nowMs: clock.nowMs(), name: draft.name.trim(), isDefault });
    await requireOtaPackages(entities, tenantId, draft, blank.id);
    const data = { ...profileData, ...draft.profileData };
    const parts = profilePartsOf({ ...draft, profileData: data }, data, sha3);
    const after: DeviceProfile = { ...blank, ...parts, kaaAutoExtraction: draft.kaaAutoExtraction ?? false };
    await this.#writer.write([{ change: 'insert', kind: 'deviceProfile', entity: after }], {
      taken,
      actions: [entityAction(caller, 'ADDED', 'deviceProfile', { after })],
    });
    return after;
  }

  async #update(caller: Caller, id: string, draft: DeviceProfileDraft): Promise<DeviceProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'write');
    const before = await this.#stored(tenantId, id);
    checkVersion('deviceProfile', before, draft.version);
    if (draft.isDefault === true && !before.isDefault) throw deviceErrors.PROFILE_SECOND_DEFAULT();
    await requireOtaPackages(this.#deps.entities, tenantId, draft, id);
    const parts = profilePartsOf(draft, before.profileData, this.#deps.sha3);
    if (parts.transportType !== before.transportType && (await this.#isInUse(tenantId, id))) throw directoryErrors.PROFILE_TRANSPORT_IN_USE();
    const { createdAtMs, version, isDefault, kaaAppVersion } = before;
    const entity: DeviceProfile = {
      ...{ id, tenantId, createdAtMs, version, isDefault },
      ...parts,
      ...(kaaAppVersion === undefined ? {} : { kaaAppVersion }),
      kaaAutoExtraction: draft.kaaAutoExtraction ?? before.kaaAutoExtraction,
    };
    const after = afterUpdate(entity);
    await this.#writer.write([{ change: 'update', kind: 'deviceProfile', entity }], {
      taken,
      actions: [entityAction(caller, 'UPDATED', 'deviceProfile', { before, after })],
    });
    if (entity.name !== before.name) await this.#renameType(tenantId, id, entity.name);
    return after;
  }

  /** Gives the devices of a profile its new name as type, in slices, until none has another. */
  async #renameType(tenantId: TenantId, deviceProfileId: string, type: string): Promise<void> {
    const query = { pageSize: RENAMED_DEVICES_PER_WRITE, sortBy: 'createdAtMs' } as const;
    for (let page = 0, hasNext = true; hasNext; page += 1) {
      const devices = await this.#deps.entities.page('device', tenantId, { ...query, page }, { deviceProfileId });
      hasNext = devices.hasNext;
      const changes = devices.data
        .filter((device) => device.type !== type)
        .map((device): EntityChange => {
          return { change: 'update', kind: 'device', entity: { ...device, type } };
        });
      if (changes.length > 0) await this.#writer.write(changes);
    }
  }

  async #devicesOf(caller: Caller, profileId: string | undefined): Promise<readonly EntityId[]> {
    if (profileId !== undefined) await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id: profileId }, 'read');
    const filter = profileId === undefined ? {} : { deviceProfileId: profileId };
    const devices = await this.#deps.entities.findAll('device', caller.tenantId, filter, KEYS_OF_DEVICES_MAX);
    return devices.map(({ id }) => ({ entityType: 'DEVICE', id }));
  }

  async #default(tenantId: TenantId): Promise<DeviceProfile | undefined> {
    return (await this.#deps.entities.findAll('deviceProfile', tenantId, { isDefault: true }, 1))[0];
  }

  async #isInUse(tenantId: TenantId, deviceProfileId: string): Promise<boolean> {
    return (await this.#deps.entities.findAll('device', tenantId, { deviceProfileId }, 1)).length > 0;
  }

  async #stored(tenantId: TenantId, id: string): Promise<DeviceProfile> {
    const profile = await this.#deps.entities.find('deviceProfile', tenantId, id);
    if (profile === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: 'Device profile', id });
    return profile;
  }
}
