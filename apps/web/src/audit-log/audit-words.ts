const words: Readonly<Record<string, string>> = {
  ADDED: 'Added',
  UPDATED: 'Changed',
  DELETED: 'Deleted',
  ASSIGNED_TO_CUSTOMER: 'Assigned to customer',
  UNASSIGNED_FROM_CUSTOMER: 'Unassigned from customer',
  ASSIGNED_FROM_TENANT: 'Received from tenant',
  ASSIGNED_TO_TENANT: 'Moved to tenant',
  ATTRIBUTES_UPDATED: 'Attributes changed',
  ATTRIBUTES_DELETED: 'Attributes deleted',
  TIMESERIES_UPDATED: 'Telemetry written',
  TIMESERIES_DELETED: 'Telemetry deleted',
  RELATION_ADD_OR_UPDATE: 'Relation saved',
  RELATION_DELETED: 'Relation deleted',
  RELATIONS_DELETED: 'Relations deleted',
  ALARM_ACK: 'Alarm acknowledged',
  ALARM_CLEAR: 'Alarm cleared',
  ALARM_DELETE: 'Alarm deleted',
  ALARM_ASSIGNED: 'Alarm assigned',
  ALARM_UNASSIGNED: 'Alarm unassigned',
  ALARM_SHELVED: 'Alarm shelved',
  ALARM_UNSHELVED: 'Alarm unshelved',
  ADDED_COMMENT: 'Comment added',
  UPDATED_COMMENT: 'Comment changed',
  DELETED_COMMENT: 'Comment deleted',
  CREDENTIALS_UPDATED: 'Credentials changed',
  CREDENTIALS_READ: 'Credentials read',
  ACTIVATED: 'Sign-in allowed',
  SUSPENDED: 'Sign-in blocked',
  LOGIN: 'Signed in',
  LOGOUT: 'Signed out',
  LOCKOUT: 'Locked out',
};

/** Types of actions with their words, for a choice. */
export const actionChoices = Object.entries(words).map(([value, label]) => ({ value, label }));

/** What was done, in words. */
export function actionText(actionType: string): string {
  return words[actionType] ?? actionType;
}

export interface FieldChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What a record says about fields, in a form for people: the changed ones, and what was asked for besides. */
export function changesOf(actionData: Readonly<Record<string, unknown>>): { changes: readonly FieldChange[]; rest: string | undefined } {
  const { diff, ...others } = actionData;
  const changes = Object.entries(typeof diff === 'object' && diff !== null ? diff : {}).map(([field, change]) => {
    const { from, to } = change as { from?: unknown; to?: unknown };
    return { field: fieldText(field), from: valueText(from), to: valueText(to) };
  });
  return { changes, rest: Object.keys(others).length === 0 ? undefined : JSON.stringify(others, null, 2) };
}

/** `deviceProfileId` as "Device profile id". */
function fieldText(field: string): string {
  const text = field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
