import { type RunningRest, startRest } from './rest.fixture.js';

/** The customer of the customer user, another one of the same tenant, and one of the other tenant. */
export const ownCustomer = '00000000-0000-7000-8000-00000000c0c0';
export const otherCustomer = '00000000-0000-7000-8000-00000000c0c1';
export const foreignCustomer = '00000000-0000-7000-8000-00000000c0c2';

/** An API with these customers: Company A, B and C. */
export async function startWithCustomers(): Promise<RunningRest> {
  const rest = await startRest();
  const { one, two } = rest;
  const customers = [
    { id: ownCustomer, tenantId: one.tenantId, name: 'Company A' },
    { id: otherCustomer, tenantId: one.tenantId, name: 'Company B' },
    { id: foreignCustomer, tenantId: two.tenantId, name: 'Company C' },
  ];
  const head = { createdAtMs: 1, version: 1, isPublic: false };
  await rest.entities.write(customers.map((customer) => ({ change: 'insert', kind: 'customer', entity: { ...head, ...customer } })));
  return rest;
}
