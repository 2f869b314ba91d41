import type { Device, DeviceCredentials, EntityInfo, EntityKind, EntityOf, HeavyField, Page, PageQuery, TenantId, User } from '@fieldline/model';

/** Adds an entity: version 1 is stored. */
export type EntityInsert = { readonly [K in EntityKind]: { readonly change: 'insert'; readonly kind: K; readonly entity: EntityOf<K> } }[EntityKind];

/**
 * What has to hold where it stands among the changes of a write, after those before it. Otherwise nothing is written.
 * What it found holds until the write has happened, whoever writes besides: no write that would make it untrue comes in
 * between, unless that one states no condition itself. So references stay whole where whoever refers requires, and whoever
 * removes requires that nobody refers (or removes with `remove-where` what does).
 */
export type EntityCondition =
  /** The entity exists. */
  | { readonly change: 'require'; readonly kind: EntityKind; readonly tenantId: TenantId; readonly id: string }
  /** Fewer entities than `limit` match. Without a tenant those of all tenants count. */
  | {
      readonly change: 'require-fewer';
      readonly kind: EntityKind;
      readonly tenantId?: TenantId | undefined;
      readonly filter: EntityFilter;
      readonly limit: number;
    };

/**
 * One change of the control plane, or a condition of the others. `insert` stores version 1; `update` states in `entity.version` the version it
 * read, and stores that plus one; to `remove` what is gone already is no error. `remove-where` removes every entity
 * of a kind that matches; `remove-tenant` everything a tenant owns, the tenant itself included.
 */
export type EntityChange =
  | EntityCondition
  | EntityInsert
  | { readonly [K in EntityKind]: { readonly change: 'update'; readonly kind: K; readonly entity: EntityOf<K> } }[EntityKind]
  | { readonly change: 'remove'; readonly kind: EntityKind; readonly tenantId: TenantId; readonly id: string }
  | {
      readonly change: 'remove-where';
      readonly kind: EntityKind;
      readonly tenantId: TenantId;
      readonly filter: EntityFilter;
      /** Only those created before this instant. */
      readonly createdBeforeMs?: number | undefined;
    }
  | { readonly change: 'remove-tenant'; readonly tenantId: TenantId };

/**
 * Filters a list may carry, each on a field of the entity. A text or boolean: the field equals it. A list: the field
 * is one of its members. A field that is a list itself matches where it holds the value.
 */
export type EntityFilter = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Fields that are unique in the whole system, by kind: what is looked up before the tenant is known. */
export interface SystemUniqueFields {
  readonly userCredentials: 'activateToken' | 'resetToken';
  readonly apiKey: 'valueHash';
  readonly deviceProfile: 'provisionDeviceKey';
  readonly userSettings: 'userAndType';
}

/**
 * The store of the control plane. `entityRules` of the model says for each kind which fields are unique, which
 * `textSearch` looks in, and which lists are filtered and sorted by.
 */
export interface EntityStore {
  /**
   * Applies all changes in their order, or none, durably.
   *
   * @throws STORAGE_NAME_TAKEN        a unique field is taken; details name kind and field
   * @throws STORAGE_VERSION_CONFLICT  somebody else changed or removed the entity since it was read
   * @throws STORAGE_REFERENCE_GONE    what a `require` names is not there; details name kind and id
   * @throws STORAGE_LIMIT_REACHED     a `require-fewer` found as many as its limit; details name kind and limit
   * @throws STORAGE_UNAVAILABLE       retry later; nothing was written
   */
  write(changes: readonly EntityChange[]): Promise<void>;
  find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined>;
  /** Those of the ids that exist, in the order of the ids. */
  findMany<K extends EntityKind>(kind: K, tenantId: TenantId, ids: readonly string[]): Promise<readonly EntityOf<K>[]>;
  /** All entities of a kind that match, at most `limit`, oldest first. */
  findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]>;
  /** Sorted by the field `sortBy` (text by code point, absent values first), else and among equals by id. */
  page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter?: EntityFilter): Promise<Page<EntityOf<K>>>;
  /** As `findMany`, of what lists show: without what may be large (`listedWithout` of the model), but for the fields named by `besides`. */
  findInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    ids: readonly string[],
    besides?: readonly B[],
  ): Promise<readonly EntityInfo<K, B>[]>;
  /** As `findAll`, of what lists show. */
  findAllInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    filter: EntityFilter,
    limit: number,
    besides?: readonly B[],
  ): Promise<readonly EntityInfo<K, B>[]>;
  /** As `page`, of what lists show. */
  infoPage<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    query: PageQuery,
    filter?: EntityFilter,
    besides?: readonly B[],
  ): Promise<Page<EntityInfo<K, B>>>;
  count(kind: EntityKind, tenantId: TenantId, filter?: EntityFilter): Promise<number>;
  /** For authentication only, before the tenant is known. */
  credentialsById(credentialsId: string): Promise<{ credentials: DeviceCredentials; device: Device } | undefined>;
  /** For sign-in only, before the tenant is known. Compared without case. */
  userByEmail(email: string): Promise<User | undefined>;
  /** For sign-in and provisioning only, before the tenant is known: by a field that is unique in the whole system. */
  findUnique<K extends keyof SystemUniqueFields>(kind: K, field: SystemUniqueFields[K], value: string): Promise<EntityOf<K> | undefined>;
  /** For permission checks only: the tenant that owns an entity, whoever asks. */
  tenantOf(kind: EntityKind, id: string): Promise<TenantId | undefined>;
  /** For start-up and system administration only: all tenants, by id. */
  tenantIds(): Promise<readonly TenantId[]>;
  /** For system administration only: a page of the tenants. */
  tenants(query: PageQuery): Promise<Page<EntityOf<'tenant'>>>;
  close(): Promise<void>;
}
