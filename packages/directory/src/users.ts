import { randomAlphanumerics } from '@fieldline/kernel';
import type { Authority, Page, PageQuery, TenantId, User, UserCredentials } from '@fieldline/model';
import { pageOf, systemTenantId, userSchema } from '@fieldline/model';
import type { Caller, EntityChange, EntityFilter } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { assignErrors } from './assign-errors.js';
import { requireCustomer } from './customers-of.js';
import type { DirectoryDeps } from './directory-deps.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { ACTIVATION_TTL_MS, ASSIGNABLE_USERS_MAX, LINK_TOKEN_LENGTH } from './limits.js';
import { storedEntity } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';
import { userErrors } from './user-errors.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What a client says about a user it saves. Absent parts are removed, as the compatible API demands. */
export interface UserDraft {
  readonly id?: string | undefined;
  /** Counts for users that the system administrator creates; others get the tenant of the caller. */
  readonly tenantId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly email: string;
  readonly authority?: Authority | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly phone?: string | undefined;
  readonly additionalInfo?: User['additionalInfo'];
  readonly version?: number | undefined;
}

/** Users of tenants and customers. Every method checks what the caller may do with them. */
export class Users {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;
  readonly #limits: TenantLimits;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#limits = new TenantLimits(deps.entities);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string, operation: 'read' | 'write' = 'read'): Promise<User> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'USER', id }, operation);
    return storedEntity(this.#deps.entities, 'user', tenantId, id);
  }

  /** Those of the ids that the caller may read, in the order of the ids. */
  async byIds(caller: Caller, ids: readonly string[]): Promise<readonly User[]> {
    const users = await this.#deps.entities.findMany('user', caller.tenantId, ids);
    return users.filter(({ customerId }) => caller.customerId === undefined || caller.customerId === customerId);
  }

  /** A page of the tenant's users; of the customer's own for a customer user. */
  page(caller: Caller, query: PageQuery): Promise<Page<User>> {
    const { customerId } = caller;
    return this.#deps.entities.page('user', caller.tenantId, query, customerId === undefined ? {} : { customerId });
  }

  /** A page of the administrators of a tenant. */
  async administrators(caller: Caller, tenantId: string, query: PageQuery): Promise<Page<User>> {
    const found = await this.#deps.access.require(caller, { entityType: 'TENANT', id: tenantId }, 'read');
    return this.#deps.entities.page('user', found.tenantId, query, { authority: 'TENANT_ADMIN' });
  }

