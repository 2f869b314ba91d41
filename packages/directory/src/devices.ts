import type { Device, DeviceCredentials, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { requireCustomer } from './customers-of.js';
import type { CredentialsDraft, Secret } from './device-credentials.js';
import { identified } from './device-credentials.js';
import { entityAction } from './actions.js';
import { deviceErrors } from './device-errors.js';
import type { DeviceFilter } from './device-lists.js';
import { DeviceLists } from './device-lists.js';
import type { DeviceDraft } from './device-parts.js';
import { devicePartsOf, deviceProfileOf } from './device-parts.js';
import { accessTokenSecret, DeviceSecrets, takenCredentials } from './device-secrets.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import type { NameConflict } from './name-conflict.js';
import { underFreeName } from './name-conflict.js';
import { requireOtaPackages } from './ota-check.js';
import { isViewed } from './removal.js';
import { idOfNamed, storedEntity } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';
import { noneMatches } from './write-conditions.js';

const taken = { 'device.name': directoryErrors.DEVICE_NAME_TAKEN, 'deviceProfile.name': directoryErrors.PROFILE_NAME_TAKEN, ...takenCredentials };

/** Devices and their credentials. Every method checks the tenant and customer of the caller. */
export class Devices {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;
  readonly #limits: TenantLimits;
  readonly #secrets: DeviceSecrets;
  readonly #lists: DeviceLists;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#limits = new TenantLimits(deps.entities);
    this.#secrets = new DeviceSecrets(deps);
    this.#lists = new DeviceLists(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<Device> {
    await this.#deps.access.require(caller, { entityType: 'DEVICE', id }, 'read');
    return storedEntity(this.#deps.entities, 'device', caller.tenantId, id);
  }

  /** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
  async byName(caller: Caller, name: string): Promise<Device> {
    return this.get(caller, await idOfNamed(this.#deps.entities, 'device', caller.tenantId, name));
  }

  /** Those of the ids that the caller may read, in the order of the ids. */
  async byIds(caller: Caller, ids: readonly string[]): Promise<readonly Device[]> {
    const devices = await this.#deps.entities.findMany('device', caller.tenantId, ids);
    return devices.filter(({ customerId }) => caller.customerId === undefined || caller.customerId === customerId);
  }

  /** A page of the tenant's devices; of the customer's own for a customer user. */
  page(caller: Caller, query: PageQuery, filter: DeviceFilter): Promise<Page<Device>> {
    return this.#lists.page(caller, query, filter);
  }

  /** Which of the devices were heard of lately. */
  activeOf(caller: Caller, devices: readonly Device[]): Promise<ReadonlySet<string>> {
    return this.#lists.activeOf(caller, devices);
  }

  /**
   * Creates the device, or replaces what is stored of it.
   *
   * @param accessToken token of a new device; random if absent. Ignored for an existing one
   * @throws DIRECTORY_DEVICE_*, DIRECTORY_CUSTOMER_*, DIRECTORY_OTA_*, DIRECTORY_ACCESS_TOKEN_INVALID, DIRECTORY_CREDENTIALS_TAKEN,
   *   DIRECTORY_ENTITIES_LIMIT, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: DeviceDraft, accessToken?: string, conflict?: NameConflict): Promise<Device> {
    return this.#save(caller, draft, () => accessTokenSecret(this.#deps, accessToken), conflict);
  }

  /**
   * Saves the device and its credentials, which of a new device are the only ones it ever has.
   *
   * @throws as `save`, and DIRECTORY_CREDENTIALS_*, DIRECTORY_MQTT_*
   */
  async saveWithCredentials(caller: Caller, draft: DeviceDraft, credentials: CredentialsDraft, conflict?: NameConflict): Promise<Device> {
    const secret = identified(credentials, this.#deps.sha3);
    const device = await this.#save(caller, draft, () => secret, conflict);
    if (draft.id === undefined) return device;
    const { id } = await this.#secrets.ofDevice(device.tenantId as TenantId, device.id);
    await this.#secrets.save(caller, { ...credentials, id, deviceId: device.id });
    return device;
  }

  /**
   * Removes the device with its credentials and relations, and after it its data and alarms; its sessions end.
   *
   * @throws DIRECTORY_DEVICE_VIEWED
   */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'device', tenantId, id);
    if (await isViewed(this.#deps.entities, tenantId, id)) throw deviceErrors.DEVICE_VIEWED();
    const credentials = await this.#secrets.ofDevice(tenantId, id);
    await this.#writer.remove(caller, 'device', before, {
      conditions: [noneMatches({ kind: 'entityView', tenantId, filter: { targetId: id } }, deviceErrors.DEVICE_VIEWED)],
      changes: [{ change: 'remove', kind: 'deviceCredentials', tenantId, id: credentials.id }],
    });
  }

  credentials(caller: Caller, deviceId: string): Promise<DeviceCredentials> {
    return this.#secrets.read(caller, deviceId);
  }

  /** @throws as `DeviceSecrets.save` */
  saveCredentials(caller: Caller, draft: CredentialsDraft): Promise<DeviceCredentials> {
    return this.#secrets.save(caller, draft);
  }

  async #save(caller: Caller, draft: DeviceDraft, secretOf: () => Secret, conflict: NameConflict | undefined): Promise<Device> {
    const wanted = draft.name.trim();
    if (wanted === '') throw directoryErrors.DEVICE_NAME_MISSING();
    const { id } = draft;
    return underFreeName(this.#deps, { kind: 'device', tenantId: caller.tenantId, name: wanted, ownId: id }, conflict, (name) =>
      id === undefined
        ? this.#create(caller, { ...draft, name }, secretOf)
        : savedOnce(draft.version, () => this.#update(caller, id, { ...draft, name })),
    );
  }

  async #create(caller: Caller, draft: DeviceDraft, secretOf: () => Secret): Promise<Device> {
    if (caller.authority !== 'TENANT_ADMIN') throw directoryErrors.ACCESS_DENIED();
    const { tenantId } = caller;
    const { entities, ids, clock } = this.#deps;
    const secret = secretOf();
    const ofCustomer = await requireCustomer(entities, tenantId, draft.customerId, 'device');
    const room = await this.#limits.requireRoom(tenantId, 'device');
    const { profile, made, ...chosen } = await deviceProfileOf(this.#deps, caller, tenantId, draft);
    const ofPackages = await requireOtaPackages(entities, tenantId, draft, profile.id);
    const head = { tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const device: Device = {
      ...{ ...head, id: ids.next() },
      ...devicePartsOf(draft, draft.customerId),
      ...{ deviceProfileId: profile.id, type: profile.name },
    };
    const credentials: DeviceCredentials = { ...head, id: ids.next(), deviceId: device.id, ...secret };
    const changes: EntityChange[] = [
      ...made,
      { change: 'insert', kind: 'device', entity: device },
      { change: 'insert', kind: 'deviceCredentials', entity: credentials },
    ];
    await this.#writer.write(changes, {
      taken,
      conditions: [...ofCustomer, ...room, ...chosen.conditions, ...ofPackages],
      actions: [...chosen.actions, entityAction(caller, 'ADDED', 'device', { after: device })],
    });
    return device;
  }

  async #update(caller: Caller, id: string, draft: DeviceDraft): Promise<Device> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id }, 'write');
    const { entities } = this.#deps;
    const before = await storedEntity(this.#deps.entities, 'device', tenantId, id);
    checkVersion('device', before, draft.version);
    const customerId = caller.authority === 'CUSTOMER_USER' ? before.customerId : draft.customerId;
    const ofCustomer = customerId === before.customerId ? [] : await requireCustomer(entities, tenantId, customerId, 'device');
    const { profile, made, ...chosen } = await deviceProfileOf(this.#deps, caller, tenantId, draft);
    const conditions = [...ofCustomer, ...chosen.conditions, ...(await requireOtaPackages(entities, tenantId, draft, profile.id))];
    const { createdAtMs, version } = before;
    const entity: Device = {
      ...{ id, tenantId, createdAtMs, version },
      ...devicePartsOf(draft, customerId),
      ...{ deviceProfileId: profile.id, type: profile.name },
    };
    return this.#writer.update(caller, 'device', { before, entity }, { taken, conditions, changes: made, actions: chosen.actions });
  }
}
