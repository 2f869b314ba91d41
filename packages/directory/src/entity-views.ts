import type { AttributeScope, EntityId, EntityView, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityFilter } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { assetErrors } from './asset-errors.js';
import { requireCustomer } from './customers-of.js';
import type { DirectoryDeps } from './directory-deps.js';
import { labelOf } from './entity-types.js';
import { checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { VIEWS_READ_AT_ONCE } from './limits.js';
import type { NameConflict } from './name-conflict.js';
import { underFreeName } from './name-conflict.js';
import { idOfNamed, storedEntity } from './stored-entity.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What a client says about an entity view it saves. */
export interface EntityViewDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly target?: EntityId | undefined;
  readonly keys: EntityView['keys'];
  /** 0 is open. */
  readonly startMs: number;
  readonly endMs: number;
  readonly customerId?: string | undefined;
  readonly additionalInfo?: EntityView['additionalInfo'];
  readonly version?: number | undefined;
}

const taken = { 'entityView.name': assetErrors.VIEW_NAME_TAKEN };

/** Entity views: windows on a device or asset. Every method checks the tenant and customer of the caller. */
export class EntityViews {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<EntityView> {
    await this.#deps.access.require(caller, { entityType: 'ENTITY_VIEW', id }, 'read');
    return storedEntity(this.#deps.entities, 'entityView', caller.tenantId, id);
  }

  /** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
  async byName(caller: Caller, name: string): Promise<EntityView> {
    return this.get(caller, await idOfNamed(this.#deps.entities, 'entityView', caller.tenantId, name));
  }

  /** Those of the ids that the caller may read, in the order of the ids. */
  async byIds(caller: Caller, ids: readonly string[]): Promise<readonly EntityView[]> {
    const views = await this.#deps.entities.findMany('entityView', caller.tenantId, ids);
    return views.filter(({ customerId }) => caller.customerId === undefined || caller.customerId === customerId);
  }

  /** A page of the tenant's views; of the customer's own for a customer user. */
  page(
    caller: Caller,
    query: PageQuery,
    filter: { readonly type?: string | undefined; readonly customerId?: string | undefined },
  ): Promise<Page<EntityView>> {
    const { type } = filter;
    const wanted = Object.entries({ type, customerId: caller.customerId ?? filter.customerId }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    return this.#deps.entities.page('entityView', caller.tenantId, query, Object.fromEntries(wanted) as EntityFilter);
  }

  /** The types that views of the tenant have, by name. */
  async types(caller: Caller): Promise<readonly string[]> {
    const types = new Set<string>();
    for (let page = 0, hasNext = true; hasNext; page += 1) {
      const views = await this.#deps.entities.page('entityView', caller.tenantId, { page, pageSize: VIEWS_READ_AT_ONCE });
      for (const { type } of views.data) types.add(type);
      hasNext = views.hasNext;
    }
    return [...types].sort();
  }

  /**
   * Creates the view, or replaces what is stored of it, and copies the attributes it lists from what is viewed.
   *
   * @throws DIRECTORY_VIEW_*, DIRECTORY_CUSTOMER_UNKNOWN, DIRECTORY_CUSTOMER_FOREIGN, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: EntityViewDraft, conflict?: NameConflict): Promise<EntityView> {
    const wanted = draft.name.trim();
    if (wanted === '') throw assetErrors.VIEW_NAME_MISSING();
    if (draft.type.trim() === '') throw assetErrors.VIEW_TYPE_MISSING();
    const { target, id } = draft;
    if (target === undefined || !['DEVICE', 'ASSET'].includes(target.entityType)) throw assetErrors.VIEW_TARGET_MISSING();
    return underFreeName(this.#deps, { kind: 'entityView', tenantId: caller.tenantId, name: wanted, ownId: id }, conflict, (name) => {
      const parts = { ...draft, name, target };
      return id === undefined ? this.#create(caller, parts) : savedOnce(draft.version, () => this.#update(caller, id, parts));
    });
  }

  /** Removes the view with its relations, and after it its attributes. */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ENTITY_VIEW', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'entityView', tenantId, id);
    await this.#writer.remove(caller, 'entityView', before);
  }