  /** A page of the users of a customer. */
  async ofCustomer(caller: Caller, customerId: string, query: PageQuery): Promise<Page<User>> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id: customerId }, 'read');
    return this.#deps.entities.page('user', tenantId, query, { customerId });
  }

  /**
   * A page of those to whom an alarm may be assigned: the administrators of the tenant and the users of the alarm's
   * customer; for a customer user the latter only.
   */
  async assignable(caller: Caller, alarm: { readonly customerId?: string | undefined }, query: PageQuery): Promise<Page<User>> {
    const { tenantId } = caller;
    const customerId = caller.customerId ?? alarm.customerId;
    if (caller.customerId !== undefined) return this.#deps.entities.page('user', tenantId, query, { customerId: caller.customerId });
    if (customerId === undefined) return this.#deps.entities.page('user', tenantId, query, { authority: 'TENANT_ADMIN' });
    const both: readonly EntityFilter[] = [{ authority: 'TENANT_ADMIN' }, { customerId }];
    const found = await Promise.all(both.map((filter) => this.#deps.entities.findAll('user', tenantId, filter, ASSIGNABLE_USERS_MAX)));
    return pageOfUsers(found.flat(), query);
  }

  /**
   * Creates a user, who may sign in after setting a first password by the activation link; or replaces what is stored.
   *
   * @throws DIRECTORY_USER_*, DIRECTORY_ENTITIES_LIMIT, DIRECTORY_ACCESS_DENIED, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: UserDraft): Promise<User> {
    const email = draft.email.trim();
    if (email === '') throw userErrors.USER_EMAIL_MISSING();
    if (!userSchema.shape.email.safeParse(email).success) throw userErrors.USER_EMAIL_INVALID({ email });
    const { id } = draft;
    const named = { ...draft, email };
    return id === undefined ? this.#create(caller, named) : savedOnce(draft.version, () => this.#update(caller, id, named));
  }

  /**
   * Removes the user with everything that lets it in; its alarms are assigned to nobody.
   *
   * @throws DIRECTORY_USER_LAST_ADMIN, DIRECTORY_USER_IS_SELF
   */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'USER', id }, 'delete');
    await savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, 'user', tenantId, id);
      if (before.authority === 'SYS_ADMIN' && id === caller.userId) throw userErrors.USER_IS_SELF();
      await this.discard(caller, before, before.authority === 'CUSTOMER_USER' ? [] : await this.#heldBesides(before));
    });
  }

  /**
   * Removes a user whoever remains, such as one that was only just made.
   *
   * @param changes go with it, in the same write
   */
  async discard(caller: Caller, user: User, changes: readonly EntityChange[] = []): Promise<void> {
    const { id, email } = user;
    const tenantId = user.tenantId as TenantId;
    await this.#deps.data.unassignAlarmsOf({ tenantId, user: actingUserOf(caller) }, { id, name: email });
    const owned = (['userCredentials', 'userSettings', 'apiKey'] as const).map((kind): EntityChange => {
      return { change: 'remove-where', kind, tenantId, filter: { userId: id } };
    });
    await this.#writer.remove(caller, 'user', user, { changes: [...changes, ...owned] });
  }

  /**
   * A change that changes nothing but fails where another administrator is removed meanwhile: of two who remove each other
   * at the same moment one must remain.
   */
  async #heldBesides({ id, authority, tenantId: owner }: User): Promise<readonly EntityChange[]> {
    const { entities } = this.#deps;
    const tenantId = owner as TenantId;
    const other = (await entities.findAll('user', tenantId, { authority }, 2)).find((one) => one.id !== id);
    if (other === undefined) throw userErrors.USER_LAST_ADMIN();
    const credentials = await entities.findAll('userCredentials', tenantId, { userId: other.id }, 1);
    return credentials.map((entity) => ({ change: 'update', kind: 'userCredentials', entity }));
  }

  async #create(caller: Caller, draft: UserDraft): Promise<User> {
    const { ids, clock, random } = this.#deps;
    const place = await this.#placeOf(caller, draft);
    const room = place.authority === 'SYS_ADMIN' ? [] : await this.#limits.requireRoom(place.tenantId, 'user');
    const nowMs = clock.nowMs();
    const made = { tenantId: place.tenantId, createdAtMs: nowMs, version: 1 };
    const after: User = { id: ids.next(), ...made, ...place, ...partsOf(draft) };
    const credentials: UserCredentials = {
      id: ids.next(),
      ...made,
      userId: after.id,
      isEnabled: false,
      passwordChangedAtMs: 0,
      failedAttempts: 0,
      activateToken: randomAlphanumerics(LINK_TOKEN_LENGTH, random),
      activateTokenUntilMs: nowMs + ACTIVATION_TTL_MS,
    };
    const changes: EntityChange[] = [
      { change: 'insert', kind: 'user', entity: after },
      { change: 'insert', kind: 'userCredentials', entity: credentials },
    ];
    await this.#writer.write(changes, {
      taken: takenEmail(draft.email),
      conditions: [...room, ...placeHolds(after)],
      actions: [entityAction(caller, 'ADDED', 'user', { after })],
    });
    return after;
  }

  async #update(caller: Caller, id: string, draft: UserDraft): Promise<User> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'USER', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'user', tenantId, id);
    checkVersion('user', before, draft.version);
    if (draft.authority === undefined) throw userErrors.USER_AUTHORITY_MISSING();
    if (draft.authority !== before.authority) throw userErrors.USER_AUTHORITY_CHANGED();
    if (draft.tenantId !== undefined && draft.tenantId !== tenantId) throw userErrors.USER_TENANT_CHANGED();
    if (draft.customerId !== before.customerId) throw userErrors.USER_CUSTOMER_CHANGED();
    const { createdAtMs, version, authority, customerId } = before;
    const entity: User = { id, tenantId, createdAtMs, version, authority, ...(customerId === undefined ? {} : { customerId }), ...partsOf(draft) };
    return this.#writer.update(caller, 'user', { before, entity }, { taken: takenEmail(draft.email) });
  }

  /** Where a new user belongs: by its authority, as far as the caller may decide it. */
  async #placeOf(caller: Caller, draft: UserDraft): Promise<{ tenantId: TenantId; authority: Authority; customerId?: string }> {
    const { authority, customerId } = draft;
    if (authority === undefined) throw userErrors.USER_AUTHORITY_MISSING();
    const isSystem = caller.authority === 'SYS_ADMIN';
    const mayCreate = isSystem ? authority !== 'CUSTOMER_USER' : caller.authority === 'TENANT_ADMIN' && authority !== 'SYS_ADMIN';
    if (!mayCreate) throw directoryErrors.ACCESS_DENIED();
    if (authority === 'SYS_ADMIN') {
      if (customerId !== undefined || (draft.tenantId ?? systemTenantId) !== systemTenantId) throw userErrors.USER_SYSTEM_ASSIGNED();
      return { tenantId: systemTenantId, authority };
    }
    const tenantId = isSystem ? await this.#tenantOf(draft) : caller.tenantId;
    if (authority === 'TENANT_ADMIN') {
      if (customerId !== undefined) throw userErrors.USER_ADMIN_OF_CUSTOMER();
      return { tenantId, authority };
    }
    if (customerId === undefined) throw userErrors.USER_CUSTOMER_MISSING();
    await requireCustomer(this.#deps.entities, tenantId, customerId, 'user');
    return { tenantId, authority, customerId };
  }

  async #tenantOf({ tenantId }: UserDraft): Promise<TenantId> {
    const owner = tenantId as TenantId | undefined;
    const tenant = owner === undefined ? undefined : await this.#deps.entities.find('tenant', owner, owner);
    if (owner === undefined || tenant === undefined) throw userErrors.USER_TENANT_MISSING();
    return owner;
  }
}

