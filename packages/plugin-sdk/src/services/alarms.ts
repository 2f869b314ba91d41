import type { Alarm, AlarmSeverity, EntityId, JsonValue, Message } from '@fieldline/model';

/** What an alarm shall be; the originator and customer are the message's unless given. */
export interface AlarmSpecification {
  readonly originator?: EntityId | undefined;
  readonly type: string;
  readonly severity: AlarmSeverity;
  readonly startMs: number;
  readonly details: JsonValue;
  readonly propagate: boolean;
  readonly propagateToOwner: boolean;
  readonly propagateToTenant: boolean;
  readonly propagateRelationTypes: readonly string[];
}

export interface AlarmsService {
  active(message: Message, type: string): Promise<Alarm | undefined>;
  byId(message: Message, id: string): Promise<Alarm | undefined>;
  raise(message: Message, alarm: AlarmSpecification): Promise<{ readonly alarm: Alarm; readonly change: 'created' | 'updated' | 'unchanged' }>;
  /** @returns the cleared alarm, or undefined where it was not active any more */
  clear(message: Message, alarm: Alarm, details: JsonValue | undefined): Promise<Alarm | undefined>;
  /** The alarm as ThingsBoard's JSON, the body of alarm messages. */
  toJson(alarm: Alarm): JsonValue;
}
