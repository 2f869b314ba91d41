import type { EntityId, User } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { UNASSIGNED_DASHBOARDS_PER_WRITE, UNASSIGNED_PER_WRITE } from './limits.js';
import { relationRemovals } from './removal.js';

/**
 * Takes everything away from a customer that is about to be removed: what was assigned to it goes back to the tenant, its
 * users are removed. In slices: after a crash the removal is asked for again and goes on.
 */
export async function clearCustomer(deps: DirectoryDeps, caller: Caller, customerId: string): Promise<void> {
  const writer = new EntityWriter(deps);
  for (const kind of ['device', 'asset', 'entityView'] as const) {
    await inSlices(UNASSIGNED_PER_WRITE, async () => {
      const entities = await deps.entities.findAll(kind, caller.tenantId, { customerId }, UNASSIGNED_PER_WRITE);
      await writer.write(entities.map(({ customerId: _, ...entity }) => ({ change: 'update', kind, entity }) as EntityChange));
      return entities.length;
    });
  }
  await inSlices(UNASSIGNED_DASHBOARDS_PER_WRITE, async () => {
    const dashboards = await deps.entities.findAll('dashboard', caller.tenantId, { customerIds: customerId }, UNASSIGNED_DASHBOARDS_PER_WRITE);
    const changes = dashboards.map((dashboard): EntityChange => {
      const customerIds = dashboard.customerIds.filter((id) => id !== customerId);
      return { change: 'update', kind: 'dashboard', entity: { ...dashboard, customerIds } };
    });
    await writer.write(changes);
    return dashboards.length;
  });
  await inSlices(UNASSIGNED_PER_WRITE, async () => {
    const users = await deps.entities.findAll('user', caller.tenantId, { customerId }, UNASSIGNED_PER_WRITE);
    await removeUsers(deps, writer, caller, users);
    return users.length;
  });
}

/** Repeats a step until it finds less than a full slice; again where somebody else changed one of the entities meanwhile. */
async function inSlices(size: number, step: () => Promise<number>): Promise<void> {
  while ((await savedOnce(undefined, step)) === size);
}

async function removeUsers({ data }: DirectoryDeps, writer: EntityWriter, caller: Caller, users: readonly User[]): Promise<void> {
  if (users.length === 0) return;
  const { tenantId } = caller;
  const changes = users.flatMap(({ id }): EntityChange[] => [
    ...(['userCredentials', 'userSettings', 'apiKey'] as const).map((kind): EntityChange => {
      return { change: 'remove-where', kind, tenantId, filter: { userId: id } };
    }),
    ...relationRemovals(tenantId, id),
    { change: 'remove', kind: 'user', tenantId, id },
  ]);
  await writer.write(changes, { actions: users.map((before) => entityAction(caller, 'DELETED', 'user', { before })) });
  const context = { tenantId, user: actingUserOf(caller) };
  for (const { id, email } of users) await data.unassignAlarmsOf(context, { id, name: email });
  await data.removeEntities(
    tenantId,
    users.map(({ id }): EntityId => ({ entityType: 'USER', id })),
  );
}
