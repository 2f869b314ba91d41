import type { EntityKind, EntityOf } from '@fieldline/model';
import { tenantA, uuid } from '../data-store/fixtures.js';
import { chainOf, credentialsOf, deviceOf, head, profileOf, tenantOf, userCredentialsOf, userOf } from './fixtures.js';

// One valid entity of each kind with all that a store treats in a way of its own; the number makes ids and unique fields differ.

const contact = { country: 'Latvia', state: 'Riga', city: 'Riga', address: 'Street 1', zip: 'LV-1001', phone: '+371 1', email: 'office@example.org' };
const target = { fromType: 'ASSET', fromId: uuid(500), toType: 'DEVICE', toId: uuid(501) } as const;

const samples: { readonly [K in EntityKind]: (n: number) => EntityOf<K> } = {
  tenant: (n) => tenantOf(n, { ...contact, additionalInfo: { deep: [{ is: null }] } }),
  tenantProfile: (n) => ({
    ...head(n),
    name: `Tenant profile ${n}`,
    description: 'Small',
    isDefault: false,
    isIsolated: false,
    configuration: { maxDevices: 10 },
    queueConfiguration: [{ name: 'Main' }],
  }),
  customer: (n) => ({ ...head(n), name: `Customer ${n}`, isPublic: false, ...contact }),
  user: (n) => userOf(n, { firstName: 'Zoë', lastName: 'Ķirse', customerId: uuid(9) }),
  userCredentials: (n) =>
    userCredentialsOf(n + 100, {
      id: uuid(n),
      passwordHash: '$argon2id$',
      activateToken: `activate ${n}`,
      resetToken: `reset ${n}`,
      endedSessions: [{ sessionId: 's', untilMs: 5 }],
    }),
  userSettings: (n) => ({ ...head(n), userId: uuid(n), type: 'GENERAL', userAndType: `${uuid(n)} GENERAL`, settings: { dark: true } }),
  apiKey: (n) => ({ ...head(n), userId: uuid(1), description: `Key ${n}`, isEnabled: true, expiresAtMs: 9, valueHash: `hash ${n}` }),
  adminSettings: (n) => ({ ...head(n), key: `mail ${n}`, value: { host: 'localhost' } }),
  device: (n) => deviceOf(n, { label: 'Keller', customerId: uuid(9), firmwareId: uuid(8), softwareId: uuid(7), deviceData: { a: 1 } }),
  deviceProfile: (n) =>
    profileOf(n, {
      ...{ description: 'Pumps', provisionDeviceKey: `provision ${n}`, kaaAppVersion: 'app', kaaAutoExtraction: true, telemetryTtlDays: 30 },
      kaaSeries: {
        names: { location: { values: [{ path: '$.at.lat', name: 'lat itude', type: 'number' }] } },
        timestamp: { path: 'ts', format: 'iso8601', 'fallback-strategy': 'fail' },
      },
    }),
  deviceCredentials: (n) => credentialsOf(n + 100, { id: uuid(n), credentialsValue: 'secret' }),
  asset: (n) => ({ ...head(n), name: `Asset ${n}`, label: 'Hall', customerId: uuid(9), assetProfileId: uuid(800), type: 'default' }),
  assetProfile: (n) => ({ ...head(n), name: `Asset profile ${n}`, description: 'Halls', isDefault: false, image: 'data:', telemetryTtlDays: 7 }),
  entityView: (n) => ({
    ...head(n),
    name: `View ${n}`,
    type: 'default',
    customerId: uuid(9),
    targetType: 'DEVICE',
    targetId: uuid(501),
    keys: { timeseries: ['t'], attributes: { cs: [], ss: ['s'], sh: [] } },
    startMs: 0,
    endMs: 5,
  }),
  dashboard: (n) => ({
    ...head(n),
    name: `Dashboard ${n}`,
    image: 'data:',
    isHiddenOnMobile: false,
    mobileOrder: 3,
    customerIds: [uuid(9), uuid(10)],
    configuration: { widgets: {} },
  }),
  otaPackage: (n) => ({
    ...head(n),
    deviceProfileId: uuid(800),
    type: 'FIRMWARE',
    name: `Firmware ${n}`,
    packageVersion: '1.0',
    titleAndVersion: `Firmware ${n}\n1.0`,
    tag: 'stable',
    hasData: true,
    checksumAlgorithm: 'SHA256',
    dataSize: 3,
  }),
  queue: (n) => ({
    ...head(n),
    name: `Queue-${n}`,
    topic: `topic.${n}`,
    pollIntervalMs: 25,
    partitions: 10,
    isConsumedByPartition: true,
    packTimeoutMs: 2_000,
    submit: { strategy: 'BATCH', batchSize: 100 },
    processing: { strategy: 'RETRY_FAILED', retries: 3, failurePercentage: 0.5, pauseMs: 3_000, pauseMaxMs: 5_000 },
    additionalInfo: { description: '' },
  }),
  relation: (n) => ({ ...head(n), ...target, type: 'Contains', typeGroup: 'COMMON', key: `key ${n}`, additionalInfo: {} }),
  ruleChain: (n) => chainOf(n),
  alarmComment: (n) => ({ ...head(n), alarmId: uuid(700), userId: uuid(1), type: 'OTHER', comment: { text: 'Seen' } }),
  auditLog: (n) => ({
    ...head(n),
    customerId: uuid(9),
    entityType: 'DEVICE',
    entityId: uuid(501),
    entityName: 'Pump',
    userId: uuid(1),
    userName: 'zoe@example.org',
    actionType: 'ADDED',
    actionData: { diff: {} },
    status: 'SUCCESS',
  }),
  brokerRecord: (n) => ({ ...head(n), type: 'QUEUED', owner: 'session', topic: 'a/b', qos: 2, payload: 'eA==', packetId: 7, isReleased: true }),
  event: (n) => ({ ...head(n), entityType: 'RULE_CHAIN', entityId: uuid(501), type: 'LC_EVENT', body: { event: 'STARTED' } }),
};

export const everyKind = Object.keys(samples) as readonly EntityKind[];

/** An entity of tenant A; `changes` must keep it valid, and a field that is undefined in them is left out. */
export function sampleOf<K extends EntityKind>(kind: K, n: number, changes: Readonly<Record<string, unknown>> = {}): EntityOf<K> {
  const sample = { ...samples[kind](n), tenantId: tenantA, ...changes };
  return Object.fromEntries(Object.entries(sample).filter(([, value]) => value !== undefined)) as EntityOf<K>;
}
