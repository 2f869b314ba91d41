import type { TenantId } from '@fieldline/model';
import type { Caller, CommandContext } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';

/** Who gives a command, in the tenant of the entity it is about. */
export function contextOf(caller: Caller, tenantId: TenantId = caller.tenantId): CommandContext {
  return { tenantId, user: actingUserOf(caller) };
}
