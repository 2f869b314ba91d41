import { isProblem } from '@fieldline/kernel';
import type { Customer } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';

/** Title of the customer whose entities anybody may see; no other customer may have it. */
export const PUBLIC_CUSTOMER_NAME = 'Public';

/** The public customer of the caller's tenant; made where there is none yet. */
export async function publicCustomer(deps: DirectoryDeps, caller: Caller): Promise<Customer> {
  const { tenantId } = caller;
  const find = async (): Promise<Customer | undefined> => (await deps.entities.findAll('customer', tenantId, { isPublic: true }, 1))[0];
  const found = await find();
  if (found !== undefined) return found;
  const made: Customer = {
    id: deps.ids.next(),
    tenantId,
    createdAtMs: deps.clock.nowMs(),
    version: 1,
    name: PUBLIC_CUSTOMER_NAME,
    isPublic: true,
    additionalInfo: { isPublic: true },
  };
  try {
    const actions = [entityAction(caller, 'ADDED', 'customer', { after: made })];
    await new EntityWriter(deps).write([{ change: 'insert', kind: 'customer', entity: made }], { actions });
    return made;
  } catch (error) {
    // Somebody made it at the same moment.
    const other = isProblem(error) && error.code === 'STORAGE_NAME_TAKEN' ? await find() : undefined;
    if (other === undefined) throw error;
    return other;
  }
}