/** A user is added to a customer, or to a tenant, that is there. */
function placeHolds({ tenantId: owner, customerId, authority }: User): readonly WriteCondition[] {
  const tenantId = owner as TenantId;
  const ofCustomer = refersTo('customer', tenantId, customerId, () => assignErrors.CUSTOMER_UNKNOWN({ what: 'user' }));
  return authority === 'TENANT_ADMIN' ? refersTo('tenant', tenantId, tenantId, userErrors.USER_TENANT_MISSING) : ofCustomer;
}

function takenEmail(email: string) {
  return { 'user.email': () => userErrors.USER_EMAIL_TAKEN({ email }) };
}

function partsOf({
  email,
  firstName,
  lastName,
  phone,
  additionalInfo,
}: UserDraft): Omit<User, 'id' | 'tenantId' | 'createdAtMs' | 'version' | 'authority' | 'customerId'> {
  return {
    email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(phone === undefined ? {} : { phone }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
}

/** A page of users that no single filter of the store finds. */
function pageOfUsers(users: readonly User[], query: PageQuery): Page<User> {
  const wanted = query.textSearch?.toLowerCase() ?? '';
  const fitting = users.filter(({ email, firstName = '', lastName = '' }) =>
    [email, firstName, lastName].some((text) => text.toLowerCase().includes(wanted)),
  );
  const keyOf = (user: User): string | number =>
    query.sortBy === undefined ? '' : ((user as Readonly<Record<string, string | number | undefined>>)[query.sortBy] ?? '');
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
  const direction = query.sortOrder === 'DESC' ? -1 : 1;
  const sorted = fitting.sort((a, b) => direction * compare(keyOf(a), keyOf(b)) || compare(a.id, b.id));
  return pageOf(sorted.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize), query, sorted.length);
}
