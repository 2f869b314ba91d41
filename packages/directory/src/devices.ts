import { randomAlphanumerics } from '@fieldline/kernel';
import type { Device, DeviceCredentials, DeviceProfile, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityChange, EntityFilter } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import type { CredentialsDraft } from './device-credentials.js';
import { hasControlCharacters, identified } from './device-credentials.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { ACCESS_TOKEN_LENGTH } from './limits.js';
import { newProfile } from './new-tenant.js';

/** What a client says about a device it saves. Absent parts are removed, as the compatible API demands. */
export interface DeviceDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly label?: string | undefined;
  readonly deviceProfileId?: string | undefined;
  /** Name of a profile, found or made, where no id is given. */
  readonly type?: string | undefined;
  readonly customerId?: string | undefined;
  readonly deviceData?: Device['deviceData'];
  readonly additionalInfo?: Device['additionalInfo'];
  readonly version?: number | undefined;
}

const taken = {
  'device.name': directoryErrors.DEVICE_NAME_TAKEN,
  'deviceCredentials.credentialsId': directoryErrors.CREDENTIALS_TAKEN,
  'deviceCredentials.deviceId': directoryErrors.CREDENTIALS_TAKEN,
};

/** Devices and their credentials. Every method checks the tenant and customer of the caller. */
export class Devices {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<Device> {
    await this.#deps.access.require(caller, { entityType: 'DEVICE', id }, 'read');
    return this.#stored(caller.tenantId, id);
  }

