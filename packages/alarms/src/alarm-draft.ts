import type { ActionType, Alarm } from '@fieldline/model';
import type { AlarmDraft, CommandContext } from '@fieldline/ports';
import { isEqualJson } from './equal-json.js';
import { alarmErrors } from './errors.js';
import { keepShelving } from './shelving.js';
import { systemComments } from './system-comments.js';

/** An alarm as a command wants it, with what it did on the way. */
export interface Decision {
  readonly alarm: Alarm;
  readonly actions: readonly ActionType[];
  readonly comments: readonly ReturnType<(typeof systemComments)[keyof typeof systemComments]>[];
}

/**
 * What a save makes of an alarm (rest-api.md §17.3): settings from the draft; then acknowledged, cleared and assigned
 * where the draft says so and the alarm is not. Nothing takes an acknowledgement back.
 *
 * @param base the alarm that is saved over; absent where a new one is made
 * @throws ALARM_TIMES_REVERSED
 */
export function drafted(
  context: CommandContext,
  draft: AlarmDraft,
  base: Alarm | undefined,
  made: { readonly id: string; readonly nowMs: number },
): Decision {
  const { nowMs } = made;
  const { email } = context.user;
  const startMs = draft.startMs === 0 ? nowMs : draft.startMs;
  const endMs = draft.endMs === 0 ? startMs : draft.endMs;
  if (startMs > endMs) throw alarmErrors.TIMES_REVERSED();
  const alarm: Alarm = {
    ...(base ?? newAlarm(context, draft, made)),
    severity: draft.severity,
    startMs,
    endMs,
    details: base === undefined ? draft.details : keepShelving(base.details, draft.details, nowMs),
    propagate: draft.propagate,
    propagateToOwner: draft.propagateToOwner,
    propagateToTenant: draft.propagateToTenant,
    propagateRelationTypes: [...draft.propagateRelationTypes],
  };
  const actions: ActionType[] = base === undefined ? ['ADDED'] : isChanged(base, alarm) ? ['UPDATED'] : [];
  const comments: Decision['comments'][number][] = [];
  if (base !== undefined && base.severity !== alarm.severity) comments.push(systemComments.severityChanged(base.severity, alarm.severity));
  if (draft.isAcknowledged && alarm.acknowledgedAtMs === undefined) {
    alarm.acknowledgedAtMs = draft.acknowledgedAtMs ?? nowMs;
    actions.push('ALARM_ACK');
    comments.push(systemComments.acknowledged(email));
  }
  if (draft.isCleared && alarm.clearedAtMs === undefined) {
    alarm.clearedAtMs = draft.clearedAtMs ?? nowMs;
    actions.push('ALARM_CLEAR');
    comments.push(systemComments.cleared(email));
  }
  if (draft.assigneeId !== alarm.assigneeId) {
    alarm.assignedAtMs = nowMs;
    if (draft.assigneeId === undefined) delete alarm.assigneeId;
    else alarm.assigneeId = draft.assigneeId;
    actions.push(draft.assigneeId === undefined ? 'ALARM_UNASSIGNED' : 'ALARM_ASSIGNED');
    comments.push(
      draft.assigneeId === undefined ? systemComments.unassigned(email) : systemComments.assigned(email, draft.assigneeName ?? draft.assigneeId),
    );
  }
  return { alarm, actions, comments };
}

/** Whether anything a client can see differs. */
export function isChanged(before: Alarm, after: Alarm): boolean {
  return !isEqualJson(before, after);
}

function newAlarm(context: CommandContext, draft: AlarmDraft, { id, nowMs }: { readonly id: string; readonly nowMs: number }) {
  return {
    id,
    tenantId: context.tenantId,
    createdAtMs: nowMs,
    ...(draft.customerId === undefined ? {} : { customerId: draft.customerId }),
    type: draft.type,
    originator: { entityType: draft.originator.entityType, id: draft.originator.id },
  };
}
