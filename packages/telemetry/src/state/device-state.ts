import type { Attribute, DeviceId, JsonObject, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';

/** The server attributes that tell whether a device is there (device-api.md §12), by what we call them. */
export const stateAttributes = {
  isActive: 'active',
  connectedAtMs: 'lastConnectTime',
  disconnectedAtMs: 'lastDisconnectTime',
  activeAtMs: 'lastActivityTime',
  inactiveAtMs: 'inactivityAlarmTime',
} as const;
export const TIMEOUT_ATTRIBUTE = 'inactivityTimeout';
export const stateKeys: readonly string[] = [...Object.values(stateAttributes), TIMEOUT_ATTRIBUTE];

/** What is known of a device's presence. Times are 0 for what never happened. */
export interface DeviceState {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  isActive: boolean;
  connectedAtMs: number;
  disconnectedAtMs: number;
  activeAtMs: number;
  inactiveAtMs: number;
  /** As the attribute of the device says; undefined takes the default. */
  timeoutMs: number | undefined;
}

/** The state as the attributes of a device tell it. */
export function stateOf(tenantId: TenantId, deviceId: DeviceId, attributes: readonly Attribute[]): DeviceState {
  const byKey = new Map(attributes.map((attribute) => [attribute.key, attribute]));
  const time = (key: string): number => timeOf(byKey.get(key)) ?? 0;
  return {
    tenantId,
    deviceId,
    isActive: byKey.get(stateAttributes.isActive)?.value === true,
    connectedAtMs: time(stateAttributes.connectedAtMs),
    disconnectedAtMs: time(stateAttributes.disconnectedAtMs),
    activeAtMs: time(stateAttributes.activeAtMs),
    inactiveAtMs: time(stateAttributes.inactiveAtMs),
    timeoutMs: timeoutOf(byKey.get(TIMEOUT_ATTRIBUTE)),
  };
}

/** The timeout an attribute sets; undefined where it is no positive number. */
export function timeoutOf(attribute: Pick<Attribute, 'kind' | 'value'> | undefined): number | undefined {
  const ms = timeOf(attribute);
  return ms !== undefined && ms > 0 ? ms : undefined;
}

/** The body of the messages about a state. A device that has just connected says nothing about being active. */
export function stateBody(state: DeviceState, defaultTimeoutMs: number, type: string): JsonObject {
  return {
    ...(type === 'CONNECT_EVENT' ? {} : { active: state.isActive }),
    lastConnectTime: state.connectedAtMs,
    lastActivityTime: state.activeAtMs,
    lastDisconnectTime: state.disconnectedAtMs,
    lastInactivityAlarmTime: state.inactiveAtMs,
    inactivityTimeout: state.timeoutMs ?? defaultTimeoutMs,
  };
}

function timeOf(attribute: Pick<Attribute, 'kind' | 'value'> | undefined): number | undefined {
  if (attribute === undefined || (attribute.kind !== ValueKind.long && attribute.kind !== ValueKind.double)) return undefined;
  return Number(attribute.value);
}
