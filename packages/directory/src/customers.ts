import type { Customer, Page, PageQuery } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import type { ContactDraft } from './contact.js';
import { contactOf } from './contact.js';
import { clearCustomer } from './customer-removal.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import type { NameConflict } from './name-conflict.js';
import { underFreeName } from './name-conflict.js';
import { PUBLIC_CUSTOMER_NAME } from './public-customer.js';
import { idOfNamed, storedEntity } from './stored-entity.js';
import { tenantErrors } from './tenant-errors.js';
import { TenantLimits } from './tenant-limits.js';
import { noneMatches } from './write-conditions.js';

/** What a client says about a customer it saves. Absent parts are removed, as the compatible API demands. */
export interface CustomerDraft extends ContactDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly additionalInfo?: Customer['additionalInfo'];
  readonly version?: number | undefined;
}

/** Kinds of what a customer has, besides the dashboards that it sees with others. */
const ownedKinds = ['device', 'asset', 'entityView', 'user'] as const;

const taken = { 'customer.name': tenantErrors.CUSTOMER_TITLE_TAKEN };

/** Customers of a tenant: devices, assets, views and dashboards are assigned to them, and their users see only those. */
export class Customers {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;
  readonly #limits: TenantLimits;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#limits = new TenantLimits(deps.entities);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<Customer> {
    await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id }, 'read');
    return storedEntity(this.#deps.entities, 'customer', caller.tenantId, id);
  }

  /** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
  async byName(caller: Caller, name: string): Promise<Customer> {
    return this.get(caller, await idOfNamed(this.#deps.entities, 'customer', caller.tenantId, name));
  }

  /** Those of the ids that the caller may read, in the order of the ids. */
  async byIds(caller: Caller, ids: readonly string[]): Promise<readonly Customer[]> {
    const customers = await this.#deps.entities.findMany('customer', caller.tenantId, ids);
    return customers.filter(({ id }) => caller.customerId === undefined || caller.customerId === id);
  }

  page(caller: Caller, query: PageQuery): Promise<Page<Customer>> {
    return this.#deps.entities.page('customer', caller.tenantId, query);
  }

  /**
   * Creates the customer, or replaces what is stored of it.
   *
   * @throws DIRECTORY_CUSTOMER_TITLE_*, DIRECTORY_ENTITIES_LIMIT, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: CustomerDraft, conflict?: NameConflict): Promise<Customer> {
    const wanted = draft.name.trim();
    if (wanted === '') throw tenantErrors.CUSTOMER_TITLE_MISSING();
    const { id } = draft;
    return underFreeName(this.#deps, { kind: 'customer', tenantId: caller.tenantId, name: wanted, ownId: id }, conflict, (name) =>
      id === undefined ? this.#create(caller, { ...draft, name }) : savedOnce(draft.version, () => this.#update(caller, id, { ...draft, name })),
    );
  }

  /** Removes the customer and its users; what was assigned to it goes back to the tenant. */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id }, 'delete');
    // What somebody gave it in the meantime is taken away as well before it goes.
    const again = () => storageErrors.VERSION_CONFLICT({ kind: 'customer', id });
    const conditions = ownedKinds.map((kind) => noneMatches({ kind, tenantId, filter: { customerId: id } }, again));
    conditions.push(noneMatches({ kind: 'dashboard', tenantId, filter: { customerIds: id } }, again));
    await savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, 'customer', tenantId, id);
      await clearCustomer(this.#deps, caller, id);
      await this.#writer.remove(caller, 'customer', before, { conditions });
    });
  }

  async #create(caller: Caller, draft: CustomerDraft): Promise<Customer> {
    if (caller.authority !== 'TENANT_ADMIN') throw directoryErrors.ACCESS_DENIED();
    if (draft.name === PUBLIC_CUSTOMER_NAME) throw tenantErrors.CUSTOMER_TITLE_RESERVED();
    const conditions = await this.#limits.requireRoom(caller.tenantId, 'customer');
    const { ids, clock } = this.#deps;
    const head = { id: ids.next(), tenantId: caller.tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const after: Customer = { ...head, isPublic: false, ...partsOf(draft) };
    return this.#writer.insert(caller, 'customer', after, { taken, conditions });
  }

  async #update(caller: Caller, id: string, draft: CustomerDraft): Promise<Customer> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'customer', tenantId, id);
    checkVersion('customer', before, draft.version);
    const { createdAtMs, version, isPublic } = before;
    if (draft.name === PUBLIC_CUSTOMER_NAME && !isPublic) throw tenantErrors.CUSTOMER_TITLE_RESERVED();
    const entity: Customer = { id, tenantId, createdAtMs, version, isPublic, ...partsOf(draft) };
    return this.#writer.update(caller, 'customer', { before, entity }, { taken });
  }
}

function partsOf({ name, additionalInfo, ...contact }: CustomerDraft): Omit<Customer, 'id' | 'tenantId' | 'createdAtMs' | 'version' | 'isPublic'> {
  return { name, ...contactOf(contact), ...(additionalInfo === undefined ? {} : { additionalInfo }) };
}
