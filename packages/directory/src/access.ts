import type { EntityId, EntityInfo, EntityKind, EntityType, RuleChain, TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { AccessibleEntity, Caller, EntityAccess, EntityOperation, EntityStore } from '@fieldline/ports';
import type { AccessFacts } from './access-rules.js';
import { mayDo, mayMeet } from './access-rules.js';
import { kindOf, labelOf, nameOf } from './entity-types.js';
import { directoryErrors } from './errors.js';
import { CHAINS_READ_AT_ONCE } from './limits.js';

type AccessStore = Pick<EntityStore, 'findInfos' | 'page' | 'tenantOf'>;

interface Found extends AccessFacts {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly label?: string | undefined;
  readonly customerId?: string | undefined;
}

/** Types of which the compatible API tells that an entity of another tenant exists: 403 instead of 404. */
const toldApart: readonly EntityType[] = ['ASSET', 'CUSTOMER', 'DASHBOARD', 'ENTITY_VIEW', 'USER', 'OTA_PACKAGE'];

/**
 * Decides whether a caller may do something with an entity (rest-api.md §4, second table). Entities are looked
 * up in the caller's own tenant only; the system administrator meets those of every tenant that its rules name.
 */
export function entityAccess(entities: AccessStore): EntityAccess {
  return {
    async require(caller: Caller, entity: EntityId, operation: EntityOperation): Promise<AccessibleEntity> {
      const { entityType, id } = entity;
      if (caller.authority === 'SYS_ADMIN' && !mayMeet(caller.authority, entityType)) throw directoryErrors.ACCESS_DENIED();
      const found = await find(entities, caller, entity);
      if (found === undefined) {
        if (await isOfAnother(entities, entity)) throw directoryErrors.ACCESS_DENIED();
        throw directoryErrors.ENTITY_NOT_FOUND({ label: labelOf(entityType), id });
      }
      if (!mayDo(caller, entity, found, operation)) throw directoryErrors.ACCESS_DENIED();
      return { entity, tenantId: found.tenantId, name: found.name, label: found.label, customerId: found.customerId };
    },
  };
}

async function find(entities: AccessStore, caller: Caller, { entityType, id }: EntityId): Promise<Found | undefined> {
  if (entityType === 'RULE_NODE') return nodeOf(entities, caller.tenantId, id);
  const kind = kindOf(entityType);
  if (kind === undefined) return undefined;
  // A tenant belongs to itself; of what else the system administrator may meet, the store knows the owner.
  const ownerOf = (): Promise<TenantId | undefined> | TenantId => (kind === 'tenant' ? (id as TenantId) : entities.tenantOf(kind, id));
  const tenantId = caller.authority === 'SYS_ADMIN' ? ((await ownerOf()) ?? systemTenantId) : caller.tenantId;
  const [entity] = await entities.findInfos(kind, tenantId, [id]);
  return entity === undefined ? undefined : factsOf(kind, tenantId, entity);
}

async function isOfAnother(entities: AccessStore, { entityType, id }: EntityId): Promise<boolean> {
  const kind = toldApart.includes(entityType) ? kindOf(entityType) : undefined;
  return kind !== undefined && (await entities.tenantOf(kind, id)) !== undefined;
}

/** What a decision about an entity depends on, and what it is called. */
export function factsOf(kind: EntityKind, tenantId: TenantId, entity: EntityInfo<EntityKind>): Found {
  const customerId = 'customerId' in entity ? entity.customerId : undefined;
  const own = customerId === undefined ? [] : [customerId];
  return {
    tenantId,
    name: nameOf(entity),
    label: 'label' in entity ? entity.label : undefined,
    customerId,
    customerIds: kind === 'customer' ? [entity.id] : 'customerIds' in entity ? entity.customerIds : own,
    authority: 'authority' in entity ? entity.authority : undefined,
  };
}

/** A rule node belongs to its chain, and what may be done with the one may be done with the other. */
async function nodeOf(entities: AccessStore, tenantId: TenantId, id: string): Promise<Found | undefined> {
  for (let page = 0; ; page += 1) {
    const chains = await entities.page('ruleChain', tenantId, { page, pageSize: CHAINS_READ_AT_ONCE });
    const node = chains.data.flatMap((chain: RuleChain) => chain.nodes).find((one) => one.id === id);
    if (node !== undefined) return { tenantId, name: node.name, customerIds: [] };
    if (!chains.hasNext) return undefined;
  }
}
