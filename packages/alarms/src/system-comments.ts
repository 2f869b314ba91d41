import type { Alarm, AlarmComment, AlarmSeverity } from '@fieldline/model';

/** What a comment of ours tells, with ThingsBoard's name for it. */
interface SystemComment {
  readonly subtype: string;
  readonly text: string;
  readonly assigneeName?: string | undefined;
}

/** Comments that the life cycle leaves at an alarm: who did what. */
export const systemComments = {
  acknowledged: (user: string): SystemComment => ({ subtype: 'ACKED_BY_USER', text: `Alarm was acknowledged by user ${user}` }),
  cleared: (user: string): SystemComment => ({ subtype: 'CLEARED_BY_USER', text: `Alarm was cleared by user ${user}` }),
  assigned: (user: string, assigneeName: string): SystemComment => ({
    subtype: 'ASSIGNED_TO_USER',
    text: `Alarm was assigned by user ${user} to user ${assigneeName}`,
    assigneeName,
  }),
  unassigned: (user: string): SystemComment => ({ subtype: 'UNASSIGNED_BY_USER', text: `Alarm was unassigned by user ${user}` }),
  assigneeDeleted: (name: string): SystemComment => ({
    subtype: 'UNASSIGNED_FROM_DELETED_USER',
    text: `Alarm was unassigned because user ${name} was deleted`,
  }),
  severityChanged: (from: AlarmSeverity, to: AlarmSeverity): SystemComment => ({
    subtype: 'SEVERITY_CHANGED',
    text: `Alarm severity was updated from ${from} to ${to}`,
  }),
  shelved: (user: string, reason: string, forMs: number): SystemComment => ({
    subtype: 'SHELVED_BY_USER',
    text: `Alarm was shelved by user ${user} for ${Math.ceil(forMs / 60_000)} minutes: ${reason}`,
  }),
  unshelved: (user: string): SystemComment => ({ subtype: 'UNSHELVED_BY_USER', text: `Alarm was unshelved by user ${user}` }),
  commentDeleted: (user: string): SystemComment => ({ subtype: 'COMMENT_DELETED', text: `Comment was deleted by user ${user}` }),
} as const;

/** The comment as it is stored. */
export function systemComment(
  alarm: Alarm,
  { subtype, text, assigneeName }: SystemComment,
  made: { readonly id: string; readonly nowMs: number; readonly userName?: string | undefined },
): AlarmComment {
  return {
    id: made.id,
    tenantId: alarm.tenantId,
    createdAtMs: made.nowMs,
    version: 1,
    alarmId: alarm.id,
    type: 'SYSTEM',
    comment: {
      text,
      subtype,
      ...(made.userName === undefined ? {} : { userName: made.userName }),
      ...(assigneeName === undefined ? {} : { assigneeName }),
    },
  };
}
