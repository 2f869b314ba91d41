import type { AuditLog } from './entities/records.js';
import type { EntityId, TenantId } from './entity-id.js';
import type { Metadata } from './message.js';
import type { JsonObject, JsonValue } from './value.js';

// What people and programs do to entities. From one description of an action come its record in the audit log and the
// messages it sends into rule chains (rest-api.md §20.8).

/** Actions of the audit log, spelt as ThingsBoard spells them, and the type of the message each sends; null sends none. */
export const actionTypes = {
  ADDED: 'ENTITY_CREATED',
  UPDATED: 'ENTITY_UPDATED',
  DELETED: 'ENTITY_DELETED',
  ASSIGNED_TO_CUSTOMER: 'ENTITY_ASSIGNED',
  UNASSIGNED_FROM_CUSTOMER: 'ENTITY_UNASSIGNED',
  ASSIGNED_FROM_TENANT: 'ENTITY_ASSIGNED_FROM_TENANT',
  ASSIGNED_TO_TENANT: 'ENTITY_ASSIGNED_TO_TENANT',
  ATTRIBUTES_UPDATED: 'ATTRIBUTES_UPDATED',
  ATTRIBUTES_DELETED: 'ATTRIBUTES_DELETED',
  TIMESERIES_UPDATED: 'TIMESERIES_UPDATED',
  TIMESERIES_DELETED: 'TIMESERIES_DELETED',
  RELATION_ADD_OR_UPDATE: 'RELATION_ADD_OR_UPDATE',
  RELATION_DELETED: 'RELATION_DELETED',
  RELATIONS_DELETED: 'RELATIONS_DELETED',
  ALARM_ACK: 'ALARM_ACK',
  ALARM_CLEAR: 'ALARM_CLEAR',
  ALARM_DELETE: 'ALARM_DELETE',
  ALARM_ASSIGNED: 'ALARM_ASSIGNED',
  ALARM_UNASSIGNED: 'ALARM_UNASSIGNED',
  ALARM_SHELVED: null,
  ALARM_UNSHELVED: null,
  ADDED_COMMENT: 'COMMENT_CREATED',
  UPDATED_COMMENT: 'COMMENT_UPDATED',
  DELETED_COMMENT: null,
  CREDENTIALS_UPDATED: null,
  CREDENTIALS_READ: null,
  ACTIVATED: null,
  SUSPENDED: null,
  LOGIN: null,
  LOGOUT: null,
  LOCKOUT: null,
} as const satisfies Readonly<Record<string, string | null>>;
export type ActionType = keyof typeof actionTypes;

/** The user who acts. */
export interface ActingUser {
  readonly id: string;
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly customerId?: string | undefined;
}

/** One action on one entity. */
export interface EntityAction {
  readonly type: ActionType;
  readonly tenantId: TenantId;
  /** Absent where the system itself acts. */
  readonly user?: ActingUser | undefined;
  readonly entity: EntityId;
  readonly entityName: string;
  /** Customer of the entity. */
  readonly customerId?: string | undefined;
  /** The stored forms around the change, for the diff: one of them is absent where the entity was added or deleted. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  /** Body of the message: the wire form of the entity, or what the type demands. Absent: no message. */
  readonly body?: JsonValue | undefined;
  /** True where the body is an entity or alarm: the metadata then carries its name and type. */
  readonly isEntityBody?: boolean | undefined;
  /** Metadata besides that of the user, such as `scope` or `assignedCustomerId`. */
  readonly metadata?: Metadata | undefined;
  /** Originators of the messages, one each; absent: the entity. */
  readonly originators?: readonly EntityId[] | undefined;
  /** For the audit log, besides the diff. */
  readonly data?: JsonObject | undefined;
}

/** A message for the rule chain of its originator. */
export interface ActionMessage {
  readonly tenantId: TenantId;
  readonly type: string;
  readonly originator: EntityId;
  readonly customerId: string | undefined;
  readonly metadata: Metadata;
  readonly data: JsonValue;
  /** The JSON text of `data`, where its numbers shall stay as they were written. */
  readonly text?: string | undefined;
  /** Queue it goes through; absent takes the one of its originator's profile. */
  readonly queueName?: string | undefined;
}

