import type { DeviceProfile, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { RENAMED_DEVICES_PER_WRITE } from './limits.js';
import { newProfile } from './new-tenant.js';

/** What a client says about a device profile it saves. */
export interface DeviceProfileDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly transportType?: DeviceProfile['transportType'] | undefined;
  readonly defaultRuleChainId?: string | undefined;
  readonly defaultQueueName?: string | undefined;
  readonly profileData?: DeviceProfile['profileData'] | undefined;
  /** Absent keeps what is stored: clients that do not know the switch must not turn it off. */
  readonly kaaAutoExtraction?: boolean | undefined;
  readonly version?: number | undefined;
}

const taken = { 'deviceProfile.name': directoryErrors.PROFILE_NAME_TAKEN };

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
    const [profile] = await this.#deps.entities.findAll('deviceProfile', caller.tenantId, { isDefault: true }, 1);
    if (profile === undefined) throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
    return profile;
  }

  page(
    caller: Caller,
    query: PageQuery,
    filter: { readonly transportType?: DeviceProfile['transportType'] | undefined } = {},
  ): Promise<Page<DeviceProfile>> {
    const { transportType } = filter;
    return this.#deps.entities.page('deviceProfile', caller.tenantId, query, transportType === undefined ? {} : { transportType });
  }

  /**
   * Creates the profile, or replaces what is stored of it. Renaming a profile renames the type of its devices.
   *
   * @throws DIRECTORY_PROFILE_*, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: DeviceProfileDraft): Promise<DeviceProfile> {
    if (draft.name.trim() === '') throw directoryErrors.PROFILE_NAME_MISSING();
    await this.#checkRuleChain(caller.tenantId, draft.defaultRuleChainId);
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft) : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /** @throws DIRECTORY_PROFILE_IS_DEFAULT, DIRECTORY_PROFILE_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'delete');
    if ((await this.#stored(tenantId, id)).isDefault) throw directoryErrors.PROFILE_IS_DEFAULT();
    if (await this.#isInUse(tenantId, id)) throw directoryErrors.PROFILE_IN_USE();
    await this.#writer.write([{ change: 'remove', kind: 'deviceProfile', tenantId, id }]);
  }

  /** Moves the default flag to this profile. */
  async makeDefault(caller: Caller, id: string): Promise<DeviceProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'write');
    return savedOnce(undefined, async () => {
      const profile = await this.#stored(tenantId, id);
      if (profile.isDefault) return profile;
      const former = await this.#deps.entities.findAll('deviceProfile', tenantId, { isDefault: true }, 1);
      const entity = { ...profile, isDefault: true };
      const changes = [...former.map((one) => ({ ...one, isDefault: false })), entity];
      await this.#writer.write(changes.map((one) => ({ change: 'update', kind: 'deviceProfile', entity: one })));
      return afterUpdate(entity);
    });
  }

  async #create(caller: Caller, draft: DeviceProfileDraft): Promise<DeviceProfile> {
    const { ids, clock } = this.#deps;
    const { profileData, ...blank } = newProfile({ ids, tenantId: caller.tenantId, nowMs: clock.nowMs(), name: draft.name.trim(), isDefault: false });
    const entity: DeviceProfile = {
      ...blank,
      ...partsOf(draft),
      profileData: { ...profileData, ...draft.profileData },
      kaaAutoExtraction: draft.kaaAutoExtraction ?? false,
    };
    await this.#writer.write([{ change: 'insert', kind: 'deviceProfile', entity }], { taken });
    return entity;
  }

  async #update(caller: Caller, id: string, draft: DeviceProfileDraft): Promise<DeviceProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE_PROFILE', id }, 'write');
    const stored = await this.#stored(tenantId, id);
    checkVersion('deviceProfile', stored, draft.version);
    const parts = partsOf(draft);
    const { transportType } = parts;
    if (transportType !== stored.transportType && (await this.#isInUse(tenantId, id))) throw directoryErrors.PROFILE_TRANSPORT_IN_USE();
    const entity: DeviceProfile = {
      id,
      tenantId,
      createdAtMs: stored.createdAtMs,
      version: stored.version,
      isDefault: stored.isDefault,
      provisionType: stored.provisionType,
      ...parts,
      profileData: draft.profileData ?? stored.profileData,
      kaaAutoExtraction: draft.kaaAutoExtraction ?? stored.kaaAutoExtraction,
    };
    await this.#writer.write([{ change: 'update', kind: 'deviceProfile', entity }], { taken });
    if (entity.name !== stored.name) await this.#renameType(tenantId, id, entity.name);
    return afterUpdate(entity);
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

  async #checkRuleChain(tenantId: TenantId, ruleChainId: string | undefined): Promise<void> {
    if (ruleChainId === undefined) return;
    if ((await this.#deps.entities.find('ruleChain', tenantId, ruleChainId)) === undefined) throw directoryErrors.PROFILE_RULE_CHAIN_UNKNOWN();
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

function partsOf(
  draft: DeviceProfileDraft,
): Pick<DeviceProfile, 'name' | 'description' | 'transportType' | 'defaultRuleChainId' | 'defaultQueueName'> {
  const { name, description, transportType, defaultRuleChainId, defaultQueueName } = draft;
  return {
    name: name.trim(),
    transportType: transportType ?? 'DEFAULT',
    ...(description === undefined ? {} : { description }),
    ...(defaultRuleChainId === undefined ? {} : { defaultRuleChainId }),
    ...(defaultQueueName === undefined ? {} : { defaultQueueName }),
  };
}
