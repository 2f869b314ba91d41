import type { Message } from '@fieldline/model';
import {
  type EntityId,
  forEachElement,
  forEachMember,
  forEachTypedValue,
  isExactJson,
  type JsonObject,
  type JsonValue,
  readingTsMs,
  type StoredValue,
  type TenantId,
  TIME_MAX_MS,
  type ValueKind,
} from '@fieldline/model';
import { type CommitUnit, ValueUse } from '@fieldline/ports';
import { telemetryErrors } from '../errors.js';
import { bodyForm, bodyOf } from './body.js';
import { checkValue, type KeyCheck } from './key-check.js';

export interface SaveOptions {
  readonly ttlMs: number;
  readonly useServerTime: boolean;
  readonly nowMs: number;
  readonly uses?: number | undefined;
}

/** Where the points of the message that is being saved go. One object serves all messages: nothing is made per message. */
class PointTarget {
  unit: Pick<CommitUnit, 'point'> | undefined;
  tenantId!: TenantId;
  entity!: EntityId;
  tsMs = 0;
  ttlMs = 0;
  uses: number = ValueUse.all;
  count = 0;
  readonly #keys: KeyCheck;

  constructor(keys: KeyCheck) {
    this.#keys = keys;
  }

  /** First pass: every fault of the body is found before the first point is added. */
  readonly check = (key: string, _kind: ValueKind, value: StoredValue): void => checkValue(this.#keys, key, value);

  readonly refuseNull = (key: string): never => {
    throw telemetryErrors.VALUE_NULL({ key });
  };

  readonly add = (key: string, kind: ValueKind, value: StoredValue): void => {
    this.unit?.point(this.tenantId, this.entity, key, this.tsMs, kind, value, this.ttlMs, this.uses);
    this.count += 1;
  };
}

/**
 * Adds the points of a telemetry message to a unit: `{key: value}`, `{ts, values}`, or an array of these
 * (rule-engine.md §4). Either all of its points are added, or none and an error is thrown.
 */
export class TelemetrySaver {
  readonly #target: PointTarget;

  constructor(keys: KeyCheck) {
    this.#target = new PointTarget(keys);
  }

  /** @returns the number of points added */
  save(unit: Pick<CommitUnit, 'point'>, message: Message, options: SaveOptions): number {
    const target = this.#target;
    target.unit = unit;
    target.tenantId = message.tenantId;
    target.entity = message.originator;
    target.ttlMs = options.ttlMs;
    target.uses = options.uses ?? ValueUse.all;
    target.count = 0;
    const defaultTsMs = options.useServerTime ? options.nowMs : readingTsMs(message);
    const body = bodyOf(message);
    if (typeof body === 'object' && body !== null && !Array.isArray(body) && !isTimed(body as JsonObject)) {
      forEachTypedValue(message, target.check, target.refuseNull);
      target.tsMs = defaultTsMs;
      forEachTypedValue(message, target.add);
      return target.count;
    }
    this.#saveElements(message, body, defaultTsMs);
    return target.count;
  }

  #saveElements(message: Message, body: JsonValue | undefined, defaultTsMs: number): void {
    const elements = elementsOf(message, body);
    for (const element of elements) forEachTypedValue(element.values, this.#target.check, this.#target.refuseNull);
    for (const element of elements) {
      this.#target.tsMs = element.tsMs ?? defaultTsMs;
      forEachTypedValue(element.values, this.#target.add);
    }
  }
}

interface Element {
  readonly tsMs: number | undefined;
  /** A message whose body is the flat object of values. */
  readonly values: Message;
}

function isTimed(body: JsonObject): boolean {
  return 'ts' in body && 'values' in body;
}

/** The timed objects of a body, each with the exact text of its values where a number needs it. */
function elementsOf(message: Message, body: JsonValue | undefined): readonly Element[] {
  if (Array.isArray(body)) {
    const texts = textsOfElements(message);
    return body.map((element: JsonValue, i) => elementOf(message, element, texts?.[i]));
  }
  return [elementOf(message, body, exactTextOf(message))];
}

function elementOf(message: Message, element: JsonValue | undefined, text: string | undefined): Element {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) throw telemetryErrors.BODY_INVALID({ found: bodyForm(element) });
  const object = element as JsonObject;
  if (!isTimed(object)) return { tsMs: undefined, values: message.with({ data: object, text }) };
  const values = object['values'];
  const tsMs = wholeNumber(object['ts']);
  if (typeof values !== 'object' || values === null || Array.isArray(values) || tsMs === undefined) {
    throw telemetryErrors.BODY_INVALID({ found: 'an object whose "ts" is no time or whose "values" is no object' });
  }
  return { tsMs, values: message.with({ data: values, text: text === undefined ? undefined : memberText(text, 'values') }) };
}

/** `ts` as ThingsBoard reads it: a whole number, or text of one; one that is no date is none. */
function wholeNumber(value: JsonValue | undefined): number | undefined {
  const ts = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof ts === 'number' && Number.isInteger(ts) && Math.abs(ts) <= TIME_MAX_MS ? ts : undefined;
}

/** The given text of a body where `data` alone would lose how its numbers were written. */
function exactTextOf(message: Message): string | undefined {
  const text = message.originalText;
  return text === undefined || isExactJson(text) ? undefined : text;
}

function textsOfElements(message: Message): readonly string[] | undefined {
  const text = exactTextOf(message);
  if (text === undefined) return undefined;
  const texts: string[] = [];
  forEachElement(text, 0, (from, to) => texts.push(text.slice(from, to)));
  return texts;
}

function memberText(text: string, name: string): string | undefined {
  let found: string | undefined;
  forEachMember(text, 0, (key, from, to) => {
    if (key === name) found = text.slice(from, to);
  });
  return found;
}