export interface FieldDiff {
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** Fields whose values never reach a log. */
const secret = /password|passphrase|token|secret|privateKey|apiKey|credentials(Id|Value)|valueHash|provisionDeviceKey|claimingData/i;
/** Fields that say nothing about what was changed. */
const silent = new Set(['id', 'tenantId', 'createdAtMs', 'version']);
/** A value beyond this is told by its length: a record of the log stays small whatever an entity holds. */
const DIFF_VALUE_CHARACTERS_MAX = 2_000;

/** The fields that differ, by name, with both values; secrets are masked. */
export function diffOf(before: object | undefined, after: object | undefined): Readonly<Record<string, FieldDiff>> {
  const [from, to] = [before ?? {}, after ?? {}] as [Readonly<Record<string, JsonValue>>, Readonly<Record<string, JsonValue>>];
  const diff: Record<string, FieldDiff> = {};
  for (const field of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (silent.has(field) || JSON.stringify(from[field]) === JSON.stringify(to[field])) continue;
    diff[field] = { from: shown(field, from[field]), to: shown(field, to[field]) };
  }
  return diff;
}

function shown(field: string, value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return null;
  if (secret.test(field)) return '***';
  const text = JSON.stringify(value, (key, inner: unknown) => (secret.test(key) && inner !== null ? '***' : inner)) ?? 'null';
  return text.length > DIFF_VALUE_CHARACTERS_MAX ? `(${text.length} characters)` : (JSON.parse(text) as JsonValue);
}

/** The record of an action in the audit log; `failure` where it was refused. */
export function auditLogOf(action: EntityAction, made: { readonly id: string; readonly nowMs: number; readonly failure?: string }): AuditLog {
  const { tenantId, user, entity, entityName } = action;
  const customerId = action.customerId ?? user?.customerId;
  const diff = action.before === undefined && action.after === undefined ? undefined : diffOf(action.before, action.after);
  const data = Object.fromEntries(Object.entries(action.data ?? {}).map(([member, value]) => [member, shown(member, value)]));
  return {
    id: made.id,
    tenantId,
    createdAtMs: made.nowMs,
    version: 1,
    ...(customerId === undefined ? {} : { customerId }),
    entityType: entity.entityType,
    entityId: entity.id,
    entityName: entityName.slice(0, 255),
    ...(user === undefined ? {} : { userId: user.id, userName: user.email }),
    actionType: action.type,
    actionData: { ...data, ...(diff === undefined ? {} : { diff }) } as AuditLog['actionData'],
    status: made.failure === undefined ? 'SUCCESS' : 'FAILURE',
    ...(made.failure === undefined ? {} : { failure: made.failure.slice(0, 4096) }),
  };
}

/** The messages an action sends: none where its type has none or it has no body. */
export function actionMessages(action: EntityAction): readonly ActionMessage[] {
  const type = actionTypes[action.type];
  const { body: data, tenantId, customerId, entity } = action;
  if (type === null || data === undefined) return [];
  const metadata: Metadata = {
    ...userMetadata(action.user),
    ...(customerId === undefined ? {} : { customerId }),
    ...(action.isEntityBody === true ? { entityName: action.entityName, entityType: entity.entityType } : {}),
    ...action.metadata,
  };
  return (action.originators ?? [entity]).map((originator) => ({ tenantId, type, originator, customerId, metadata, data }));
}

function userMetadata(user: ActingUser | undefined): Metadata {
  if (user === undefined) return {};
  const { id, email, firstName, lastName } = user;
  return {
    userId: id,
    userName: email,
    userEmail: email,
    ...(firstName === undefined ? {} : { userFirstName: firstName }),
    ...(lastName === undefined ? {} : { userLastName: lastName }),
  };
}
