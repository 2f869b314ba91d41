import type { Customer, Dashboard, EntityAction } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { Change } from './actions.js';
import { entityAction } from './actions.js';
import { assignErrors } from './assign-errors.js';
import { requireCustomer } from './customers-of.js';
import { dashboardErrors } from './dashboard-errors.js';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, EntityWriter, savedOnce } from './entity-writer.js';
import { DASHBOARD_CUSTOMERS_MAX } from './limits.js';
import { publicCustomer } from './public-customer.js';
import { storedEntity } from './stored-entity.js';
import { refersTo } from './write-conditions.js';

/** Makes the customers of a dashboard from those it has. */
type Reassign = (customerIds: readonly string[]) => readonly string[];

/** Shows dashboards to customers and hides them again; a dashboard may be shown to many. To do it twice is no error. */
export class DashboardAssignments {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED  about the dashboard or the customer */
  async assign(caller: Caller, id: string, customerId: string): Promise<Dashboard> {
    await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id: customerId }, 'read');
    return this.add(caller, id, [customerId]);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED  about the dashboard or the customer */
  async unassign(caller: Caller, id: string, customerId: string): Promise<Dashboard> {
    await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id: customerId }, 'read');
    return this.take(caller, id, [customerId]);
  }

  /** Shows the dashboard to everybody. */
  async assignToPublic(caller: Caller, id: string): Promise<Dashboard> {
    await this.#require(caller, id);
    return this.add(caller, id, [(await publicCustomer(this.#deps, caller)).id]);
  }

  async unassignFromPublic(caller: Caller, id: string): Promise<Dashboard> {
    const publicOnes = await this.#deps.entities.findAll('customer', caller.tenantId, { isPublic: true }, 1);
    return this.take(
      caller,
      id,
      publicOnes.map((customer) => customer.id),
    );
  }

  /** Shows the dashboard to these customers and to no others. @throws DIRECTORY_CUSTOMER_UNKNOWN, DIRECTORY_CUSTOMER_FOREIGN */
  replace(caller: Caller, id: string, customerIds: readonly string[]): Promise<Dashboard> {
    return this.#reassign(caller, id, () => customerIds);
  }

  /** @throws DIRECTORY_CUSTOMER_UNKNOWN, DIRECTORY_CUSTOMER_FOREIGN */
  add(caller: Caller, id: string, customerIds: readonly string[]): Promise<Dashboard> {
    return this.#reassign(caller, id, (former) => [...former, ...customerIds]);
  }

  take(caller: Caller, id: string, customerIds: readonly string[]): Promise<Dashboard> {
    return this.#reassign(caller, id, (former) => former.filter((one) => !customerIds.includes(one)));
  }

  async #reassign(caller: Caller, id: string, reassign: Reassign): Promise<Dashboard> {
    await this.#require(caller, id);
    const { entities } = this.#deps;
    const { tenantId } = caller;
    return savedOnce(undefined, async () => {
      const before = await storedEntity(entities, 'dashboard', tenantId, id);
      const customerIds = [...new Set(reassign(before.customerIds))];
      if (customerIds.length > DASHBOARD_CUSTOMERS_MAX) throw dashboardErrors.DASHBOARD_CUSTOMERS_TOO_MANY({ limit: DASHBOARD_CUSTOMERS_MAX });
      const [former, latter] = [new Set(before.customerIds), new Set(customerIds)];
      const added = customerIds.filter((one) => !former.has(one));
      const changed = [...added, ...before.customerIds.filter((one) => !latter.has(one))];
      if (changed.length === 0) return before;
      const customers = new Map((await entities.findMany('customer', tenantId, changed)).map((customer) => [customer.id, customer]));
      for (const one of added) if (!customers.has(one)) await requireCustomer(entities, tenantId, one, 'dashboard');
      const entity: Dashboard = { ...before, customerIds };
      const after = afterUpdate(entity);
      const actions = [...customers.values()].map((customer) => assignment(caller, { before, after }, customer, latter.has(customer.id)));
      const unknown = () => assignErrors.CUSTOMER_UNKNOWN({ what: 'dashboard' });
      const conditions = added.flatMap((one) => refersTo('customer', tenantId, one, unknown));
      await this.#writer.write([{ change: 'update', kind: 'dashboard', entity }], { conditions, actions });
      return after;
    });
  }

  #require(caller: Caller, id: string): Promise<unknown> {
    return this.#deps.access.require(caller, { entityType: 'DASHBOARD', id }, 'assign');
  }
}

function assignment(caller: Caller, change: Change<'dashboard'>, customer: Customer, isAssigned: boolean): EntityAction {
  const [type, word] = isAssigned ? (['ASSIGNED_TO_CUSTOMER', 'assigned'] as const) : (['UNASSIGNED_FROM_CUSTOMER', 'unassigned'] as const);
  const metadata = { [`${word}CustomerId`]: customer.id, [`${word}CustomerName`]: customer.name };
  return entityAction(caller, type, 'dashboard', change, { metadata });
}
