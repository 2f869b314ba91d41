import type { AlarmInfo, AlarmStatus, JsonObject, JsonValue } from '../api/wire.js';

export const statusNames: Readonly<Record<AlarmStatus, string>> = {
  ACTIVE_UNACK: 'Active',
  ACTIVE_ACK: 'Active, acknowledged',
  CLEARED_UNACK: 'Cleared, not acknowledged',
  CLEARED_ACK: 'Cleared',
};

/** Why and until when an alarm is out of sight; the server keeps it in the details. */
export interface Shelving {
  readonly reason: string;
  readonly sinceTs: number;
  readonly untilTs: number;
  readonly userName: string;
}

/** The shelving that holds now. A cleared alarm has nothing left to hide. */
export function shelvingOf({ details, cleared }: Pick<AlarmInfo, 'details' | 'cleared'>, nowMs: number): Shelving | undefined {
  const shelved = isObject(details) ? details['shelved'] : undefined;
  if (cleared || !isObject(shelved)) return undefined;
  const { untilTs, sinceTs, reason, userName } = shelved;
  if (typeof untilTs !== 'number' || untilTs <= nowMs) return undefined;
  return { untilTs, sinceTs: typeof sinceTs === 'number' ? sinceTs : 0, reason: textOf(reason), userName: textOf(userName) };
}

/** JSON up to this length stands on a line of its own. */
const LINE_CHARACTERS_MAX = 48;

export interface Detail {
  readonly name: string;
  readonly text: string;
  /** Of several lines, to be shown as it stands. */
  readonly isBlock: boolean;
}

/** The details line by line: one level of objects is opened, what lies deeper stays JSON. The shelving is shown elsewhere. */
export function detailsOf(details: unknown): Detail[] {
  if (details === null || details === undefined) return [];
  if (!isObject(details)) return [lineOf('Details', details as JsonValue)];
  return Object.entries(details).flatMap(([key, value]) => {
    if (key === 'shelved') return [];
    if (!isObject(value) || Object.keys(value).length === 0) return [lineOf(key, value)];
    return Object.entries(value).map(([inner, part]) => lineOf(`${key}.${inner}`, part));
  });
}

function lineOf(name: string, value: JsonValue): Detail {
  if (typeof value === 'object' && value !== null) {
    const line = JSON.stringify(value);
    const isBlock = line.length > LINE_CHARACTERS_MAX;
    return { name, text: isBlock ? JSON.stringify(value, null, 2) : line, isBlock };
  }
  const text = typeof value === 'string' ? value : String(value);
  return { name, text: text === '' ? '(empty)' : text, isBlock: text.includes('\n') };
}

/** The name of a person, or the email where there is none. */
export function personName({ firstName, lastName, email }: { firstName?: string | null; lastName?: string | null; email: string | null }): string {
  const name = [firstName, lastName].filter((part) => part !== null && part !== undefined && part !== '').join(' ');
  return name === '' ? (email ?? 'Somebody') : name;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
