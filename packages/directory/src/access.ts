import type { EntityId, EntityType, TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { AccessibleEntity, Caller, EntityAccess, EntityOperation, EntityStore } from '@fieldline/ports';
import { directoryErrors } from './errors.js';

const reads: readonly EntityOperation[] = ['read', 'read-attributes', 'read-telemetry'];
const deviceOperationsOfCustomers: readonly EntityOperation[] = [...reads, 'write', 'read-credentials', 'write-attributes', 'write-telemetry'];
const tenantOperationsOfSystem: readonly EntityOperation[] = [...reads, 'write', 'delete', 'write-attributes', 'write-telemetry'];

interface Found {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly label?: string | undefined;
  readonly customerId?: string | undefined;
}

/**
 * Decides whether a caller may do something with an entity (rest-api.md §4, second table). Entities are looked
 * up in the caller's own tenant only, so one of another tenant is "not found", never "forbidden".
 */
export function entityAccess(entities: EntityStore): EntityAccess {
  return {
    async require(caller: Caller, entity: EntityId, operation: EntityOperation): Promise<AccessibleEntity> {
      if (caller.authority === 'SYS_ADMIN' && !['TENANT', 'USER'].includes(entity.entityType)) throw directoryErrors.ACCESS_DENIED();
      const found = await find(entities, caller, entity);
      if (found === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: labelOf(entity.entityType), id: entity.id });
      if (!mayDo(caller, entity, found, operation)) throw directoryErrors.ACCESS_DENIED();
      return { entity, tenantId: found.tenantId, name: found.name, label: found.label, customerId: found.customerId };
    },
  };
}

/** The entity type as ThingsBoard's messages write it: `Device`, `Device profile`, `Rule chain`. */
export function labelOf(entityType: EntityType): string {
  const words = entityType.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function find(entities: EntityStore, caller: Caller, { entityType, id }: EntityId): Promise<Found | undefined> {
  const { tenantId } = caller;
  switch (entityType) {
    case 'DEVICE': {
      const device = await entities.find('device', tenantId, id);
      return device && { tenantId, name: device.name, label: device.label, customerId: device.customerId };
    }
    case 'DEVICE_PROFILE': {
      const profile = await entities.find('deviceProfile', tenantId, id);
      return profile && { tenantId, name: profile.name };
    }
    case 'RULE_CHAIN': {
      const chain = await entities.find('ruleChain', tenantId, id);
      return chain && { tenantId, name: chain.name };
    }
    case 'USER': {
      const user = await entities.find('user', tenantId, id);
      return user && { tenantId, name: user.email, customerId: user.customerId };
    }
    case 'TENANT': {
      // A tenant belongs to itself; the system administrator sees them all.
      const owner = tenantId === systemTenantId ? (id as TenantId) : tenantId;
      const tenant = await entities.find('tenant', owner, id);
      return tenant && { tenantId: owner, name: tenant.name };
    }
    default:
      return undefined;
  }
}

function mayDo(caller: Caller, entity: EntityId, found: Found, operation: EntityOperation): boolean {
  const isOfCustomer = caller.customerId !== undefined && found.customerId === caller.customerId;
  switch (caller.authority) {
    case 'SYS_ADMIN':
      return entity.entityType === 'USER' || tenantOperationsOfSystem.includes(operation);
    case 'TENANT_ADMIN':
      return entity.entityType !== 'TENANT' || reads.includes(operation) || operation === 'delete';
    case 'CUSTOMER_USER':
      if (entity.entityType === 'DEVICE') return isOfCustomer && deviceOperationsOfCustomers.includes(operation);
      if (entity.entityType === 'USER') return entity.id === caller.userId || (isOfCustomer && operation === 'read');
      return entity.entityType === 'DEVICE_PROFILE' && operation === 'read';
  }
}
