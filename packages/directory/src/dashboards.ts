import type { Customer, Dashboard, EntityInfo, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import { customersOf } from './customers-of.js';
import { dashboardErrors } from './dashboard-errors.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { storedEntity, storedInfo } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';
import type { WriteCondition } from './write-conditions.js';
import { noneMatches, refersTo } from './write-conditions.js';

/** What a client says about a dashboard it saves. Absent parts are removed, as the compatible API demands. */
export interface DashboardDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly image?: string | undefined;
  readonly isHiddenOnMobile: boolean;
  readonly mobileOrder?: number | undefined;
  /** Those that do not exist are left out. */
  readonly customerIds: readonly string[];
  readonly configuration?: Dashboard['configuration'];
  readonly version?: number | undefined;
}

/** A dashboard as lists give it: without its configuration, which may have megabytes. */
export type DashboardInfo = EntityInfo<'dashboard', 'image'>;

/** Which dashboards a list shows. */
export interface DashboardFilter {
  readonly customerId?: string | undefined;
  /** True: only those that phones show. */
  readonly isMobile?: boolean | undefined;
}

/** Dashboards: documents of the client, which customers may see where they are assigned to them. */
export class Dashboards {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;
  readonly #limits: TenantLimits;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#limits = new TenantLimits(deps.entities);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<Dashboard> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DASHBOARD', id }, 'read');
    return storedEntity(this.#deps.entities, 'dashboard', tenantId, id);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async info(caller: Caller, id: string): Promise<DashboardInfo> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DASHBOARD', id }, 'read');
    return storedInfo(this.#deps.entities, 'dashboard', tenantId, id, ['image']);
  }

  /** Those of the ids that the caller may read, in the order of the ids. */
  async byIds(caller: Caller, ids: readonly string[]): Promise<readonly DashboardInfo[]> {
    const dashboards = await this.#deps.entities.findInfos('dashboard', caller.tenantId, ids, ['image']);
    const { customerId } = caller;
    return dashboards.filter(({ customerIds }) => customerId === undefined || customerIds.includes(customerId));
  }

  /** A page of the tenant's dashboards. */
  page(caller: Caller, query: PageQuery, filter: Omit<DashboardFilter, 'customerId'> = {}): Promise<Page<DashboardInfo>> {
    return this.#page(caller.tenantId, query, filter);
  }

  /** A page of the dashboards a customer sees. */
  async ofCustomer(caller: Caller, customerId: string, query: PageQuery, filter: DashboardFilter = {}): Promise<Page<DashboardInfo>> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id: customerId }, 'read');
    return this.#page(tenantId, query, { ...filter, customerId });
  }

  /** A page of the dashboards of any tenant, for the system administrator. */
  async ofTenant(caller: Caller, id: string, query: PageQuery): Promise<Page<DashboardInfo>> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'TENANT', id }, 'read');
    return this.#page(tenantId, query, {});
  }

  /** The customers dashboards are assigned to, by id; for a customer user only its own: it learns of no other. */
  async customersOf(caller: Caller, dashboards: readonly DashboardInfo[]): Promise<ReadonlyMap<string, Customer>> {
    const [first] = dashboards;
    if (first === undefined) return new Map();
    const ids = dashboards.flatMap(({ customerIds }) => customerIds);
    const shown = caller.customerId === undefined ? ids : ids.filter((id) => id === caller.customerId);
    return customersOf(
      this.#deps.entities,
      first.tenantId as TenantId,
      shown.map((customerId) => ({ customerId })),
    );
  }

  /**
   * Creates the dashboard, or replaces what is stored of it.
   *
   * @throws DIRECTORY_DASHBOARD_TITLE_MISSING, DIRECTORY_ENTITIES_LIMIT, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: DashboardDraft): Promise<Dashboard> {
    if (draft.name.trim() === '') throw dashboardErrors.DASHBOARD_TITLE_MISSING();
    const { id } = draft;
    return id === undefined
      ? savedOnce(undefined, () => this.#create(caller, draft))
      : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /** @throws DIRECTORY_DASHBOARD_OF_DEVICE_PROFILE, DIRECTORY_DASHBOARD_OF_ASSET_PROFILE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { entities, access } = this.#deps;
    const { tenantId } = await access.require(caller, { entityType: 'DASHBOARD', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'dashboard', tenantId, id);
    const isShownBy = async (kind: 'deviceProfile' | 'assetProfile'): Promise<boolean> =>
      (await entities.findAllInfos(kind, tenantId, { defaultDashboardId: id }, 1)).length > 0;
    if (await isShownBy('deviceProfile')) throw dashboardErrors.DASHBOARD_OF_DEVICE_PROFILE();
    if (await isShownBy('assetProfile')) throw dashboardErrors.DASHBOARD_OF_ASSET_PROFILE();
    const conditions = [
      noneMatches({ kind: 'deviceProfile', tenantId, filter: { defaultDashboardId: id } }, dashboardErrors.DASHBOARD_OF_DEVICE_PROFILE),
      noneMatches({ kind: 'assetProfile', tenantId, filter: { defaultDashboardId: id } }, dashboardErrors.DASHBOARD_OF_ASSET_PROFILE),
    ];
    await this.#writer.remove(caller, 'dashboard', before, { conditions });
  }

  #page(tenantId: TenantId, query: PageQuery, { customerId, isMobile }: DashboardFilter): Promise<Page<DashboardInfo>> {
    const filter = {
      ...(customerId === undefined ? {} : { customerIds: customerId }),
      ...(isMobile === true ? { isHiddenOnMobile: false } : {}),
    };
    return this.#deps.entities.infoPage('dashboard', tenantId, query, filter, ['image']);
  }

  async #create(caller: Caller, draft: DashboardDraft): Promise<Dashboard> {
    const { ids, clock } = this.#deps;
    const { tenantId } = caller;
    const room = await this.#limits.requireRoom(tenantId, 'dashboard');
    const entity: Dashboard = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1, ...(await this.#partsOf(tenantId, draft)) };
    return this.#writer.insert(caller, 'dashboard', entity, { conditions: [...room, ...stillThere(entity)] });
  }

  async #update(caller: Caller, id: string, draft: DashboardDraft): Promise<Dashboard> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'DASHBOARD', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'dashboard', tenantId, id);
    checkVersion('dashboard', before, draft.version);
    const { createdAtMs, version } = before;
    const entity: Dashboard = { id, tenantId, createdAtMs, version, ...(await this.#partsOf(tenantId, draft)) };
    return this.#writer.update(caller, 'dashboard', { before, entity }, { conditions: stillThere(entity, before.customerIds) });
  }

  async #partsOf(tenantId: TenantId, draft: DashboardDraft): Promise<Omit<Dashboard, 'id' | 'tenantId' | 'createdAtMs' | 'version'>> {
    const { name, image, isHiddenOnMobile, mobileOrder, configuration } = draft;
    const customers = await this.#deps.entities.findMany('customer', tenantId, [...new Set(draft.customerIds)]);
    return {
      name: name.trim(),
      ...(image === undefined ? {} : { image }),
      isHiddenOnMobile,
      ...(mobileOrder === undefined ? {} : { mobileOrder }),
      customerIds: customers.map(({ id }) => id),
      ...(configuration === undefined ? {} : { configuration }),
    };
  }
}

/** Where a customer is removed meanwhile, the dashboard is saved again, without it. No removal passes by those that it had. */
function stillThere({ id, tenantId, customerIds }: Dashboard, former: readonly string[] = []): readonly WriteCondition[] {
  const again = () => storageErrors.VERSION_CONFLICT({ kind: 'dashboard', id });
  const known = new Set(former);
  return customerIds.filter((one) => !known.has(one)).flatMap((one) => refersTo('customer', tenantId as TenantId, one, again));
}
