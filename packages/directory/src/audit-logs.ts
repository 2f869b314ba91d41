import type { AuditLog, EntityId, Page, PageQuery } from '@fieldline/model';
import type { Caller, EntityFilter, EntityStore } from '@fieldline/ports';

/** Which records of the audit log: all that are given must fit. */
export interface AuditLogFilter {
  readonly entity?: EntityId | undefined;
  readonly userId?: string | undefined;
  readonly customerId?: string | undefined;
  /** Any of them; empty means every action. */
  readonly actionTypes: readonly string[];
}

/** Who did what in the caller's tenant; in the system itself for the system administrator. */
export function auditLogsOf(
  { entities }: { readonly entities: Pick<EntityStore, 'page'> },
  { tenantId }: Caller,
  query: PageQuery,
  { entity, userId, customerId, actionTypes }: AuditLogFilter,
): Promise<Page<AuditLog>> {
  const wanted = {
    entityType: entity?.entityType,
    entityId: entity?.id,
    userId,
    customerId,
    actionType: actionTypes.length === 0 ? undefined : actionTypes,
  };
  const filter = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return entities.page('auditLog', tenantId, query, Object.fromEntries(filter) as EntityFilter);
}
