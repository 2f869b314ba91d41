import { alarmToWire } from '@fieldline/api-contract';
import type { Alarm, JsonValue } from '@fieldline/model';

/** An alarm as ThingsBoard's JSON: the body of the messages that alarm nodes send on. */
export function alarmToJson(alarm: Alarm): JsonValue {
  return alarmToWire(alarm);
}
