import type { Clock, IdSource } from '@fieldline/kernel';
import type { ActingUser, ActionType, EntityAction, JsonObject, TenantId, User } from '@fieldline/model';
import { auditLogOf } from '@fieldline/model';
import type { ControlEvents, EntityChange, EntityCondition, EntityStore } from '@fieldline/ports';

/** What a recorded write needs. */
export interface RecordDeps {
  readonly entities: EntityStore;
  readonly events: ControlEvents;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** What was done, as it goes into the audit log; `failure` where it was refused. */
export interface Recorded {
  readonly action: EntityAction;
  readonly failure?: string | undefined;
}

/** Something that happened to a user: to sign-in, password or credentials. Never carries a secret. */
export function userAction(
  type: ActionType,
  user: User,
  { by = user, data }: { readonly by?: ActingUser; readonly data?: JsonObject | undefined } = {},
): EntityAction {
  return {
    type,
    tenantId: user.tenantId as TenantId,
    user: by,
    entity: { entityType: 'USER', id: user.id },
    entityName: user.email,
    customerId: user.customerId,
    data,
  };
}

type RecordedChange = Extract<EntityChange, { readonly change: 'insert' | 'update' | 'remove' }>;

/**
 * Writes changes with their records in the audit log, and tells whoever listens once they are durable.
 *
 * @param conditions what must hold before the first of the changes
 */
export async function writeRecorded(
  deps: RecordDeps,
  changes: readonly RecordedChange[],
  recorded: readonly Recorded[],
  conditions: readonly EntityCondition[] = [],
): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const records = recorded.map(({ action, failure }): EntityChange => {
    const made = { id: deps.ids.next(), nowMs, ...(failure === undefined ? {} : { failure }) };
    return { change: 'insert', kind: 'auditLog', entity: auditLogOf(action, made) };
  });
  await deps.entities.write([...conditions, ...changes, ...records]);
  for (const change of changes) {
    if (change.change === 'remove') deps.events.publish({ kind: change.kind, tenantId: change.tenantId, id: change.id });
    else {
      const { tenantId, id, version } = change.entity;
      deps.events.publish({ kind: change.kind, tenantId: tenantId as TenantId, id, version: change.change === 'insert' ? 1 : version + 1 });
    }
  }
}
