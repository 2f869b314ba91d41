import type { Authority, EntityId, EntityType } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { Caller, EntityOperation } from '@fieldline/ports';

/** What a decision depends on besides the caller. */
export interface AccessFacts {
  readonly tenantId: string;
  /** Customers the entity is assigned to; of a customer, the customer itself. */
  readonly customerIds: readonly string[];
  /** Of a user. */
  readonly authority?: Authority | undefined;
}

type Rule = (operation: EntityOperation, entity: EntityId, facts: AccessFacts, caller: Caller) => boolean;

const reads: readonly EntityOperation[] = ['read', 'read-attributes', 'read-telemetry'];
const uses: readonly EntityOperation[] = [...reads, 'write', 'read-credentials', 'write-attributes', 'write-telemetry'];
const ofTenants: readonly EntityOperation[] = [...reads, 'write', 'delete', 'write-attributes', 'write-telemetry'];

const any: Rule = () => true;
const only =
  (...operations: readonly EntityOperation[]): Rule =>
  (operation) =>
    operations.includes(operation);
const ofTheSystem: Rule = (_operation, _entity, { tenantId }) => tenantId === systemTenantId;
const ofOwnCustomer =
  (...operations: readonly EntityOperation[]): Rule =>
  (operation, _entity, { customerIds }, { customerId }) =>
    customerId !== undefined && customerIds.includes(customerId) && operations.includes(operation);
const fellowUser: Rule = (operation, { id }, { authority, customerIds }, caller) =>
  authority === 'CUSTOMER_USER' &&
  caller.customerId !== undefined &&
  customerIds.includes(caller.customerId) &&
  (operation === 'read' || (operation === 'write' && id === caller.userId));

type Rules = Readonly<Partial<Record<EntityType, Rule>>>;

/** The second gate, by authority and entity type (rest-api.md §4). What has no rule falls to `otherwise`. */
const rules: Readonly<Record<Authority, { readonly byType: Rules; readonly otherwise?: Rule }>> = {
  SYS_ADMIN: {
    byType: {
      TENANT: only(...ofTenants),
      TENANT_PROFILE: any,
      USER: (_operation, _entity, { authority }) => authority !== 'CUSTOMER_USER',
      API_KEY: ofTheSystem,
      ADMIN_SETTINGS: ofTheSystem,
      QUEUE: ofTheSystem,
      DASHBOARD: only('read'),
    },
  },
  TENANT_ADMIN: { byType: { TENANT: only(...reads, 'delete') }, otherwise: any },
  CUSTOMER_USER: {
    byType: {
      DEVICE: ofOwnCustomer(...uses),
      ASSET: ofOwnCustomer(...uses),
      ENTITY_VIEW: ofOwnCustomer(...uses),
      DASHBOARD: ofOwnCustomer(...reads),
      CUSTOMER: ofOwnCustomer(...reads),
      USER: fellowUser,
      DEVICE_PROFILE: only('read'),
      ASSET_PROFILE: only('read'),
    },
  },
};

/** Whether an authority has anything to do with entities of a type at all. */
export function mayMeet(authority: Authority, entityType: EntityType): boolean {
  const { byType, otherwise } = rules[authority];
  return (byType[entityType] ?? otherwise) !== undefined;
}

/** Whether the caller may do this with an entity that its tenant (or, for the system administrator, any tenant) has. */
export function mayDo(caller: Caller, entity: EntityId, facts: AccessFacts, operation: EntityOperation): boolean {
  // Whoever knows the id of a public customer is in: such a caller looks and changes nothing.
  if (caller.isPublic === true && !reads.includes(operation)) return false;
  const { byType, otherwise } = rules[caller.authority];
  return (byType[entity.entityType] ?? otherwise)?.(operation, entity, facts, caller) ?? false;
}
