import type { Problem } from '@fieldline/kernel';
import type { JsonObject, JsonValue, Reading } from '@fieldline/model';
import { forEachElement, forEachMember, skipSpace, TIME_MAX_MS } from '@fieldline/model';
import { protocolErrors } from './errors.js';
import { FUTURE_MAX_MS, READINGS_PER_PAYLOAD_MAX } from './limits.js';
import type { PayloadJson } from './payload-json.js';
import { malformed, parsePayload, refuse } from './payload-json.js';
import type { Body } from './reading-body.js';
import { readingBody } from './reading-body.js';

/** Bounds of a payload; each has a default. */
export interface DecodeOptions {
  /** Bytes of the payload. */
  readonly payloadBytesMax?: number | undefined;
  /** Characters of one text value; unlimited by default, because the payload is not. */
  readonly stringLengthMax?: number | undefined;
  /** How far ahead of `receivedAtMs` a reading may be. */
  readonly futureMaxMs?: number | undefined;
}

/** What a payload says, or why it is refused as a whole. */
export type Decoded<T> = T | { readonly problem: Problem };

/**
 * Decodes a telemetry payload in any form of device-api.md §2.1: an object, `{ts, values}`, or an array of
 * them. One reading for each element, in order; an element without values gives none. Nothing is taken from
 * a payload with one bad element.
 *
 * Problems: PROTOCOL_PAYLOAD_MALFORMED, _TOO_LARGE, _TOO_DEEP, _TOO_MANY_PARTS, PROTOCOL_STRING_TOO_LONG,
 * PROTOCOL_TIMESTAMP_INVALID, PROTOCOL_TIMESTAMP_TOO_FAR_AHEAD. Never throws, whatever the bytes are.
 */
export function decodeTelemetry(
  payload: Uint8Array,
  receivedAtMs: number,
  options: DecodeOptions = {},
): Decoded<{ readonly readings: readonly Reading[] }> {
  const json = parsePayload(payload, options.payloadBytesMax);
  if ('problem' in json) return json;
  const { value } = json;
  if (isObject(value)) {
    const reading = decodeElement(value, json, () => [skipSpace(json.text, 0), json.text.trimEnd().length], receivedAtMs, options);
    if ('problem' in reading) return reading;
    return { readings: hasValues(reading.data) ? [reading] : [] };
  }
  if (!Array.isArray(value)) return malformed('it is neither an object nor an array');
  return decodeArray(value as readonly JsonValue[], json, receivedAtMs, options);
}

/**
 * Decodes client attributes: one flat object (device-api.md §2.2), values as in telemetry. Problems as
 * `decodeTelemetry`, without those of times.
 */
export function decodeAttributes(payload: Uint8Array, options: DecodeOptions = {}): Decoded<Body> {
  const json = parsePayload(payload, options.payloadBytesMax);
  if ('problem' in json) return json;
  if (!isObject(json.value)) return malformed('attributes must be one object');
  return readingBody(json.value, json, () => [skipSpace(json.text, 0), json.text.trimEnd().length], options.stringLengthMax ?? Infinity);
}

type Span = () => readonly [from: number, to: number];

function decodeArray(
  elements: readonly JsonValue[],
  json: PayloadJson,
  receivedAtMs: number,
  options: DecodeOptions,
): Decoded<{ readonly readings: readonly Reading[] }> {
  if (elements.length > READINGS_PER_PAYLOAD_MAX) {
    return refuse(protocolErrors.PAYLOAD_TOO_MANY_PARTS({ partsMax: READINGS_PER_PAYLOAD_MAX }));
  }
  let spans: (readonly [number, number])[] | undefined;
  const spanOf = (index: number): readonly [number, number] => {
    if (spans === undefined) {
      const found: (readonly [number, number])[] = [];
      forEachElement(json.text, 0, (from, to) => found.push([from, to]));
      spans = found;
    }
    return spans[index] ?? [0, 0];
  };
  const readings: Reading[] = [];
  for (const [index, element] of elements.entries()) {
    if (!isObject(element)) return malformed('each element of the array must be an object');
    const reading = decodeElement(element, json, () => spanOf(index), receivedAtMs, options);
    if ('problem' in reading) return reading;
    if (hasValues(reading.data)) readings.push(reading);
  }
  return { readings };
}

function decodeElement(element: JsonObject, json: PayloadJson, span: Span, receivedAtMs: number, options: DecodeOptions): Decoded<Reading> {
  const stringLengthMax = options.stringLengthMax ?? Infinity;
  // Only both members together make a timestamped element (device-api.md §2.1, rule 1).
  if (element['ts'] === undefined || element['values'] === undefined) {
    const body = readingBody(element, json, span, stringLengthMax);
    return 'problem' in body ? body : { tsMs: receivedAtMs, hasOwnTs: false, data: body.data, text: body.text };
  }
  const values = element['values'];
  if (!isObject(values)) return malformed('"values" must be an object');
  const tsMs = timeOf(element['ts']);
  if (tsMs === undefined) return refuse(protocolErrors.TIMESTAMP_INVALID());
  const futureMaxMs = options.futureMaxMs ?? FUTURE_MAX_MS;
  if (tsMs - receivedAtMs > futureMaxMs) {
    return refuse(protocolErrors.TIMESTAMP_TOO_FAR_AHEAD({ aheadMs: tsMs - receivedAtMs, futureMaxMs }));
  }
  const body = readingBody(values, json, () => memberSpan(json.text, span()[0], 'values'), stringLengthMax);
  return 'problem' in body ? body : { tsMs, hasOwnTs: true, data: body.data, text: body.text };
}

/** A time as a number or a text of digits; a fraction of a millisecond is cut. */
function timeOf(ts: JsonValue): number | undefined {
  const isReadable = typeof ts === 'number' || (typeof ts === 'string' && /^[+-]?\d{1,16}$/.test(ts));
  if (!isReadable) return undefined;
  const tsMs = Math.trunc(Number(ts)) + 0;
  return Math.abs(tsMs) <= TIME_MAX_MS ? tsMs : undefined;
}

function memberSpan(text: string, at: number, name: string): readonly [number, number] {
  let span: readonly [number, number] = [at, at];
  forEachMember(text, at, (key, from, to) => {
    if (key === name) span = [from, to];
  });
  return span;
}

function hasValues(data: JsonObject): boolean {
  for (const key in data) return key !== undefined;
  return false;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
