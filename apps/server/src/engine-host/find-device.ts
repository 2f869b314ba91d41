import type { Device, DeviceCredentials } from '@fieldline/model';
import type { DeviceClaim, EntityStore } from '@fieldline/ports';

type BasicClaim = Extract<DeviceClaim, { kind: 'mqtt-basic' }>;

/** A device with the credentials that proved it. */
export interface FoundDevice {
  readonly credentials: DeviceCredentials;
  readonly device: Device;
}

/**
 * The device that a claim proves, if any. For an MQTT CONNECT in the order of device-api.md §3.2.
 *
 * @param sha3 hashes MQTT basic credentials as ThingsBoard does: SHA3-256, lower-case hex
 */
export async function findDevice(entities: EntityStore, claim: DeviceClaim, sha3: (text: string) => string): Promise<FoundDevice | undefined> {
  if (claim.kind !== 'mqtt-basic') {
    const found = await entities.credentialsById(claim.token);
    return found?.credentials.credentialsType === 'ACCESS_TOKEN' ? found : undefined;
  }
  const { clientId } = claim;
  const userName = claim.userName ?? '';
  const basic = clientId === '' ? undefined : await entities.credentialsById(sha3(userName === '' ? clientId : `${clientId}|${userName}`));
  // A record of this client with another password is a refusal: the user name is not tried as a token then.
  if (basic?.credentials.credentialsType === 'MQTT_BASIC') return basicMatches(basic.credentials, claim) ? basic : undefined;
  const byName = userName === '' ? undefined : await entities.credentialsById(userName);
  if (byName?.credentials.credentialsType === 'ACCESS_TOKEN') return byName;
  return byName?.credentials.credentialsType === 'MQTT_BASIC' && basicMatches(byName.credentials, claim) ? byName : undefined;
}

/** Compares the members that an MQTT_BASIC record defines. */
function basicMatches(credentials: DeviceCredentials, claim: BasicClaim): boolean {
  const value: unknown = JSON.parse(credentials.credentialsValue ?? '{}');
  const record = (typeof value === 'object' && value !== null ? value : {}) as { clientId?: string; userName?: string; password?: string };
  if (record.clientId !== undefined && record.clientId !== claim.clientId) return false;
  if (record.userName !== undefined && record.userName !== claim.userName) return false;
  return record.password === undefined || record.password === claim.password;
}
