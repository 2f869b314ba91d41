import type { TenantId } from '@fieldline/model';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { DASHBOARDS_PER_WRITE } from './limits.js';

/** Takes a customer that is about to be removed out of the dashboards it was assigned to. */
export async function unassignFromDashboards(deps: DirectoryDeps, tenantId: TenantId, customerId: string): Promise<void> {
  const writer = new EntityWriter(deps);
  const unassignSome = async (): Promise<number> => {
    const dashboards = await deps.entities.findAll('dashboard', tenantId, { customerIds: customerId }, DASHBOARDS_PER_WRITE);
    await writer.write(
      dashboards.map((dashboard) => {
        const customerIds = dashboard.customerIds.filter((id) => id !== customerId);
        return { change: 'update', kind: 'dashboard', entity: { ...dashboard, customerIds } };
      }),
    );
    return dashboards.length;
  };
  while ((await savedOnce(undefined, unassignSome)) > 0);
}
