import type { AssetProfile, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { assetErrors } from './asset-errors.js';
import { defaultProfile, makeDefaultProfile, requireDefaultProfile } from './default-profile.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { newAssetProfile } from './new-tenant.js';
import { renameType } from './rename-type.js';
import { storedEntity } from './stored-entity.js';
import { savedTelemetryTtl } from './telemetry-ttl.js';
import type { WriteCondition } from './write-conditions.js';
import { noneMatches, refersTo } from './write-conditions.js';

/** What a client says about an asset profile it saves. */
export interface AssetProfileDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly image?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly defaultRuleChainId?: string | undefined;
  readonly defaultDashboardId?: string | undefined;
  readonly defaultQueueName?: string | undefined;
  readonly defaultEdgeRuleChainId?: string | undefined;
  /** Absent keeps what is stored: clients that do not know it must not take it away. 0 takes it away. */
  readonly telemetryTtlDays?: number | undefined;
  readonly version?: number | undefined;
}

const taken = { 'assetProfile.name': assetErrors.ASSET_PROFILE_NAME_TAKEN };

/** Asset profiles of a tenant: one of them is the default. */
export class AssetProfiles {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<AssetProfile> {
    await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'read');
    return storedEntity(this.#deps.entities, 'assetProfile', caller.tenantId, id);
  }

  /** The profile of assets that name none. */
  defaultOne(caller: Caller): Promise<AssetProfile> {
    return requireDefaultProfile(this.#deps.entities, 'assetProfile', caller.tenantId);
  }

  page(caller: Caller, query: PageQuery): Promise<Page<AssetProfile>> {
    return this.#deps.entities.page('assetProfile', caller.tenantId, query);
  }

  /** Those of the ids that the tenant has, in the order of the ids. */
  byIds(caller: Caller, ids: readonly string[]): Promise<readonly AssetProfile[]> {
    return this.#deps.entities.findMany('assetProfile', caller.tenantId, ids);
  }

  /**
   * Creates the profile, or replaces what is stored of it. Renaming a profile renames the type of its assets.
   *
   * @throws DIRECTORY_ASSET_PROFILE_*, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: AssetProfileDraft): Promise<AssetProfile> {
    if (draft.name.trim() === '') throw assetErrors.ASSET_PROFILE_NAME_MISSING();
    const references = await this.#checkReferences(caller.tenantId, draft);
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft, references) : savedOnce(draft.version, () => this.#update(caller, id, draft, references));
  }

  /** @throws DIRECTORY_ASSET_PROFILE_IS_DEFAULT, DIRECTORY_ASSET_PROFILE_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'assetProfile', tenantId, id);
    if (before.isDefault) throw assetErrors.ASSET_PROFILE_IS_DEFAULT();
    const isInUse = (await this.#deps.entities.findAll('asset', tenantId, { assetProfileId: id }, 1)).length > 0;
    if (isInUse) throw assetErrors.ASSET_PROFILE_IN_USE();
    const conditions = [
      noneMatches({ kind: 'assetProfile', tenantId, filter: { id, isDefault: true } }, assetErrors.ASSET_PROFILE_IS_DEFAULT),
      noneMatches({ kind: 'asset', tenantId, filter: { assetProfileId: id } }, assetErrors.ASSET_PROFILE_IN_USE),
    ];
    await this.#writer.remove(caller, 'assetProfile', before, { conditions });
  }

  /** Moves the default flag to this profile. */
  async makeDefault(caller: Caller, id: string): Promise<AssetProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'write');
    return makeDefaultProfile(this.#deps, caller, 'assetProfile', tenantId, id);
  }

  async #create(caller: Caller, draft: AssetProfileDraft, references: readonly WriteCondition[]): Promise<AssetProfile> {
    const { ids, clock, entities } = this.#deps;
    const { tenantId } = caller;
    const isDefault = draft.isDefault === true;
    if (isDefault && (await defaultProfile(entities, 'assetProfile', tenantId)) !== undefined) throw assetErrors.ASSET_PROFILE_SECOND_DEFAULT();
    const only = noneMatches({ kind: 'assetProfile', tenantId, filter: { isDefault: true } }, assetErrors.ASSET_PROFILE_SECOND_DEFAULT);
    const blank = newAssetProfile({ ids, tenantId, nowMs: clock.nowMs(), name: draft.name.trim(), isDefault });
    const after = { ...blank, ...partsOf(draft), ...savedTelemetryTtl(draft) };
    return this.#writer.insert(caller, 'assetProfile', after, { taken, conditions: [...references, ...(isDefault ? [only] : [])] });
  }

  async #update(caller: Caller, id: string, draft: AssetProfileDraft, references: readonly WriteCondition[]): Promise<AssetProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'assetProfile', tenantId, id);
    checkVersion('assetProfile', before, draft.version);
    const { createdAtMs, version, isDefault } = before;
    if (draft.isDefault === true && !isDefault) throw assetErrors.ASSET_PROFILE_SECOND_DEFAULT();
    const kept = { id, tenantId, createdAtMs, version, isDefault, ...savedTelemetryTtl(draft, before) };
    const entity: AssetProfile = { ...kept, name: draft.name.trim(), ...partsOf(draft) };
    const after = await this.#writer.update(caller, 'assetProfile', { before, entity }, { taken, conditions: references });
    if (entity.name !== before.name) await renameType(this.#deps, 'asset', tenantId, { assetProfileId: id }, entity.name);
    return after;
  }

  async #checkReferences(tenantId: TenantId, { defaultRuleChainId, defaultDashboardId }: AssetProfileDraft): Promise<readonly WriteCondition[]> {
    const { entities } = this.#deps;
    const exists = async (kind: 'ruleChain' | 'dashboard', id: string | undefined): Promise<boolean> =>
      id === undefined || (await entities.find(kind, tenantId, id)) !== undefined;
    if (!(await exists('ruleChain', defaultRuleChainId))) throw assetErrors.ASSET_PROFILE_CHAIN_UNKNOWN();
    if (!(await exists('dashboard', defaultDashboardId))) throw assetErrors.ASSET_PROFILE_DASHBOARD_UNKNOWN();
    return [
      ...refersTo('ruleChain', tenantId, defaultRuleChainId, assetErrors.ASSET_PROFILE_CHAIN_UNKNOWN),
      ...refersTo('dashboard', tenantId, defaultDashboardId, assetErrors.ASSET_PROFILE_DASHBOARD_UNKNOWN),
    ];
  }
}

const optionalParts = ['description', 'image', 'defaultRuleChainId', 'defaultDashboardId', 'defaultQueueName', 'defaultEdgeRuleChainId'] as const;

function partsOf(draft: AssetProfileDraft): Partial<Pick<AssetProfile, (typeof optionalParts)[number]>> {
  return Object.fromEntries(optionalParts.flatMap((part) => (draft[part] === undefined ? [] : [[part, draft[part]]])));
}
