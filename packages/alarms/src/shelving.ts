import type { Alarm, JsonObject, JsonValue } from '@fieldline/model';
import type { CommandContext } from '@fieldline/ports';
import { alarmErrors } from './errors.js';
import { SHELVE_DAYS_MAX, SHELVE_MS_MAX } from './limits.js';

// Shelving takes a known nuisance out of sight until an instant. It is our addition: it stands in the details of the
// alarm, so clients of the compatible API meet nothing they do not know.

/** The member of the details that says so. */
export interface Shelving {
  readonly reason: string;
  readonly sinceTs: number;
  readonly untilTs: number;
  readonly userId: string;
  readonly userName: string;
}

/** The shelving that holds now; undefined where there is none or its time is over. */
export function shelvingOf(details: JsonValue, nowMs: number): Shelving | undefined {
  const shelved = isObject(details) ? details['shelved'] : undefined;
  if (shelved === undefined || !isObject(shelved)) return undefined;
  const { untilTs } = shelved;
  return typeof untilTs === 'number' && untilTs > nowMs ? (shelved as unknown as Shelving) : undefined;
}

/** @throws ALARM_SHELVE_UNTIL, ALARM_SHELVE_CLEARED, ALARM_SHELVE_DETAILS */
export function shelved(alarm: Alarm, shelve: { readonly reason: string; readonly untilMs: number }, context: CommandContext, nowMs: number): Alarm {
  if (alarm.clearedAtMs !== undefined) throw alarmErrors.SHELVE_CLEARED();
  if (!(shelve.untilMs > nowMs && shelve.untilMs <= nowMs + SHELVE_MS_MAX)) throw alarmErrors.SHELVE_UNTIL({ daysMax: SHELVE_DAYS_MAX });
  if (alarm.details !== null && !isObject(alarm.details)) throw alarmErrors.SHELVE_DETAILS();
  const { id: userId, email: userName } = context.user;
  const shelving = { reason: shelve.reason, sinceTs: nowMs, untilTs: shelve.untilMs, userId, userName };
  return { ...alarm, details: { ...alarm.details, shelved: shelving } };
}

/** @throws ALARM_NOT_SHELVED */
export function unshelved(alarm: Alarm, nowMs: number): Alarm {
  if (shelvingOf(alarm.details, nowMs) === undefined) throw alarmErrors.NOT_SHELVED();
  const { shelved: _, ...details } = alarm.details as JsonObject;
  return { ...alarm, details };
}

/** New details of an alarm, with the shelving of the old ones as long as it holds: a new reading does not bring a nuisance back. */
export function keepShelving(before: JsonValue, after: JsonValue, nowMs: number): JsonValue {
  const shelving = shelvingOf(before, nowMs);
  if (shelving === undefined || (after !== null && !isObject(after))) return after;
  return { ...after, shelved: shelving as unknown as JsonObject };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
