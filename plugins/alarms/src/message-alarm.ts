import { alarmSeverities, type AlarmSeverity, type EntityId, type JsonValue, type Message, z } from '@fieldline/plugin-sdk';
import { alarmNodeErrors } from './errors.js';

/** What a message that is itself an alarm says of it; the other fields of the alarm JSON are ignored. */
export interface MessageAlarm {
  readonly type: string;
  readonly severity: AlarmSeverity;
  readonly originator: EntityId | undefined;
  readonly details: JsonValue | undefined;
  readonly propagate: boolean;
  readonly propagateToOwner: boolean;
  readonly propagateToTenant: boolean;
  readonly propagateRelationTypes: readonly string[];
}

const flag = z.boolean().nullish();
const alarmBody = z.looseObject({
  type: z.string().min(1).max(255),
  severity: z.enum(alarmSeverities),
  originator: z.looseObject({ entityType: z.string(), id: z.string() }).nullish(),
  details: z.json().nullish(),
  propagate: flag,
  propagateToOwner: flag,
  propagateToTenant: flag,
  propagateRelationTypes: z.array(z.string()).nullish(),
});

/** @throws ALARM_NODE_BODY_NOT_ALARM */
export function messageAlarm(message: Message): MessageAlarm {
  const parsed = alarmBody.safeParse(message.data);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message: text }) => `${path.join('.') || 'body'}: ${text}`).join('; ');
    throw alarmNodeErrors.BODY_NOT_ALARM({ issues });
  }
  const { type, severity, originator, details, propagate, propagateToOwner, propagateToTenant, propagateRelationTypes } = parsed.data;
  return {
    type,
    severity,
    originator: originator ? { entityType: originator.entityType as EntityId['entityType'], id: originator.id } : undefined,
    details: details ?? undefined,
    propagate: propagate ?? false,
    propagateToOwner: propagateToOwner ?? false,
    propagateToTenant: propagateToTenant ?? false,
    propagateRelationTypes: propagateRelationTypes ?? [],
  };
}
