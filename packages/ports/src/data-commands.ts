import type {
  ActingUser,
  ActionMessage,
  Alarm,
  AlarmSeverity,
  AttributeScope,
  DataPoint,
  EntityId,
  JsonValue,
  TenantId,
  TypedValue,
} from '@fieldline/model';
import type { PointRemoval } from './commit-unit.js';

// What people and programs ask of the data plane. The owner of the data store (the engine) does it, so that it meets
// rule chains in one order.

/** The one who asks. */
export interface CommandContext {
  readonly tenantId: TenantId;
  readonly user: ActingUser;
}

/** What a client says about an alarm it saves (rest-api.md §17.3). */
export interface AlarmDraft {
  readonly id?: string | undefined;
  readonly type: string;
  readonly originator: EntityId;
  /** Customer of the originator. */
  readonly customerId?: string | undefined;
  readonly severity: AlarmSeverity;
  readonly isAcknowledged: boolean;
  readonly isCleared: boolean;
  readonly assigneeId?: string | undefined;
  /** For the comment. */
  readonly assigneeName?: string | undefined;
  /** 0 is now. */
  readonly startMs: number;
  /** 0 is the start. */
  readonly endMs: number;
  readonly acknowledgedAtMs?: number | undefined;
  readonly clearedAtMs?: number | undefined;
  readonly details: JsonValue;
  readonly propagate: boolean;
  readonly propagateToOwner: boolean;
  readonly propagateToTenant: boolean;
  readonly propagateRelationTypes: readonly string[];
}

/**
 * Changes of alarms. The caller has checked access to the originator. Each commits the alarm, a system comment where
 * the reference has one and the audit record together, and then sends the message into the rule chain.
 *
 * @throws ALARM_NOT_FOUND, ALARM_ALREADY_ACKNOWLEDGED, ALARM_ALREADY_CLEARED, ALARM_ALREADY_ASSIGNED, ALARM_ALREADY_UNASSIGNED,
 *   ALARM_TIMES_REVERSED, ALARM_SHELVE_UNTIL, ALARM_SHELVE_CLEARED, ALARM_SHELVE_DETAILS, ALARM_NOT_SHELVED
 */
export interface AlarmCommands {
  saveAlarm(context: CommandContext, draft: AlarmDraft): Promise<Alarm>;
  acknowledgeAlarm(context: CommandContext, alarmId: string): Promise<Alarm>;
  clearAlarm(context: CommandContext, alarmId: string): Promise<Alarm>;
  /** Without a user: takes the assignee away. `assigneeName` is for the comment. */
  assignAlarm(context: CommandContext, alarmId: string, assignee?: { readonly id: string; readonly name: string }): Promise<Alarm>;
  /** Kept in `details.shelved`; ends by itself at `untilMs`. Without `shelve`: ends now. */
  shelveAlarm(context: CommandContext, alarmId: string, shelve?: { readonly reason: string; readonly untilMs: number }): Promise<Alarm>;
  removeAlarm(context: CommandContext, alarmId: string): Promise<void>;
  /** Takes a deleted user's alarms away from them, with a comment each. */
  unassignAlarmsOf(context: CommandContext, user: { readonly id: string; readonly name: string }): Promise<void>;
}

/** Changes of attributes and time series. The caller has checked access to the entity. */
export interface TelemetryCommands {
  /** Stores the values with the time of now, records the action and sends ATTRIBUTES_UPDATED. */
  saveAttributes(
    context: CommandContext,
    write: {
      readonly entity: EntityId;
      readonly entityName: string;
      readonly customerId?: string | undefined;
      readonly scope: AttributeScope;
      readonly values: readonly (TypedValue & { readonly key: string })[];
    },
  ): Promise<void>;
  /** @returns those of the keys that existed */
  removeAttributes(
    context: CommandContext,
    removal: {
      readonly entity: EntityId;
      readonly entityName: string;
      readonly customerId?: string | undefined;
      readonly scope: AttributeScope;
      readonly keys: readonly string[];
    },
  ): Promise<readonly string[]>;
  /** Stores the points and sends TIMESERIES_UPDATED. */
  saveTelemetry(
    context: CommandContext,
    write: {
      readonly entity: EntityId;
      readonly entityName: string;
      readonly customerId?: string | undefined;
      readonly points: readonly DataPoint[];
      /** 0: as long as the profile of the entity says, else the tenant. */
      readonly ttlMs: number;
    },
  ): Promise<void>;
  /** Removes points of the keys, records the action and sends TIMESERIES_DELETED. */
  removeTelemetry(
    context: CommandContext,
    removal: {
      readonly entity: EntityId;
      readonly entityName: string;
      readonly customerId?: string | undefined;
      readonly keys: readonly string[];
      /** Half open. */
      readonly startMs: number;
      readonly endMs: number;
      readonly latest: PointRemoval['latest'];
    },
  ): Promise<void>;
  /** Copies attributes of one entity to another, those with a time inside the window; no messages (rest-api.md §16). */
  copyAttributes(
    tenantId: TenantId,
    copy: {
      readonly from: EntityId;
      readonly to: EntityId;
      readonly keys: Readonly<Record<AttributeScope, readonly string[]>>;
      readonly startMs: number;
      readonly endMs: number;
    },
  ): Promise<void>;
}

/** All of it, and what follows from changes of the control plane. */
/** Where the message of a dead letter goes on: at the start of the chain it came to, or at the node it failed in. */
export type ReplayFrom = 'CHAIN' | 'NODE';

/** What may be done with dead letters, besides reading them. */
export interface DeadLetterCommands {
  /**
   * Hands their messages over once more and removes the letters, both or neither. What fails again is a dead letter again.
   *
   * @returns the ids of those it did that with; the others are gone, or so is their chain or node
   */
  replay(tenantId: TenantId, ids: readonly string[], from: ReplayFrom): Promise<readonly string[]>;
  remove(tenantId: TenantId, ids: readonly string[]): Promise<void>;
}

export interface DataCommands extends AlarmCommands, TelemetryCommands {
  /** Removes what the data plane keeps about entities that were deleted: points, attributes, alarms and their comments. */
  removeEntities(tenantId: TenantId, entities: readonly EntityId[]): Promise<void>;
  removeTenant(tenantId: TenantId): Promise<void>;
}

/** Takes messages for rule chains: of the profile of the originator, else the root chain of the tenant. */
export interface RuleMessages {
  /** Resolves when the engine has them; what becomes of them is not waited for. */
  send(messages: readonly ActionMessage[]): Promise<void>;
}

/** Where mail is handed over. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** True where the connection itself is encrypted, without STARTTLS. */
  readonly isSecure: boolean;
  /** True where the server must offer STARTTLS. */
  readonly requiresTls: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Address in `From`. */
  readonly from: string;
  readonly timeoutMs: number;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
}

/** Sends mail; where no server is set the text goes to the log. */
export interface MailSender {
  /**
   * @param server to send through; absent takes the one that is set
   * @throws MAIL_NOT_SENT  later; the reason names the server's answer
   */
  send(mail: Mail, server?: MailServer): Promise<void>;
}
