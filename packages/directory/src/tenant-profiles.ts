import type { JsonObject, Page, PageQuery, TenantProfile } from '@fieldline/model';
import { systemTenantId, tenantConfigurationFaults } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { defaultProfile, makeDefaultProfile, requireDefaultProfile } from './default-profile.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { COMPLAINTS_TOLD_MAX, TENANTS_READ_AT_ONCE } from './limits.js';
import { newTenantProfile } from './new-tenant.js';
import { requireRateLimits } from './rate-limits.js';
import { storedEntity } from './stored-entity.js';
import { tenantErrors } from './tenant-errors.js';
import { noneMatches } from './write-conditions.js';

/** What a client says about a tenant profile it saves. */
export interface TenantProfileDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly isIsolated?: boolean | undefined;
  /** Absent: without limits. */
  readonly configuration?: TenantProfile['configuration'] | undefined;
  readonly queueConfiguration?: TenantProfile['queueConfiguration'] | undefined;
  readonly version?: number | undefined;
}

const taken = { 'tenantProfile.name': tenantErrors.TENANT_PROFILE_NAME_TAKEN };

/** Profiles of tenants, which limit what these may have: one of them is the default. */
export class TenantProfiles {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<TenantProfile> {
    await this.#deps.access.require(caller, { entityType: 'TENANT_PROFILE', id }, 'read');
    return storedEntity(this.#deps.entities, 'tenantProfile', systemTenantId, id);
  }

  /** The profile of tenants that name none. */
  defaultOne(): Promise<TenantProfile> {
    return requireDefaultProfile(this.#deps.entities, 'tenantProfile', systemTenantId);
  }

  page(query: PageQuery): Promise<Page<TenantProfile>> {
    return this.#deps.entities.page('tenantProfile', systemTenantId, query);
  }

  /**
   * Creates the profile, or replaces what is stored of it; its limits hold at once.
   *
   * @throws DIRECTORY_TENANT_PROFILE_*, DIRECTORY_RATE_LIMIT_INVALID, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: TenantProfileDraft): Promise<TenantProfile> {
    if (draft.name.trim() === '') throw tenantErrors.TENANT_PROFILE_NAME_MISSING();
    if (draft.configuration !== undefined) checkConfiguration(draft.configuration);
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft) : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /** @throws DIRECTORY_TENANT_PROFILE_IS_DEFAULT, DIRECTORY_TENANT_PROFILE_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.#deps.access.require(caller, { entityType: 'TENANT_PROFILE', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'tenantProfile', systemTenantId, id);
    if (before.isDefault) throw tenantErrors.TENANT_PROFILE_IS_DEFAULT();
    if (await this.#isInUse(id)) throw tenantErrors.TENANT_PROFILE_IN_USE();
    const conditions = [
      noneMatches({ kind: 'tenantProfile', tenantId: systemTenantId, filter: { id, isDefault: true } }, tenantErrors.TENANT_PROFILE_IS_DEFAULT),
      noneMatches({ kind: 'tenant', tenantId: undefined, filter: { tenantProfileId: id } }, tenantErrors.TENANT_PROFILE_IN_USE),
    ];
    await this.#writer.remove(caller, 'tenantProfile', before, { conditions });
  }

  /** Moves the default flag to this profile. */
  async makeDefault(caller: Caller, id: string): Promise<TenantProfile> {
    await this.#deps.access.require(caller, { entityType: 'TENANT_PROFILE', id }, 'write');
    return makeDefaultProfile(this.#deps, caller, 'tenantProfile', systemTenantId, id);
  }

  async #create(caller: Caller, draft: TenantProfileDraft): Promise<TenantProfile> {
    const { ids, clock } = this.#deps;
    const isDefault = draft.isDefault === true;
    if (isDefault && (await defaultProfile(this.#deps.entities, 'tenantProfile', systemTenantId)) !== undefined)
      throw tenantErrors.TENANT_PROFILE_SECOND_DEFAULT();
    const blank = newTenantProfile({ ids, nowMs: clock.nowMs(), name: draft.name.trim(), isDefault });
    const after: TenantProfile = { ...blank, ...partsOf(draft), configuration: draft.configuration ?? blank.configuration };
    const counted = { kind: 'tenantProfile', tenantId: systemTenantId, filter: { isDefault: true } } as const;
    const conditions = isDefault ? [noneMatches(counted, tenantErrors.TENANT_PROFILE_SECOND_DEFAULT)] : [];
    return this.#writer.insert(caller, 'tenantProfile', after, { taken, conditions });
  }

  async #update(caller: Caller, id: string, draft: TenantProfileDraft): Promise<TenantProfile> {
    await this.#deps.access.require(caller, { entityType: 'TENANT_PROFILE', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'tenantProfile', systemTenantId, id);
    checkVersion('tenantProfile', before, draft.version);
    const { createdAtMs, version, isDefault, tenantId } = before;
    if (draft.isDefault === true && !isDefault) throw tenantErrors.TENANT_PROFILE_SECOND_DEFAULT();
    const configuration = draft.configuration ?? before.configuration;
    const entity: TenantProfile = { id, tenantId, createdAtMs, version, isDefault, name: draft.name.trim(), ...partsOf(draft), configuration };
    return this.#writer.update(caller, 'tenantProfile', { before, entity }, { taken });
  }

  async #isInUse(id: string): Promise<boolean> {
    for (let page = 0; ; page += 1) {
      const tenants = await this.#deps.entities.tenants({ page, pageSize: TENANTS_READ_AT_ONCE });
      if (tenants.data.some(({ tenantProfileId }) => tenantProfileId === id)) return true;
      if (!tenants.hasNext) return false;
    }
  }
}

function checkConfiguration(configuration: JsonObject): void {
  const faults = tenantConfigurationFaults(configuration);
  if (faults.length > 0) throw tenantErrors.TENANT_PROFILE_CONFIGURATION({ faults: faults.slice(0, COMPLAINTS_TOLD_MAX) });
  requireRateLimits(configuration);
}

function partsOf(draft: TenantProfileDraft): Pick<TenantProfile, 'description' | 'isIsolated' | 'queueConfiguration'> {
  const { description, isIsolated, queueConfiguration } = draft;
  return {
    isIsolated: isIsolated ?? false,
    ...(description === undefined ? {} : { description }),
    ...(queueConfiguration === undefined ? {} : { queueConfiguration }),
  };
}
