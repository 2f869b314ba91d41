import type { Clock, IdSource, RandomBytes } from '@fieldline/kernel';
import { randomAlphanumerics } from '@fieldline/kernel';
import { systemTenantId, type Device, type DeviceCredentials, type DeviceProfile, type TenantId } from '@fieldline/model';
import type { ControlEvents, EntityInsert, EntityStore } from '@fieldline/ports';
import { greenhouseChain } from './greenhouse-chain.js';

export const DEMO_PROFILE = 'greenhouse';
const DEVICE_NAMES = ['Greenhouse north', 'Greenhouse south', 'Seedling bench'] as const;
const TOKEN_CHARACTERS = 20;

export interface DemoDevice {
  readonly name: string;
  readonly token: string;
}

/**
 * Makes the greenhouse in the first tenant, in one write, unless it is there already.
 *
 * @returns the devices with their access tokens
 */
export async function createGreenhouse(deps: {
  readonly entities: EntityStore;
  readonly events: ControlEvents;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
}): Promise<readonly DemoDevice[]> {
  const { entities, events, ids, clock } = deps;
  const tenantId = (await entities.tenantIds()).find((id) => id !== systemTenantId);
  if (tenantId === undefined) return [];
  const [existing] = await entities.findAll('deviceProfile', tenantId, { name: DEMO_PROFILE }, 1);
  if (existing !== undefined) return existingDevices(entities, tenantId, existing.id);

  const head = { tenantId: tenantId as string, createdAtMs: clock.nowMs() as number, version: 1 };
  const chain = greenhouseChain(ids, tenantId, head.createdAtMs);
  const profile: DeviceProfile = {
    ...head,
    id: ids.next(),
    name: DEMO_PROFILE,
    description: 'Climate sensors of the demo.',
    isDefault: false,
    transportType: 'DEFAULT',
    provisionType: 'DISABLED',
    defaultRuleChainId: chain.id,
    kaaAutoExtraction: true,
    profileData: {},
  };
  const changes: EntityInsert[] = [
    { change: 'insert', kind: 'ruleChain', entity: chain },
    { change: 'insert', kind: 'deviceProfile', entity: profile },
  ];
  const devices: DemoDevice[] = [];
  for (const name of DEVICE_NAMES) {
    const token = randomAlphanumerics(TOKEN_CHARACTERS, deps.random);
    const device: Device = { ...head, id: ids.next(), name, deviceProfileId: profile.id, type: profile.name };
    const credentials: DeviceCredentials = { ...head, id: ids.next(), deviceId: device.id, credentialsType: 'ACCESS_TOKEN', credentialsId: token };
    changes.push({ change: 'insert', kind: 'device', entity: device }, { change: 'insert', kind: 'deviceCredentials', entity: credentials });
    devices.push({ name, token });
  }
  await entities.write(changes);
  for (const { kind, entity } of changes) events.publish({ kind, tenantId, id: entity.id, version: 1 });
  return devices;
}

async function existingDevices(entities: EntityStore, tenantId: TenantId, deviceProfileId: string): Promise<DemoDevice[]> {
  const devices: DemoDevice[] = [];
  for (const device of await entities.findAll('device', tenantId, { deviceProfileId }, DEVICE_NAMES.length)) {
    const [credentials] = await entities.findAll('deviceCredentials', tenantId, { deviceId: device.id }, 1);
    if (credentials?.credentialsType === 'ACCESS_TOKEN') devices.push({ name: device.name, token: credentials.credentialsId });
  }
  return devices;
}
