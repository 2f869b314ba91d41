import type { Alarm, AlarmsService, Message, NewMessage } from '@fieldline/plugin-sdk';

/** The message about an alarm that leaves the node: body is the alarm, a flag in the metadata says what happened. */
export function alarmMessage(message: Message, alarms: AlarmsService, alarm: Alarm, flag: string): Message {
  return message.with({ type: 'ALARM', metadata: { ...message.metadata, [flag]: 'true' }, data: alarms.toJson(alarm) });
}

/** The message by which the platform tells the rule chain of the alarm's originator. */
export function platformMessage(type: string, message: Message, alarms: AlarmsService, alarm: Alarm, ruleNodeId: string): NewMessage {
  return { type, originator: alarm.originator, customerId: message.customerId, metadata: { ruleNodeId }, data: alarms.toJson(alarm) };
}
