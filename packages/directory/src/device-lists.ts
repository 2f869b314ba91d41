import type { Device, EntityDataQuery, KeyFilter, OtaPackage, Page, PageQuery, QueryKey } from '@fieldline/model';
import { pageOf } from '@fieldline/model';
import type { Caller, EntityFilter } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { DEVICES_SIFTED_AT_ONCE, PACKAGES_COUNTED_MAX } from './limits.js';

/** Which devices a list shows. */
export interface DeviceFilter {
  readonly type?: string | undefined;
  readonly deviceProfileId?: string | undefined;
  readonly customerId?: string | undefined;
  /** Whether it was heard of lately: the server attribute `active`; absent counts as false. */
  readonly active?: boolean | undefined;
}

const active: QueryKey = { type: 'SERVER_ATTRIBUTE', key: 'active' };
const searched = ['name', 'label', 'type'].map((key): QueryKey => ({ type: 'ENTITY_FIELD', key }));
/** Fields lists are sorted by, as entity queries call them. */
const queryFields: Readonly<Record<string, string>> = { createdAtMs: 'createdTime', name: 'name', label: 'label', type: 'type' };

/** Pages of devices; a customer user sees those of its customer only. */
export class DeviceLists {
  readonly #deps: Pick<DirectoryDeps, 'access' | 'entities' | 'queries'>;

  constructor(deps: Pick<DirectoryDeps, 'access' | 'entities' | 'queries'>) {
    this.#deps = deps;
  }

  page(caller: Caller, query: PageQuery, filter: DeviceFilter): Promise<Page<Device>> {
    const wanted: DeviceFilter = caller.customerId === undefined ? filter : { ...filter, customerId: caller.customerId };
    if (wanted.active !== undefined) return this.#pageByActivity(caller, query, wanted, wanted.active);
    const { type, deviceProfileId, customerId } = wanted;
    const stored = Object.entries({ type, deviceProfileId, customerId }).filter(([, value]) => value !== undefined && value !== '');
    return this.#deps.entities.page('device', caller.tenantId, query, Object.fromEntries(stored) as EntityFilter);
  }

  /**
   * How many devices of a profile have no package of their own, and so get that of the profile.
   *
   * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED
   */
  async countWithoutPackage(caller: Caller, type: OtaPackage['type'], deviceProfileId: string): Promise<number> {
    const { access, entities } = this.#deps;
    const { tenantId } = await access.require(caller, { entityType: 'DEVICE_PROFILE', id: deviceProfileId }, 'read');
    // A device may only have packages of its profile.
    const packages = await entities.findAll('otaPackage', tenantId, { deviceProfileId, type }, PACKAGES_COUNTED_MAX);
    const field = type === 'FIRMWARE' ? 'firmwareId' : 'softwareId';
    const own = packages.length === 0 ? 0 : await entities.count('device', tenantId, { deviceProfileId, [field]: packages.map(({ id }) => id) });
    return (await entities.count('device', tenantId, { deviceProfileId })) - own;
  }

  /** Whether each of the devices was heard of lately, read at once. */
  async activeOf(caller: Caller, devices: readonly Device[]): Promise<ReadonlySet<string>> {
    if (devices.length === 0) return new Set();
    const ids = devices.map(({ id }) => id);
    const found = await this.#deps.queries.find({
      ...{ scope: { tenantId: caller.tenantId }, selector: { kind: 'ids', entityType: 'DEVICE', ids } },
      ...{ filters: [isActive], combine: 'AND', columns: [], page: 0, pageSize: ids.length },
    });
    return new Set(found.data.map(({ entity }) => entity.id));
  }

  /**
   * Activity is an attribute, so the devices are found by a query; as an absent one counts as inactive, and no predicate
   * fits what is absent, the inactive ones are sifted from all.
   */
  async #pageByActivity(caller: Caller, query: PageQuery, filter: DeviceFilter, wanted: boolean): Promise<Page<Device>> {
    const types = await this.#typesOf(caller, filter);
    const sifted: EntityDataQuery = {
      ...{ scope: { tenantId: caller.tenantId, customerId: filter.customerId }, selector: { kind: 'type', entityType: 'DEVICE', types, name: '' } },
      ...{ filters: wanted ? [isActive] : [], combine: 'AND', columns: [...searched, active], textSearch: query.textSearch },
      ...{ page: 0, pageSize: DEVICES_SIFTED_AT_ONCE, sort: sortOf(query) },
    };
    const ids: string[] = [];
    for (let page = 0, hasNext = types?.length !== 0; hasNext; page += 1) {
      const found = await this.#deps.queries.find({ ...sifted, page });
      hasNext = found.hasNext;
      for (const { entity, values } of found.data) if ((values.at(-1)?.text === 'true') === wanted) ids.push(entity.id);
    }
    const first = query.page * query.pageSize;
    const shown = await this.#deps.entities.findMany('device', caller.tenantId, ids.slice(first, first + query.pageSize));
    return pageOf(shown, query, ids.length);
  }

  /** The types asked for: a profile is known by its name; none at all where the filters contradict. */
  async #typesOf({ tenantId }: Caller, { type, deviceProfileId }: DeviceFilter): Promise<readonly string[] | undefined> {
    const types = type === undefined || type === '' ? undefined : [type];
    if (deviceProfileId === undefined) return types;
    const [profile] = await this.#deps.entities.findInfos('deviceProfile', tenantId, [deviceProfileId]);
    return profile === undefined || (types !== undefined && type !== profile.name) ? [] : [profile.name];
  }
}

const isActive: KeyFilter = { key: active, predicate: { type: 'BOOLEAN', operation: 'EQUAL', value: true } };

function sortOf({ sortBy, sortOrder }: PageQuery): EntityDataQuery['sort'] {
  const key = queryFields[sortBy ?? ''];
  return key === undefined ? undefined : { key: { type: 'ENTITY_FIELD', key }, order: sortOrder ?? 'ASC' };
}
