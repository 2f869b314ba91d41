import type { Dashboard, Page, PageQuery, TenantId } from '@fieldline/model';
import type { EntityFilter, EntityStore } from '@fieldline/ports';
import { pageOf } from '@fieldline/model';
import { DASHBOARDS_READ_AT_ONCE } from './limits.js';

// A dashboard may have megabytes, and a list thousands of dashboards. So lists are read some at a time, and only what they
// show is kept: everything but the configuration.

/** A page of dashboards without their configurations. */
export async function pageInSlices(
  entities: Pick<EntityStore, 'page'>,
  tenantId: TenantId,
  query: PageQuery,
  filter: EntityFilter,
): Promise<Page<Dashboard>> {
  const { pageSize } = query;
  const sliceSize = Math.min(pageSize, DASHBOARDS_READ_AT_ONCE);
  const first = query.page * pageSize;
  const shown: Dashboard[] = [];
  for (let page = Math.floor(first / sliceSize); ; page += 1) {
    const slice = await entities.page('dashboard', tenantId, { ...query, page, pageSize: sliceSize }, filter);
    const from = Math.max(first - page * sliceSize, 0);
    shown.push(...slice.data.slice(from, from + pageSize - shown.length).map(withoutConfiguration));
    if (!slice.hasNext || shown.length === pageSize) return pageOf(shown, query, slice.totalElements);
  }
}

/** Those of the ids that exist, in the order of the ids, without their configurations. */
export async function manyInSlices(
  entities: Pick<EntityStore, 'findMany'>,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<readonly Dashboard[]> {
  const found: Dashboard[] = [];
  for (let first = 0; first < ids.length; first += DASHBOARDS_READ_AT_ONCE) {
    const slice = await entities.findMany('dashboard', tenantId, ids.slice(first, first + DASHBOARDS_READ_AT_ONCE));
    found.push(...slice.map(withoutConfiguration));
  }
  return found;
}

function withoutConfiguration({ configuration: _, ...info }: Dashboard): Dashboard {
  return info;
}