  async #create(caller: Caller, draft: Targeted): Promise<EntityView> {
    if (caller.authority !== 'TENANT_ADMIN') throw directoryErrors.ACCESS_DENIED();
    const { tenantId } = caller;
    await this.#deps.access.require(caller, draft.target, 'read');
    const ofCustomer = await requireCustomer(this.#deps.entities, tenantId, draft.customerId, 'entity view');
    const { ids, clock } = this.#deps;
    const head = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const after: EntityView = { ...head, ...partsOf(draft, draft.customerId) };
    await this.#writer.insert(caller, 'entityView', after, { taken, conditions: [...ofCustomer, ...ofTarget(after)] });
    await this.#copyAttributes(after);
    return after;
  }

  async #update(caller: Caller, id: string, draft: Targeted): Promise<EntityView> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'ENTITY_VIEW', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'entityView', tenantId, id);
    checkVersion('entityView', before, draft.version);
    const customerId = caller.authority === 'CUSTOMER_USER' ? before.customerId : draft.customerId;
    const ofCustomer = customerId === before.customerId ? [] : await requireCustomer(this.#deps.entities, tenantId, customerId, 'entity view');
    const { createdAtMs, version } = before;
    const entity: EntityView = { id, tenantId, createdAtMs, version, ...partsOf(draft, customerId) };
    // Who may write the view may not look through it at more of what it shows than they may read themselves.
    if (shown(entity) !== shown(before)) await this.#deps.access.require(caller, draft.target, 'read');
    const after = await this.#writer.update(caller, 'entityView', { before, entity }, { taken, conditions: [...ofCustomer, ...ofTarget(entity)] });
    await this.#forgetAttributes(caller, before, after);
    await this.#copyAttributes(after);
    return after;
  }

  async #copyAttributes(view: EntityView): Promise<void> {
    const { startMs, endMs } = view;
    const from = { entityType: view.targetType, id: view.targetId };
    await this.#deps.data.copyAttributes(view.tenantId as TenantId, { from, to: entityOf(view), keys: attributeKeysOf(view), startMs, endMs });
  }

  /** Removes the copies of attributes that the view no longer lists. */
  async #forgetAttributes(caller: Caller, before: EntityView, after: EntityView): Promise<void> {
    const context = { tenantId: caller.tenantId, user: actingUserOf(caller) };
    const kept = before.targetId === after.targetId ? attributeKeysOf(after) : undefined;
    for (const [scope, listed] of Object.entries(attributeKeysOf(before)) as [AttributeScope, readonly string[]][]) {
      const keys = listed.filter((key) => kept?.[scope].includes(key) !== true);
      const { name: entityName, customerId } = after;
      if (keys.length > 0) await this.#deps.data.removeAttributes(context, { entity: entityOf(after), entityName, customerId, scope, keys });
    }
  }
}

type Targeted = EntityViewDraft & { readonly target: EntityId };

function partsOf(draft: Targeted, customerId: string | undefined): Omit<EntityView, 'id' | 'tenantId' | 'createdAtMs' | 'version'> {
  const { name, type, target, keys, startMs, endMs, additionalInfo } = draft;
  return {
    name,
    type: type.trim(),
    targetType: target.entityType,
    targetId: target.id,
    keys,
    startMs,
    endMs,
    ...(customerId === undefined ? {} : { customerId }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
}

/** What is viewed has to be there. */
function ofTarget({ tenantId, targetType, targetId: id }: EntityView): readonly WriteCondition[] {
  const gone = () => directoryErrors.ENTITY_NOT_FOUND({ label: labelOf(targetType), id });
  return refersTo(targetType === 'DEVICE' ? 'device' : 'asset', tenantId as TenantId, id, gone);
}

const entityOf = ({ id }: EntityView): EntityId => ({ entityType: 'ENTITY_VIEW', id });

/** What the view shows of what, to compare. */
function shown({ targetType, targetId, keys, startMs, endMs }: EntityView): string {
  const { timeseries, attributes } = keys;
  return JSON.stringify([targetType, targetId, timeseries, attributes.cs, attributes.ss, attributes.sh, startMs, endMs]);
}

function attributeKeysOf({ keys: { attributes } }: EntityView): Record<AttributeScope, readonly string[]> {
  return { CLIENT_SCOPE: attributes.cs, SERVER_SCOPE: attributes.ss, SHARED_SCOPE: attributes.sh };
}