  /** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
  async byName(caller: Caller, name: string): Promise<Device> {
    const [device] = await this.#deps.entities.findAll('device', caller.tenantId, { name }, 1);
    if (device === undefined) throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
    return this.get(caller, device.id);
  }

  /** A page of the tenant's devices; of the customer's own for a customer user. */
  page(
    caller: Caller,
    query: PageQuery,
    filter: { readonly type?: string | undefined; readonly deviceProfileId?: string | undefined },
  ): Promise<Page<Device>> {
    const wanted = Object.entries({ type: filter.type, deviceProfileId: filter.deviceProfileId, customerId: caller.customerId }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    return this.#deps.entities.page('device', caller.tenantId, query, Object.fromEntries(wanted) as EntityFilter);
  }

  /**
   * Creates the device, or replaces what is stored of it.
   *
   * @param accessToken token of a new device; random if absent. Ignored for an existing one
   * @throws DIRECTORY_DEVICE_*, DIRECTORY_ACCESS_TOKEN_INVALID, DIRECTORY_CREDENTIALS_TAKEN, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: DeviceDraft, accessToken?: string): Promise<Device> {
    if (draft.name.trim() === '') throw directoryErrors.DEVICE_NAME_MISSING();
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft, accessToken) : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /** Removes the device and its credentials; its sessions end. */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id }, 'delete');
    const credentials = await this.#credentialsOf(tenantId, id);
    await this.#writer.write([
      { change: 'remove', kind: 'deviceCredentials', tenantId, id: credentials.id },
      { change: 'remove', kind: 'device', tenantId, id },
    ]);
  }

  async credentials(caller: Caller, deviceId: string): Promise<DeviceCredentials> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id: deviceId }, 'read-credentials');
    return this.#credentialsOf(tenantId, deviceId);
  }

  /**
   * Replaces the credentials of a device (rest-api.md §9.2); its sessions end.
   *
   * @throws DIRECTORY_CREDENTIALS_*, DIRECTORY_MQTT_*, STORAGE_VERSION_CONFLICT
   */
  async saveCredentials(caller: Caller, draft: CredentialsDraft): Promise<DeviceCredentials> {
    const secret = identified(draft, this.#deps.sha3);
    const { id, deviceId } = draft;
    if (id === undefined || deviceId === undefined) throw directoryErrors.CREDENTIALS_UNKNOWN();
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id: deviceId }, 'write');
    return savedOnce(draft.version, async () => {
      const stored = await this.#deps.entities.find('deviceCredentials', tenantId, id);
      if (stored?.deviceId !== deviceId) throw directoryErrors.CREDENTIALS_UNKNOWN();
      checkVersion('deviceCredentials', stored, draft.version);
      const { credentialsValue: _, ...rest } = stored;
      const entity: DeviceCredentials = { ...rest, ...secret };
      await this.#writer.write([{ change: 'update', kind: 'deviceCredentials', entity }], { taken });
      return afterUpdate(entity);
    });
  }

  async #create(caller: Caller, draft: DeviceDraft, accessToken: string | undefined): Promise<Device> {
    if (caller.authority !== 'TENANT_ADMIN') throw directoryErrors.ACCESS_DENIED();
    const token = accessToken === undefined || accessToken === '' ? randomAlphanumerics(ACCESS_TOKEN_LENGTH, this.#deps.random) : accessToken;
    if (token.length > 255 || hasControlCharacters(token)) throw directoryErrors.ACCESS_TOKEN_INVALID();
    const { ids, clock } = this.#deps;
    const head = { tenantId: caller.tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const { profile, changes } = await this.#profileOf(caller.tenantId, draft);
    if (draft.customerId !== undefined) throw directoryErrors.DEVICE_CUSTOMER_UNKNOWN();
    const device: Device = { ...head, id: ids.next(), ...partsOf(draft), deviceProfileId: profile.id, type: profile.name };
    const credentials: DeviceCredentials = { ...head, id: ids.next(), deviceId: device.id, credentialsType: 'ACCESS_TOKEN', credentialsId: token };
    const made: EntityChange[] = [
      { change: 'insert', kind: 'device', entity: device },
      { change: 'insert', kind: 'deviceCredentials', entity: credentials },
    ];
    await this.#writer.write([...changes, ...made], { taken });
    return device;
  }

  async #update(caller: Caller, id: string, draft: DeviceDraft): Promise<Device> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id }, 'write');
    const stored = await this.#stored(tenantId, id);
    checkVersion('device', stored, draft.version);
    if (draft.customerId !== undefined && draft.customerId !== stored.customerId) throw directoryErrors.DEVICE_CUSTOMER_UNKNOWN();
    const { profile, changes } = await this.#profileOf(tenantId, draft);
    const customerId = caller.authority === 'CUSTOMER_USER' ? stored.customerId : draft.customerId;
    const entity: Device = {
      id,
      tenantId,
      createdAtMs: stored.createdAtMs,
      version: stored.version,
      ...(customerId === undefined ? {} : { customerId }),
      ...partsOf(draft),
      deviceProfileId: profile.id,
      type: profile.name,
    };
    await this.#writer.write([...changes, { change: 'update', kind: 'device', entity }], { taken });
    return afterUpdate(entity);
  }

  /** The profile a draft names: by id, else by name (made where there is none), else the default one. */
  async #profileOf(tenantId: TenantId, draft: DeviceDraft): Promise<{ profile: DeviceProfile; changes: EntityChange[] }> {
    const { entities, ids, clock } = this.#deps;
    if (draft.deviceProfileId !== undefined) {
      const profile = await entities.find('deviceProfile', tenantId, draft.deviceProfileId);
      if (profile === undefined) throw directoryErrors.DEVICE_PROFILE_UNKNOWN();
      return { profile, changes: [] };
    }
    const name = draft.type?.trim() ?? '';
    const [profile] = await entities.findAll('deviceProfile', tenantId, name === '' ? { isDefault: true } : { name }, 1);
    if (profile !== undefined) return { profile, changes: [] };
    if (name === '') throw directoryErrors.DEVICE_PROFILE_UNKNOWN();
    const made = newProfile({ ids, tenantId, nowMs: clock.nowMs(), name, isDefault: false });
    return { profile: made, changes: [{ change: 'insert', kind: 'deviceProfile', entity: made }] };
  }

  async #stored(tenantId: TenantId, id: string): Promise<Device> {
    const device = await this.#deps.entities.find('device', tenantId, id);
    if (device === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: 'Device', id });
    return device;
  }

  async #credentialsOf(tenantId: TenantId, deviceId: string): Promise<DeviceCredentials> {
    const [credentials] = await this.#deps.entities.findAll('deviceCredentials', tenantId, { deviceId }, 1);
    if (credentials === undefined) throw directoryErrors.CREDENTIALS_UNKNOWN();
    return credentials;
  }
}

function partsOf(draft: DeviceDraft): Pick<Device, 'name' | 'label' | 'deviceData' | 'additionalInfo'> {
  const { name, label, deviceData, additionalInfo } = draft;
  return {
    name: name.trim(),
    ...(label === undefined ? {} : { label }),
    ...(deviceData === undefined ? {} : { deviceData }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
}
