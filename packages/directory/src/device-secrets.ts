import { randomAlphanumerics } from '@fieldline/kernel';
import type { DeviceCredentials, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { CredentialsDraft, Secret } from './device-credentials.js';
import { hasControlCharacters, identified } from './device-credentials.js';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { ACCESS_TOKEN_LENGTH } from './limits.js';

/** What a taken credential means. */
export const takenCredentials = {
  'deviceCredentials.credentialsId': directoryErrors.CREDENTIALS_TAKEN,
  'deviceCredentials.deviceId': directoryErrors.CREDENTIALS_TAKEN,
};

/**
 * The secret of a new device: an access token, random where none is given.
 *
 * @throws DIRECTORY_ACCESS_TOKEN_INVALID
 */
export function accessTokenSecret(deps: Pick<DirectoryDeps, 'random'>, accessToken: string | undefined): Secret {
  const token = accessToken === undefined || accessToken === '' ? randomAlphanumerics(ACCESS_TOKEN_LENGTH, deps.random) : accessToken;
  if (token.length > 255 || hasControlCharacters(token)) throw directoryErrors.ACCESS_TOKEN_INVALID();
  return { credentialsType: 'ACCESS_TOKEN', credentialsId: token };
}

/** Credentials of devices; who reads or replaces them is recorded. */
export class DeviceSecrets {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async read(caller: Caller, deviceId: string): Promise<DeviceCredentials> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id: deviceId }, 'read-credentials');
    const credentials = await this.ofDevice(tenantId, deviceId);
    const device = await this.#deps.entities.find('device', tenantId, deviceId);
    if (device !== undefined) {
      await this.#writer.write([], { actions: [entityAction(caller, 'CREDENTIALS_READ', 'device', { before: device, after: device })] });
    }
    return credentials;
  }

  /**
   * Replaces the credentials of a device (rest-api.md §9.2); its sessions end.
   *
   * @throws DIRECTORY_CREDENTIALS_*, DIRECTORY_MQTT_*, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: CredentialsDraft): Promise<DeviceCredentials> {
    const secret = identified(draft, this.#deps.sha3);
    const { id, deviceId } = draft;
    if (id === undefined || deviceId === undefined) throw directoryErrors.CREDENTIALS_UNKNOWN();
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DEVICE', id: deviceId }, 'write');
    return savedOnce(draft.version, async () => {
      const before = await this.#deps.entities.find('deviceCredentials', tenantId, id);
      const device = await this.#deps.entities.find('device', tenantId, deviceId);
      if (before?.deviceId !== deviceId || device === undefined) throw directoryErrors.CREDENTIALS_UNKNOWN();
      checkVersion('deviceCredentials', before, draft.version);
      const { credentialsValue: _, ...rest } = before;
      const entity: DeviceCredentials = { ...rest, ...secret };
      const action = { ...entityAction(caller, 'CREDENTIALS_UPDATED', 'device', { after: device }), before, after: entity };
      await this.#writer.write([{ change: 'update', kind: 'deviceCredentials', entity }], { taken: takenCredentials, actions: [action] });
      return afterUpdate(entity);
    });
  }

  /** @throws DIRECTORY_CREDENTIALS_UNKNOWN */
  async ofDevice(tenantId: TenantId, deviceId: string): Promise<DeviceCredentials> {
    const [credentials] = await this.#deps.entities.findAll('deviceCredentials', tenantId, { deviceId }, 1);
    if (credentials === undefined) throw directoryErrors.CREDENTIALS_UNKNOWN();
    return credentials;
  }
}
