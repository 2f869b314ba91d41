import type { EntityKind, EntityOf } from './entities.js';

/** A field that no two entities of a kind may share. Absent values never clash. */
export interface UniqueRule<K extends EntityKind> {
  /** Within one tenant, or in the whole system. */
  readonly within: 'tenant' | 'system';
  readonly field: keyof EntityOf<K> & string;
  /** True where upper and lower case are the same. */
  readonly ignoresCase?: boolean;
}

type Field<K extends EntityKind> = keyof EntityOf<K> & string;

/** What every store of entities must know about a kind besides its schema. */
export interface EntityRules<K extends EntityKind> {
  readonly unique: readonly UniqueRule<K>[];
  /** Fields in which `textSearch` looks, without case. */
  readonly searched: readonly Field<K>[];
  /** Fields by which lists are filtered, a list of them for each index to keep; the tenant comes before, the time after them. */
  readonly indexed: readonly (readonly Field<K>[])[];
  /** Fields by which lists are sorted besides. */
  readonly sorted: readonly Field<K>[];
}

/**
 * Fields that may be large, by kind: lists read them only where they show them. They are kept and never compared, so no
 * list is filtered or sorted by them.
 */
export const listedWithout = {
  dashboard: ['image', 'configuration'],
  deviceProfile: ['image', 'profileData'],
  assetProfile: ['image'],
} as const satisfies { readonly [K in EntityKind]?: readonly Field<K>[] };
export type HeavyField<K extends EntityKind> = K extends keyof typeof listedWithout ? (typeof listedWithout)[K][number] : never;

/** An entity as lists give it: without its heavy fields, but for those named. */
export type EntityInfo<K extends EntityKind, B extends HeavyField<K> = never> = K extends EntityKind
  ? Omit<EntityOf<K>, Exclude<HeavyField<K>, B>>
  : never;

export function heavyFields(kind: EntityKind): readonly string[] {
  const heavy: { readonly [K in EntityKind]?: readonly string[] } = listedWithout;
  return heavy[kind] ?? [];
}

const nameInTenant = { within: 'tenant', field: 'name' } as const;

/** The rules of each kind of entity, for the adapters of `EntityStore`. */
export const entityRules: { readonly [K in EntityKind]: EntityRules<K> } = {
  tenant: { unique: [], searched: ['name'], indexed: [], sorted: ['name'] },
  tenantProfile: { unique: [nameInTenant], searched: ['name', 'description'], indexed: [['isDefault']], sorted: [] },
  customer: { unique: [nameInTenant], searched: ['name', 'email', 'country', 'city'], indexed: [['isPublic']], sorted: ['email', 'country', 'city'] },
  user: {
    unique: [{ within: 'system', field: 'email', ignoresCase: true }],
    searched: ['email', 'firstName', 'lastName'],
    indexed: [['customerId'], ['authority']],
    sorted: ['firstName', 'lastName', 'email'],
  },
  userCredentials: {
    unique: [
      { within: 'system', field: 'userId' },
      { within: 'system', field: 'activateToken' },
      { within: 'system', field: 'resetToken' },
    ],
    searched: [],
    indexed: [],
    sorted: [],
  },
  userSettings: { unique: [{ within: 'system', field: 'userAndType' }], searched: [], indexed: [['userId']], sorted: [] },
  apiKey: { unique: [{ within: 'system', field: 'valueHash' }], searched: ['description'], indexed: [['userId']], sorted: ['description'] },
  adminSettings: { unique: [{ within: 'tenant', field: 'key' }], searched: [], indexed: [], sorted: [] },
  device: {
    unique: [nameInTenant],
    searched: ['name', 'label', 'type'],
    indexed: [['customerId'], ['deviceProfileId'], ['type'], ['firmwareId'], ['softwareId']],
    sorted: ['label', 'type'],
  },
  deviceProfile: {
    unique: [nameInTenant, { within: 'system', field: 'provisionDeviceKey' }],
    searched: ['name', 'description'],
    indexed: [['isDefault'], ['kaaAppVersion']],
    sorted: [],
  },
  deviceCredentials: {
    unique: [
      { within: 'system', field: 'credentialsId' },
      { within: 'system', field: 'deviceId' },
    ],
    searched: [],
    indexed: [],
    sorted: [],
  },
  asset: {
    unique: [nameInTenant],
    searched: ['name', 'label', 'type'],
    indexed: [['customerId'], ['assetProfileId'], ['type']],
    sorted: ['label', 'type'],
  },
  assetProfile: { unique: [nameInTenant], searched: ['name', 'description'], indexed: [['isDefault']], sorted: [] },
  entityView: { unique: [nameInTenant], searched: ['name', 'type'], indexed: [['customerId'], ['type'], ['targetId']], sorted: ['type'] },
  dashboard: { unique: [], searched: ['name'], indexed: [], sorted: ['name'] },
  otaPackage: {
    unique: [{ within: 'tenant', field: 'titleAndVersion' }],
    searched: ['name', 'packageVersion', 'tag'],
    indexed: [['deviceProfileId', 'type']],
    sorted: ['name', 'packageVersion', 'type'],
  },
  queue: { unique: [nameInTenant], searched: ['name'], indexed: [], sorted: ['name', 'topic'] },
  relation: {
    unique: [{ within: 'tenant', field: 'key' }],
    searched: [],
    indexed: [
      ['fromId', 'typeGroup'],
      ['toId', 'typeGroup'],
    ],
    sorted: [],
  },
  ruleChain: { unique: [], searched: ['name'], indexed: [['isRoot']], sorted: ['name'] },
  alarmComment: { unique: [], searched: [], indexed: [['alarmId']], sorted: [] },
  auditLog: {
    unique: [],
    searched: ['entityName', 'userName', 'actionType'],
    indexed: [['entityId'], ['userId'], ['customerId']],
    sorted: ['entityName', 'userName', 'actionType'],
  },
  event: { unique: [], searched: [], indexed: [['entityId', 'type', 'entityType']], sorted: [] },
  brokerRecord: { unique: [], searched: [], indexed: [], sorted: [] },
};
