import type { AssetProfile, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { assetErrors } from './asset-errors.js';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { RENAMED_ASSETS_PER_WRITE } from './limits.js';
import { newAssetProfile } from './new-tenant.js';

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
    return this.#stored(caller.tenantId, id);
  }

  /** The profile of assets that name none. */
  async defaultOne(caller: Caller): Promise<AssetProfile> {
    const profile = await this.#default(caller.tenantId);
    if (profile === undefined) throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
    return profile;
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
    await this.#checkReferences(caller.tenantId, draft);
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft) : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /** @throws DIRECTORY_ASSET_PROFILE_IS_DEFAULT, DIRECTORY_ASSET_PROFILE_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'delete');
    const before = await this.#stored(tenantId, id);
    if (before.isDefault) throw assetErrors.ASSET_PROFILE_IS_DEFAULT();
    const isInUse = (await this.#deps.entities.findAll('asset', tenantId, { assetProfileId: id }, 1)).length > 0;
    if (isInUse) throw assetErrors.ASSET_PROFILE_IN_USE();
    const actions = [entityAction(caller, 'DELETED', 'assetProfile', { before })];
    await this.#writer.write([{ change: 'remove', kind: 'assetProfile', tenantId, id }], { actions });
  }

  /** Moves the default flag to this profile. */
  async makeDefault(caller: Caller, id: string): Promise<AssetProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'write');
    return savedOnce(undefined, async () => {
      const profile = await this.#stored(tenantId, id);
      if (profile.isDefault) return profile;
      const former = await this.#default(tenantId);
      const pairs = [
        ...(former === undefined ? [] : [{ before: former, entity: { ...former, isDefault: false } }]),
        { before: profile, entity: { ...profile, isDefault: true } },
      ];
      await this.#writer.write(
        pairs.map(({ entity }) => ({ change: 'update', kind: 'assetProfile', entity })),
        { actions: pairs.map(({ before, entity }) => entityAction(caller, 'UPDATED', 'assetProfile', { before, after: afterUpdate(entity) })) },
      );
      return afterUpdate({ ...profile, isDefault: true });
    });
  }

  async #create(caller: Caller, draft: AssetProfileDraft): Promise<AssetProfile> {
    const { ids, clock } = this.#deps;
    const { tenantId } = caller;
    const isDefault = draft.isDefault === true;
    if (isDefault && (await this.#default(tenantId)) !== undefined) throw assetErrors.ASSET_PROFILE_SECOND_DEFAULT();
    const after = { ...newAssetProfile({ ids, tenantId, nowMs: clock.nowMs(), name: draft.name.trim(), isDefault }), ...partsOf(draft) };
    await this.#writer.write([{ change: 'insert', kind: 'assetProfile', entity: after }], {
      taken,
      actions: [entityAction(caller, 'ADDED', 'assetProfile', { after })],
    });
    return after;
  }

  async #update(caller: Caller, id: string, draft: AssetProfileDraft): Promise<AssetProfile> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET_PROFILE', id }, 'write');
    const before = await this.#stored(tenantId, id);
    checkVersion('assetProfile', before, draft.version);
    const { createdAtMs, version, isDefault } = before;
    if (draft.isDefault === true && !isDefault) throw assetErrors.ASSET_PROFILE_SECOND_DEFAULT();
    const entity: AssetProfile = { id, tenantId, createdAtMs, version, isDefault, name: draft.name.trim(), ...partsOf(draft) };
    const after = afterUpdate(entity);
    await this.#writer.write([{ change: 'update', kind: 'assetProfile', entity }], {
      taken,
      actions: [entityAction(caller, 'UPDATED', 'assetProfile', { before, after })],
    });
    if (entity.name !== before.name) await this.#renameType(tenantId, id, entity.name);
    return after;
  }

  /** Gives the assets of a profile its new name as type, in slices, until none has another. */
  async #renameType(tenantId: TenantId, assetProfileId: string, type: string): Promise<void> {
    const query = { pageSize: RENAMED_ASSETS_PER_WRITE, sortBy: 'createdAtMs' } as const;
    for (let page = 0, hasNext = true; hasNext; page += 1) {
      const assets = await this.#deps.entities.page('asset', tenantId, { ...query, page }, { assetProfileId });
      hasNext = assets.hasNext;
      const changes = assets.data
        .filter((asset) => asset.type !== type)
        .map((asset): EntityChange => ({ change: 'update', kind: 'asset', entity: { ...asset, type } }));
      if (changes.length > 0) await this.#writer.write(changes);
    }
  }

  async #checkReferences(tenantId: TenantId, { defaultRuleChainId, defaultDashboardId }: AssetProfileDraft): Promise<void> {
    const { entities } = this.#deps;
    const exists = async (kind: 'ruleChain' | 'dashboard', id: string | undefined): Promise<boolean> =>
      id === undefined || (await entities.find(kind, tenantId, id)) !== undefined;
    if (!(await exists('ruleChain', defaultRuleChainId))) throw assetErrors.ASSET_PROFILE_CHAIN_UNKNOWN();
    if (!(await exists('dashboard', defaultDashboardId))) throw assetErrors.ASSET_PROFILE_DASHBOARD_UNKNOWN();
  }

  async #default(tenantId: TenantId): Promise<AssetProfile | undefined> {
    return (await this.#deps.entities.findAll('assetProfile', tenantId, { isDefault: true }, 1))[0];
  }

  async #stored(tenantId: TenantId, id: string): Promise<AssetProfile> {
    const profile = await this.#deps.entities.find('assetProfile', tenantId, id);
    if (profile === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: 'Asset profile', id });
    return profile;
  }
}

const optionalParts = ['description', 'image', 'defaultRuleChainId', 'defaultDashboardId', 'defaultQueueName', 'defaultEdgeRuleChainId'] as const;

function partsOf(draft: AssetProfileDraft): Partial<Pick<AssetProfile, (typeof optionalParts)[number]>> {
  return Object.fromEntries(optionalParts.flatMap((part) => (draft[part] === undefined ? [] : [[part, draft[part]]])));
}
