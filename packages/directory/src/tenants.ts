import type { Page, PageQuery, Tenant, TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { ContactDraft } from './contact.js';
import { contactOf } from './contact.js';
import { defaultProfile } from './default-profile.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { BLOBS_LISTED_AT_ONCE } from './limits.js';
import { newTenant } from './new-tenant.js';
import { storedEntity } from './stored-entity.js';
import { tenantErrors } from './tenant-errors.js';
import { refersTo } from './write-conditions.js';

/** What a client says about a tenant it saves. Absent parts are removed, as the compatible API demands. */
export interface TenantDraft extends ContactDraft {
  readonly id?: string | undefined;
  readonly name: string;
  /** Absent: the default profile. */
  readonly tenantProfileId?: string | undefined;
  readonly additionalInfo?: Tenant['additionalInfo'];
  readonly version?: number | undefined;
}

/** A tenant and what its profile is called; undefined where the system has no profile yet. */
export interface TenantInfo {
  readonly tenant: Tenant;
  readonly profileName: string | undefined;
}

/** Tenants: the system administrator makes and removes them, an administrator of one looks at it or gives it up. */
export class Tenants {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<Tenant> {
    await this.#deps.access.require(caller, { entityType: 'TENANT', id }, 'read');
    return storedEntity(this.#deps.entities, 'tenant', id as TenantId, id);
  }

  /** All tenants; the edge lets only the system administrator in. */
  page(query: PageQuery): Promise<Page<Tenant>> {
    return this.#deps.entities.tenants(query);
  }

  /** Those of the ids that exist, in the order of the ids. */
  async byIds(ids: readonly string[]): Promise<readonly Tenant[]> {
    const tenants = await Promise.all(ids.map((id) => this.#deps.entities.find('tenant', id as TenantId, id)));
    return tenants.filter((tenant) => tenant !== undefined);
  }

  /** The names of the profiles of tenants, read at once. */
  async infosOf(tenants: readonly Tenant[]): Promise<readonly TenantInfo[]> {
    const ids = [...new Set(tenants.flatMap(({ tenantProfileId }) => (tenantProfileId === undefined ? [] : [tenantProfileId])))];
    const profiles = await this.#deps.entities.findMany('tenantProfile', systemTenantId, ids);
    const names = new Map(profiles.map(({ id, name }) => [id, name]));
    const preset = (await defaultProfile(this.#deps.entities, 'tenantProfile', systemTenantId))?.name;
    return tenants.map((tenant) => ({ tenant, profileName: names.get(tenant.tenantProfileId ?? '') ?? preset }));
  }

  /**
   * Creates the tenant with its default profiles and root rule chain, or replaces what is stored of it.
   *
   * @throws DIRECTORY_TENANT_TITLE_MISSING, DIRECTORY_TENANT_PROFILE_UNKNOWN, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: TenantDraft): Promise<Tenant> {
    if (draft.name.trim() === '') throw tenantErrors.TENANT_TITLE_MISSING();
    if (caller.authority !== 'SYS_ADMIN') throw directoryErrors.ACCESS_DENIED();
    const parts = await this.#partsOf(draft);
    const { id } = draft;
    return id === undefined ? this.#create(caller, parts) : savedOnce(draft.version, () => this.#update(caller, id, draft, parts));
  }

  /** Removes the tenant and everything it owns: entities, files, data. */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'TENANT', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'tenant', id as TenantId, id);
    const blobs = await this.#blobsOf(tenantId);
    // The record outlives the tenant with the system; there is no rule chain left to be told.
    const action = { ...entityAction(caller, 'DELETED', 'tenant', { before }), tenantId: systemTenantId, body: undefined };
    await this.#writer.write([{ change: 'remove-tenant', tenantId }], { actions: [action] });
    for (const blob of blobs) await this.#deps.blobs.remove(tenantId, blob);
    await this.#deps.data.removeTenant(tenantId);
  }

  async #create(caller: Caller, { name, ...parts }: TenantParts): Promise<Tenant> {
    const { ids, clock } = this.#deps;
    const { tenant, changes } = newTenant({ name, ids, nowMs: clock.nowMs(), parts });
    await this.#writer.write(changes, {
      conditions: ofProfile(parts.tenantProfileId),
      actions: [entityAction(caller, 'ADDED', 'tenant', { after: tenant })],
    });
    return tenant;
  }

  async #update(caller: Caller, id: string, draft: TenantDraft, parts: TenantParts): Promise<Tenant> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'TENANT', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'tenant', id as TenantId, id);
    checkVersion('tenant', before, draft.version);
    const entity: Tenant = { id, tenantId, createdAtMs: before.createdAtMs, version: before.version, ...parts };
    return this.#writer.update(caller, 'tenant', { before, entity }, { conditions: ofProfile(parts.tenantProfileId) });
  }

  async #partsOf(draft: TenantDraft): Promise<TenantParts> {
    const { additionalInfo } = draft;
    const tenantProfileId = draft.tenantProfileId ?? (await defaultProfile(this.#deps.entities, 'tenantProfile', systemTenantId))?.id;
    if (draft.tenantProfileId !== undefined) {
      const profile = await this.#deps.entities.find('tenantProfile', systemTenantId, draft.tenantProfileId);
      if (profile === undefined) throw tenantErrors.TENANT_PROFILE_UNKNOWN();
    }
    return {
      name: draft.name.trim(),
      ...contactOf(draft),
      ...(tenantProfileId === undefined ? {} : { tenantProfileId }),
      ...(additionalInfo === undefined ? {} : { additionalInfo }),
    };
  }

  async #blobsOf(tenantId: TenantId): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let page = 0, hasNext = true; hasNext; page += 1) {
      const packages = await this.#deps.entities.page('otaPackage', tenantId, { page, pageSize: BLOBS_LISTED_AT_ONCE });
      ids.push(...packages.data.map(({ id }) => id));
      hasNext = packages.hasNext;
    }
    return ids;
  }
}

const ofProfile = (id: string | undefined) => refersTo('tenantProfile', systemTenantId, id, tenantErrors.TENANT_PROFILE_UNKNOWN);

type TenantParts = Omit<Tenant, 'id' | 'tenantId' | 'createdAtMs' | 'version'>;
