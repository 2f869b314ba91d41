import { type EntityId, systemTenantId, type TenantId } from '@fieldline/model';
import type { Caller, ControlEvent } from '@fieldline/ports';

/** Settings of the whole system may change the rights of every caller. */
const everybody = 'everybody';
/** A rule node has no events of its own, and its chain may change without saying which nodes went. */
const nodesOf = (tenantId: TenantId): string => `rule nodes of ${tenantId}`;

/** What the right of a caller to be there depends on. The id of a session is that of the API key where one was shown. */
export function idsOfCaller({ userId, sessionId, tenantId }: Caller): readonly string[] {
  return [userId, sessionId, tenantId, everybody];
}

/** What the right to an entity depends on, besides the caller. */
export function idsOfEntity({ authority, tenantId }: Caller, { entityType, id }: EntityId): readonly string[] {
  // With a tenant goes what it owns, of which no event speaks; its own callers go too, but not those of the system.
  const owner = authority === 'SYS_ADMIN' ? [systemTenantId] : [];
  return [id, ...owner, ...(entityType === 'RULE_NODE' ? [nodesOf(tenantId)] : [])];
}

/** Ids on which rights depend that an event may have changed. Of credentials only their user knows: they are read first. */
export function concernedBy({ kind, id, tenantId, version }: ControlEvent): readonly string[] {
  if (kind === 'tenant') return version === undefined ? [id, systemTenantId] : [];
  if (kind === 'adminSettings') return [id, everybody];
  return kind === 'ruleChain' ? [id, nodesOf(tenantId)] : [id];
}
