import type { Device, DeviceCredentials, EntityKind, EntityOf, Page, PageQuery, TenantId, User } from '@fieldline/model';

/**
 * One change of the control plane. `insert` stores version 1; `update` states in `entity.version` the version it
 * read, and stores that plus one; to `remove` what is gone already is no error.
 */
export type EntityChange =
  | { readonly [K in EntityKind]: { readonly change: 'insert' | 'update'; readonly kind: K; readonly entity: EntityOf<K> } }[EntityKind]
  | { readonly change: 'remove'; readonly kind: EntityKind; readonly tenantId: TenantId; readonly id: string };

/** Equality filters a list may carry, each on a field of the entity. */
export type EntityFilter = Readonly<Record<string, string | boolean>>;

/**
 * The store of the control plane: tenants, users, devices, profiles, credentials, rule chains.
 *
 * Unique: device name and device profile name in a tenant, user email, credentials id and device of device
 * credentials, user of user credentials.
 * `entityRules` of the model says it field by field, and which fields `textSearch` looks in.
 */
export interface EntityStore {
  /**
   * Applies all changes, or none, durably.
   *
   * @throws STORAGE_NAME_TAKEN        a unique field is taken; details name kind and field
   * @throws STORAGE_VERSION_CONFLICT  somebody else changed or removed the entity since it was read
   * @throws STORAGE_UNAVAILABLE       retry later; nothing was written
   */
  write(changes: readonly EntityChange[]): Promise<void>;
  find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined>;
  /** All entities of a kind that match, at most `limit`, oldest first. */
  findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]>;
  /** Sorted by the field `sortBy` (text by code point, absent values first), else and among equals by id. */
  page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter?: EntityFilter): Promise<Page<EntityOf<K>>>;
  /** For authentication only, before the tenant is known. */
  credentialsById(credentialsId: string): Promise<{ credentials: DeviceCredentials; device: Device } | undefined>;
  /** For sign-in only, before the tenant is known. Compared without case. */
  userByEmail(email: string): Promise<User | undefined>;
  /** For start-up and system administration only. */
  tenantIds(): Promise<readonly TenantId[]>;
  close(): Promise<void>;
}
