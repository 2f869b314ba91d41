import type { Asset, AssetProfile, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityChange, EntityFilter } from '@fieldline/ports';
import { assetErrors } from './asset-errors.js';
import { requireCustomer } from './customers-of.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import type { NameConflict } from './name-conflict.js';
import { underFreeName } from './name-conflict.js';
import { newAssetProfile } from './new-tenant.js';
import { isViewed } from './removal.js';
import { idOfNamed, storedEntity } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';
import type { WriteCondition } from './write-conditions.js';
import { noneMatches, refersTo } from './write-conditions.js';

/** What a client says about an asset it saves. Absent parts are removed, as the compatible API demands. */
export interface AssetDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly label?: string | undefined;
  readonly assetProfileId?: string | undefined;
  /** Name of a profile, found or made, where no id is given. */
  readonly type?: string | undefined;
  readonly customerId?: string | undefined;
  readonly additionalInfo?: Asset['additionalInfo'];
  readonly version?: number | undefined;
}

/** Which assets a list shows. */
export interface AssetFilter {
  readonly type?: string | undefined;
  readonly assetProfileId?: string | undefined;
  readonly customerId?: string | undefined;
}

const taken = { 'asset.name': assetErrors.ASSET_NAME_TAKEN, 'assetProfile.name': assetErrors.ASSET_PROFILE_NAME_TAKEN };

/** Assets: things that have data and are no devices. Every method checks the tenant and customer of the caller. */
export class Assets {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;
  readonly #limits: TenantLimits;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#limits = new TenantLimits(deps.entities);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<Asset> {
    await this.#deps.access.require(caller, { entityType: 'ASSET', id }, 'read');
    return storedEntity(this.#deps.entities, 'asset', caller.tenantId, id);
  }

  /** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
  async byName(caller: Caller, name: string): Promise<Asset> {
    return this.get(caller, await idOfNamed(this.#deps.entities, 'asset', caller.tenantId, name));
  }

  /** Those of the ids that the caller may read, in the order of the ids. */
  async byIds(caller: Caller, ids: readonly string[]): Promise<readonly Asset[]> {
    const assets = await this.#deps.entities.findMany('asset', caller.tenantId, ids);
    return assets.filter(({ customerId }) => caller.customerId === undefined || caller.customerId === customerId);
  }

  /** A page of the tenant's assets; of the customer's own for a customer user. */
  page(caller: Caller, query: PageQuery, filter: AssetFilter): Promise<Page<Asset>> {
    const { type, assetProfileId, customerId } = { ...filter, ...(caller.customerId === undefined ? {} : { customerId: caller.customerId }) };
    const wanted = Object.entries({ type, assetProfileId, customerId }).filter(([, value]) => value !== undefined && value !== '');
    return this.#deps.entities.page('asset', caller.tenantId, query, Object.fromEntries(wanted) as EntityFilter);
  }

