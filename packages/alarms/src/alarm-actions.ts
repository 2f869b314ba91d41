import type { ActionType, Alarm, AlarmComment, EntityAction, TenantId } from '@fieldline/model';
import type { CommandContext } from '@fieldline/ports';
import { alarmToJson } from './alarm-json.js';

/** What a user did to an alarm. Its message enters the rule chain of the alarm's originator (rest-api.md §20.8). */
export function alarmAction(context: CommandContext, type: ActionType, alarm: Alarm, before?: Alarm): EntityAction {
  return {
    type,
    tenantId: alarm.tenantId as TenantId,
    user: context.user,
    entity: { entityType: 'ALARM', id: alarm.id },
    entityName: alarm.type,
    customerId: alarm.customerId,
    before,
    after: type === 'ALARM_DELETE' ? undefined : alarm,
    body: alarmToJson(alarm),
    metadata: { entityName: alarm.type, entityType: alarm.originator.entityType },
    originators: [alarm.originator],
  };
}

/** What a user did to a comment. Its message has the alarm as originator. */
export function commentAction(context: CommandContext, type: ActionType, alarm: Alarm, comment: AlarmComment): EntityAction {
  const { before: _, after: __, originators: ___, ...rest } = alarmAction(context, type, alarm);
  return {
    ...rest,
    metadata: { ...rest.metadata, comment: JSON.stringify(comment.comment) },
    data: { comment: comment.comment },
  };
}
