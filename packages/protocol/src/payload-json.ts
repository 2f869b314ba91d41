import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { JsonValue } from '@fieldline/model';
import { isExactJson } from '@fieldline/model';
import { protocolErrors } from './errors.js';
import { JSON_CONTAINERS_MAX, JSON_DEPTH_MAX, PAYLOAD_BYTES_MAX } from './limits.js';

/** A payload as JSON. `isExact` says that `value` alone tells how each number was written. */
export interface PayloadJson {
  readonly text: string;
  readonly value: JsonValue;
  readonly isExact: boolean;
}

/** Reads bytes as JSON, within bounds. Never throws, whatever the bytes are. */
export function parsePayload(payload: Uint8Array, bytesMax = PAYLOAD_BYTES_MAX): PayloadJson | { readonly problem: Problem } {
  if (payload.length === 0) return malformed('it is empty');
  if (payload.length > bytesMax) return refuse(protocolErrors.PAYLOAD_TOO_LARGE({ bytes: payload.length, bytesMax }));
  let text: string;
  try {
    text = decoder.decode(payload);
  } catch {
    return malformed('it is not UTF-8');
  }
  // Each level takes two bytes, so a short payload cannot be too deep.
  if (payload.length > 2 * JSON_DEPTH_MAX) {
    const problem = tooNested(text);
    if (problem !== undefined) return { problem };
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return malformed('it is not JSON');
  }
  return { text, value, isExact: !isSuspect(payload) || isExactJson(text) };
}

/** A refusal for the reason given, as a value. */
export function malformed(reason: string): { readonly problem: Problem } {
  return refuse(protocolErrors.PAYLOAD_MALFORMED({ reason }));
}

/** An error as a value that crosses threads. */
export function refuse(error: Problem): { readonly problem: Problem } {
  return { problem: problemOf(error) };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A quick look at the bytes: false where no number can be written in a way that JSON.parse loses, that is
 * without exponent, without zeros alone behind the point, and with at most 15 digits and point together.
 */
function isSuspect(bytes: Uint8Array): boolean {
  let run = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte > 0x39 || byte < 0x2e || byte === 0x2f) {
      if (run > 0 && (byte | 0x20) === 0x65) return true; // a digit, then e or E
      run = 0;
    } else {
      run += 1;
      if (run > 15) return true;
      if (byte === 0x2e && bytes[at + 1] === 0x30 && isZeroFraction(bytes, at + 2)) return true;
    }
  }
  return false;
}

function isZeroFraction(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (bytes[at] === 0x30) at += 1;
  const next = bytes[at] ?? 0;
  return next < 0x30 || next > 0x39;
}

/** Counts levels and containers in the text, valid JSON or not, before anything is built from it. */
function tooNested(text: string): Problem | undefined {
  let depth = 0;
  let containers = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) inString = !inString;
    else if (inString) at += code === 0x5c ? 1 : 0;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      containers += 1;
      if (depth > JSON_DEPTH_MAX) return problemOf(protocolErrors.PAYLOAD_TOO_DEEP({ depthMax: JSON_DEPTH_MAX }));
      if (containers > JSON_CONTAINERS_MAX) return problemOf(protocolErrors.PAYLOAD_TOO_MANY_PARTS({ partsMax: JSON_CONTAINERS_MAX }));
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return undefined;
}
