import type { Problem } from '@fieldline/kernel';
import type { JsonObject, JsonValue } from '@fieldline/model';
import { forEachMember, isExactJson, isNumericText, stringAt, typedSpan, valueJsonText, ValueKind } from '@fieldline/model';
import { protocolErrors } from './errors.js';
import type { PayloadJson } from './payload-json.js';
import { refuse } from './payload-json.js';

/** The body of a message: `text` is given only where `data` alone would lose how a number was written. */
export interface Body {
  readonly data: JsonObject;
  readonly text?: string | undefined;
}

/**
 * Makes the message body of an object in a payload, as device-api.md §1 and §2.3 say: null members are
 * dropped, numeric texts become numbers, exponents are written out, numbers beyond 64 bits become texts.
 * An object that needs none of it is passed on as it is.
 *
 * @param span gives the place of the object in the payload's text; asked only where the text is needed
 */
export function readingBody(
  object: JsonObject,
  json: PayloadJson,
  span: () => readonly [from: number, to: number],
  stringLengthMax: number,
): Body | { readonly problem: Problem } {
  let isPlain = json.isExact;
  for (const key in object) {
    const value = object[key] as JsonValue;
    if (typeof value === 'string') {
      if (value.length > stringLengthMax) return refuse(protocolErrors.STRING_TOO_LONG({ lengthMax: stringLengthMax }));
      if (isNumericText(value)) isPlain = false;
    } else if (value === null) isPlain = false;
  }
  if (isPlain) return { data: object };
  const [from, to] = span();
  return isKeptAsWritten(json.text, from) ? { data: object, text: json.text.slice(from, to) } : rewritten(json.text, from);
}

/** True where the text of the object is good as a message body, although its numbers need exact reading. */
function isKeptAsWritten(text: string, from: number): boolean {
  let isKept = true;
  forEachMember(text, from, (_key, start, end) => {
    const first = text.charCodeAt(start);
    if (first === 0x22) isKept &&= !isNumericText(stringAt(text, start, end));
    else if (first === 0x6e) isKept = false;
    else if (first === 0x2d || (first >= 0x30 && first <= 0x39)) isKept &&= isKeptNumber(text.slice(start, end));
  });
  return isKept;
}

function isKeptNumber(literal: string): boolean {
  return !literal.includes('e') && !literal.includes('E') && typedSpan(literal, 0, literal.length)?.kind !== ValueKind.string;
}

function rewritten(text: string, from: number): Body {
  // A map, because of equal keys the last counts and `__proto__` is a key like any other.
  const members = new Map<string, string | undefined>();
  forEachMember(text, from, (key, start, end) => {
    const typed = typedSpan(text, start, end);
    members.set(key, typed === null ? undefined : valueJsonText(typed));
  });
  const parts: string[] = [];
  for (const [key, value] of members) if (value !== undefined) parts.push(`${JSON.stringify(key)}:${value}`);
  const body = `{${parts.join(',')}}`;
  const data = JSON.parse(body) as JsonObject;
  return isExactJson(body) ? { data } : { data, text: body };
}
