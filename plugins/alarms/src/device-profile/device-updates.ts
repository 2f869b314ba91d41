import {
  forEachElement,
  forEachTypedValue,
  type JsonObject,
  type JsonValue,
  membersOf,
  type Message,
  readingTsMs,
  skipSpace,
} from '@fieldline/plugin-sdk';
import { alarmNodeErrors } from '../errors.js';
import { knownOf, type KnownValue } from './device-state.js';
import type { ValueName } from './profile-rules.js';

/** Values of a device that a message tells of, all of one time. */
export interface DeviceUpdate {
  readonly kind: 'telemetry' | 'attributes';
  readonly tsMs: number;
  /** By name; null where the device has the value no longer. */
  readonly values: ReadonlyMap<ValueName, KnownValue>;
}

/** Types of messages that may tell of values. */
export const valueMessages: ReadonlySet<string> = new Set([
  'POST_TELEMETRY_REQUEST',
  'TIMESERIES_UPDATED',
  'POST_ATTRIBUTES_REQUEST',
  'ATTRIBUTES_UPDATED',
  'ATTRIBUTES_DELETED',
  'ACTIVITY_EVENT',
  'INACTIVITY_EVENT',
]);

/**
 * What a message changes about the values of its device, the oldest first. Messages that are about something else change
 * nothing.
 *
 * @throws ALARM_NODE_BODY_UNREADABLE
 */
export function deviceUpdates(message: Message, nowMs: number): readonly DeviceUpdate[] {
  switch (message.type) {
    case 'POST_TELEMETRY_REQUEST':
      return telemetryUpdates(message, readingTsMs(message));
    case 'TIMESERIES_UPDATED': {
      const points = membersOf(message)?.get('timeseries');
      return telemetryUpdates(points === undefined ? message : message.with({ text: points }), readingTsMs(message));
    }
    case 'POST_ATTRIBUTES_REQUEST':
    case 'ATTRIBUTES_UPDATED':
      return [{ kind: 'attributes', tsMs: nowMs, values: valuesOf(message, 'a') }];
    case 'ATTRIBUTES_DELETED':
      return [{ kind: 'attributes', tsMs: nowMs, values: new Map(deletedKeys(message).map((key) => [`a:${key}`, null])) }];
    case 'ACTIVITY_EVENT':
    case 'INACTIVITY_EVENT': {
      const isAttribute = (message.metadata['scope'] ?? '') !== '';
      if (isAttribute) return [{ kind: 'attributes', tsMs: nowMs, values: valuesOf(message, 'a') }];
      return [{ kind: 'telemetry', tsMs: readingTsMs(message), values: valuesOf(message, 't') }];
    }
    default:
      return [];
  }
}

/** `{key: value}`, `{ts, values}`, or a list of these, grouped by time. */
function telemetryUpdates(message: Message, defaultTsMs: number): readonly DeviceUpdate[] {
  const groups = new Map<number, Map<ValueName, KnownValue>>();
  for (const element of elementsOf(message)) {
    const members = membersOf(element);
    const isTimed = members?.has('ts') === true && members.has('values');
    const tsMs = isTimed ? timeOf((element.data as JsonObject)['ts']) : defaultTsMs;
    const values = valuesOf(isTimed ? element.with({ text: members.get('values') }) : element, 't');
    groups.set(tsMs, new Map([...(groups.get(tsMs) ?? []), ...values]));
  }
  return [...groups].sort(([a], [b]) => a - b).map(([tsMs, values]) => ({ kind: 'telemetry', tsMs, values }));
}

/** The elements of a list, or the body itself; each as it was written, because 42.0 and 42 are two values. */
function elementsOf(message: Message): readonly Message[] {
  if (!Array.isArray(bodyOf(message))) return [message];
  const { text } = message;
  const elements: Message[] = [];
  forEachElement(text, skipSpace(text, 0), (from, to) => elements.push(message.with({ text: text.slice(from, to) })));
  return elements;
}

function bodyOf(message: Message): JsonValue {
  try {
    return message.data;
  } catch (cause) {
    throw alarmNodeErrors.BODY_UNREADABLE({ type: message.type }, { cause });
  }
}

function valuesOf(message: Message, prefix: 't' | 'a'): ReadonlyMap<ValueName, KnownValue> {
  void bodyOf(message);
  const values = new Map<ValueName, KnownValue>();
  const isObject = forEachTypedValue(message, (key, kind, value) => values.set(`${prefix}:${key}`, knownOf({ kind, value })));
  if (!isObject) throw alarmNodeErrors.BODY_UNREADABLE({ type: message.type });
  return values;
}

function deletedKeys(message: Message): readonly string[] {
  const body = bodyOf(message);
  const keys = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject)['attributes'] : undefined;
  return Array.isArray(keys) ? keys.filter((key): key is string => typeof key === 'string') : [];
}

function timeOf(ts: JsonValue | undefined): number {
  const tsMs = typeof ts === 'string' && /^-?\d{1,16}$/.test(ts) ? Number(ts) : ts;
  if (typeof tsMs !== 'number' || !Number.isSafeInteger(tsMs)) throw alarmNodeErrors.BODY_UNREADABLE({ type: 'telemetry' });
  return tsMs;
}