  /**
   * Creates the asset, or replaces what is stored of it.
   *
   * @throws DIRECTORY_ASSET_*, DIRECTORY_CUSTOMER_UNKNOWN, DIRECTORY_CUSTOMER_FOREIGN, DIRECTORY_ENTITIES_LIMIT, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: AssetDraft, conflict?: NameConflict): Promise<Asset> {
    const wanted = draft.name.trim();
    if (wanted === '') throw assetErrors.ASSET_NAME_MISSING();
    const { id } = draft;
    return underFreeName(this.#deps, { kind: 'asset', tenantId: caller.tenantId, name: wanted, ownId: id }, conflict, (name) =>
      id === undefined ? this.#create(caller, { ...draft, name }) : savedOnce(draft.version, () => this.#update(caller, id, { ...draft, name })),
    );
  }

  /**
   * Removes the asset with its relations, and after it its data and alarms.
   *
   * @throws DIRECTORY_ASSET_VIEWED
   */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'asset', tenantId, id);
    if (await isViewed(this.#deps.entities, tenantId, id)) throw assetErrors.ASSET_VIEWED();
    const conditions = [noneMatches({ kind: 'entityView', tenantId, filter: { targetId: id } }, assetErrors.ASSET_VIEWED)];
    await this.#writer.remove(caller, 'asset', before, { conditions });
  }

  async #create(caller: Caller, draft: AssetDraft): Promise<Asset> {
    if (caller.authority !== 'TENANT_ADMIN') throw directoryErrors.ACCESS_DENIED();
    const { tenantId } = caller;
    const ofCustomer = await requireCustomer(this.#deps.entities, tenantId, draft.customerId, 'asset');
    const room = await this.#limits.requireRoom(tenantId, 'asset');
    const { profile, made, ...chosen } = await assetProfileOf(this.#deps, tenantId, draft);
    const { ids, clock } = this.#deps;
    const head = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const after: Asset = { ...head, ...assetPartsOf(draft, draft.customerId), assetProfileId: profile.id, type: profile.name };
    return this.#writer.insert(caller, 'asset', after, { taken, conditions: [...ofCustomer, ...room, ...chosen.conditions], changes: made });
  }

  async #update(caller: Caller, id: string, draft: AssetDraft): Promise<Asset> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ASSET', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'asset', tenantId, id);
    checkVersion('asset', before, draft.version);
    const customerId = caller.authority === 'CUSTOMER_USER' ? before.customerId : draft.customerId;
    const ofCustomer = customerId === before.customerId ? [] : await requireCustomer(this.#deps.entities, tenantId, customerId, 'asset');
    const { profile, made, ...chosen } = await assetProfileOf(this.#deps, tenantId, draft);
    // Users of a customer choose among the profiles of the tenant and make none (rest-api.md §4).
    if (caller.authority === 'CUSTOMER_USER' && made.length > 0) throw directoryErrors.ACCESS_DENIED();
    const { createdAtMs, version } = before;
    const head = { id, tenantId, createdAtMs, version };
    const entity: Asset = { ...head, ...assetPartsOf(draft, customerId), assetProfileId: profile.id, type: profile.name };
    return this.#writer.update(caller, 'asset', { before, entity }, { taken, conditions: [...ofCustomer, ...chosen.conditions], changes: made });
  }
}

/** A profile for an asset, with what is to be written where it is a new one, and what has to hold where it is not. */
interface ChosenProfile {
  readonly profile: Pick<AssetProfile, 'id' | 'name'>;
  readonly made: readonly EntityChange[];
  readonly conditions: readonly WriteCondition[];
}

/**
 * The profile a draft names: by id, else by name, else the default one; `made` adds it where there is none of that name.
 *
 * @throws DIRECTORY_ASSET_PROFILE_UNKNOWN
 */
async function assetProfileOf(
  { entities, ids, clock }: Pick<DirectoryDeps, 'entities' | 'ids' | 'clock'>,
  tenantId: TenantId,
  { assetProfileId, type }: Pick<AssetDraft, 'assetProfileId' | 'type'>,
): Promise<ChosenProfile> {
  if (assetProfileId !== undefined) {
    const [profile] = await entities.findInfos('assetProfile', tenantId, [assetProfileId]);
    if (profile === undefined) throw assetErrors.ASSET_PROFILE_UNKNOWN();
    return storedOne(profile, tenantId);
  }
  const name = type?.trim() ?? '';
  const [profile] = await entities.findAllInfos('assetProfile', tenantId, name === '' ? { isDefault: true } : { name }, 1);
  if (profile !== undefined) return storedOne(profile, tenantId);
  // Tenants of earlier versions have no default profile of assets yet.
  const made = newAssetProfile({ ids, tenantId, nowMs: clock.nowMs(), name: name === '' ? 'default' : name, isDefault: name === '' });
  return { profile: made, made: [{ change: 'insert', kind: 'assetProfile', entity: made }], conditions: [] };
}

function storedOne(profile: ChosenProfile['profile'], tenantId: TenantId): ChosenProfile {
  return { profile, made: [], conditions: refersTo('assetProfile', tenantId, profile.id, assetErrors.ASSET_PROFILE_UNKNOWN) };
}

/** The stored parts of a draft that are neither its head nor its profile. */
function assetPartsOf(
  { name, label, additionalInfo }: AssetDraft,
  customerId: string | undefined,
): Pick<Asset, 'name' | 'label' | 'additionalInfo' | 'customerId'> {
  return {
    name,
    ...(customerId === undefined ? {} : { customerId }),
    ...(label === undefined ? {} : { label }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
}
