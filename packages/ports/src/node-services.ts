import type { Alarm, AlarmSeverity, AttributeScope, DataPoint, EntityId, JsonValue, Message, TenantId, TypedValue } from '@fieldline/model';
import type { CommitUnit } from './commit-unit.js';

// What rule nodes may ask for, as the engine gets it from other use cases. The engine binds each to the
// batch's unit and the message, and hands the bound form (package plugin-sdk) to nodes that declare the need.

/** Implemented by `telemetry`. */
export interface TelemetryWriter {
  /**
   * Adds the values a telemetry message carries to the unit, typed as device-api.md §2.3.
   *
   * @returns how many points were added
   * @throws TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_VALUE_TOO_LARGE, TELEMETRY_BODY_INVALID
   *   never retry; nothing of this message was added
   */
  saveMessage(
    unit: Pick<CommitUnit, 'point'>,
    message: Message,
    options: { readonly ttlMs: number; readonly useServerTime: boolean; readonly nowMs: number; readonly uses?: number | undefined },
  ): number;
  /** Adds one point. @throws TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_TOO_LARGE */
  savePoint(
    unit: Pick<CommitUnit, 'point'>,
    point: DataPoint & { readonly tenantId: TenantId; readonly entity: EntityId; readonly ttlMs: number },
  ): void;
  /** Adds typed attribute values to the unit; with `onlyOnChange` those that differ from what is stored. Returns the keys written. */
  saveAttributes(
    unit: CommitUnit,
    write: {
      readonly tenantId: TenantId;
      readonly entity: EntityId;
      readonly scope: AttributeScope;
      readonly values: ReadonlyMap<string, TypedValue>;
      readonly onlyOnChange: boolean;
      readonly nowMs: number;
      readonly uses?: number | undefined;
    },
  ): Promise<readonly string[]>;
  /** Adds the removal of attributes to the unit. Returns those of the keys that existed. */
  removeAttributes(
    unit: CommitUnit,
    removal: { readonly tenantId: TenantId; readonly entity: EntityId; readonly scope: AttributeScope; readonly keys: readonly string[] },
  ): Promise<readonly string[]>;
  /** Reads the flat JSON object of an attributes message into typed values. @throws TELEMETRY_BODY_INVALID, TELEMETRY_VALUE_NULL */
  attributeValues(message: Message): ReadonlyMap<string, TypedValue>;
}

/** What a rule node wants an alarm to be. */
export interface AlarmRequest {
  readonly tenantId: TenantId;
  readonly originator: EntityId;
  readonly customerId: string | undefined;
  readonly type: string;
  readonly severity: AlarmSeverity;
  readonly startMs: number;
  readonly details: JsonValue;
  readonly propagate: boolean;
  readonly propagateToOwner: boolean;
  readonly propagateToTenant: boolean;
  readonly propagateRelationTypes: readonly string[];
}

export interface AlarmChange {
  readonly alarm: Alarm;
  readonly change: 'created' | 'updated' | 'unchanged' | 'cleared';
}

/** Implemented by `alarms`. */
export interface AlarmService {
  active(unit: CommitUnit, tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined>;
  byId(unit: CommitUnit, tenantId: TenantId, id: string): Promise<Alarm | undefined>;
  /** Creates the alarm, or updates the active one of the same originator and type (rule-nodes.md §5.2). */
  raise(unit: CommitUnit, request: AlarmRequest, nowMs: number): Promise<AlarmChange>;
  /** @returns undefined where nothing was active */
  clear(unit: CommitUnit, alarm: Alarm, details: JsonValue | undefined, nowMs: number): Promise<AlarmChange | undefined>;
}

/** Commands to devices. Implemented by `rpc`; until a device can be called each request fails with RPC_DEVICE_UNREACHABLE. */
export interface DeviceCaller {
  call(message: Message, request: { readonly timeoutMs: number }): Promise<{ readonly text: string }>;
  /** Answers a request of the device's own. @throws RPC_DEVICE_UNREACHABLE */
  reply(
    tenantId: TenantId,
    device: EntityId,
    answer: { readonly serviceId: string; readonly sessionId: string; readonly requestId: number; readonly text: string },
  ): Promise<void>;
}

/** How long profiles let points be kept whose message does not say it. Implemented by the server, which follows the profiles. */
export interface ProfileTtls {
  /** In ms from the time of a point on; 0 where the profile says nothing, undefined where it has to be read first. */
  ttlOf(tenantId: TenantId, entity: EntityId): number | undefined;
  /** As `ttlOf`, read where that is needed. */
  readTtlOf(tenantId: TenantId, entity: EntityId): Promise<number>;
}

export interface NodeServices {
  readonly telemetry: TelemetryWriter;
  readonly ttls: ProfileTtls;
  readonly alarms: AlarmService;
  readonly devices: DeviceCaller;
}
