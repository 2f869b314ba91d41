import type { AlarmSeverity, JsonObject, JsonValue } from '@fieldline/plugin-sdk';
import { nodeHarness } from '@fieldline/plugin-sdk/testing';
import { deviceProfileNode } from './device-profile-node.js';

// Parts of alarm rules in the form the API stores them, and a node in a world with one device of that profile.

export const device = { entityType: 'DEVICE', id: 'device-a' } as const;
export const customer = { entityType: 'CUSTOMER', id: 'customer-a' } as const;

type KeyType = 'TIME_SERIES' | 'ATTRIBUTE' | 'ENTITY_FIELD';

/** A filter `key operation value` on numbers. */
export function filter(
  key: string,
  operation: string,
  value: number,
  more: { readonly type?: KeyType; readonly dynamicValue?: JsonObject } = {},
): JsonObject {
  const { type = 'TIME_SERIES', dynamicValue = null } = more;
  return {
    key: { type, key },
    valueType: 'NUMERIC',
    value: null,
    predicate: { type: 'NUMERIC', operation, value: { defaultValue: value, userValue: null, dynamicValue } },
  };
}

export const above = (value: number, key = 'temperature'): JsonObject => filter(key, 'GREATER', value);
export const below = (value: number, key = 'temperature'): JsonObject => filter(key, 'LESS', value);

/** A rule that holds where all filters do. */
export function rule(filters: JsonValue, more: JsonObject = {}): JsonObject {
  const { spec = { type: 'SIMPLE' }, ...others } = more;
  return {
    condition: { condition: Array.isArray(filters) ? filters : [filters], spec },
    schedule: null,
    alarmDetails: null,
    dashboardId: null,
    ...others,
  };
}

export const duration = (seconds: number, dynamicValue: JsonValue = null): JsonObject => ({
  type: 'DURATION',
  unit: 'SECONDS',
  predicate: { defaultValue: seconds, userValue: null, dynamicValue },
});
export const repeating = (count: number): JsonObject => ({
  type: 'REPEATING',
  predicate: { defaultValue: count, userValue: null, dynamicValue: null },
});

export function alarm(
  createRules: Partial<Record<AlarmSeverity, JsonObject>>,
  clearRule: JsonObject | null = null,
  more: JsonObject = {},
): JsonObject {
  return { id: 'hot', alarmType: 'Hot', createRules: createRules, clearRule, propagate: false, ...more };
}

/** The node, with a device of a profile that has these alarms. */
export function profileNode(...alarms: readonly JsonObject[]) {
  const node = nodeHarness(deviceProfileNode, { nodeId: 'node-1' });
  node.recorded.entities.push(
    { entity: { entityType: 'DEVICE_PROFILE', id: 'profile-a' }, name: 'default', fields: { profileData: { alarms } } },
    { entity: customer, name: 'Customer' },
    { entity: device, name: 'Boiler', profile: 'default', customer, fields: { label: 'North' } },
  );
  return node;
}
