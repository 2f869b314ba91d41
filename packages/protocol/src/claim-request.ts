import type { Problem } from '@fieldline/kernel';
import type { JsonValue } from '@fieldline/model';
import { protocolErrors } from './errors.js';
import { CLAIM_BYTES_MAX, CLAIM_DURATION_MAX_MS, CLAIM_SECRET_LENGTH_MAX } from './limits.js';
import { malformed, parsePayload, refuse } from './payload-json.js';
import type { Decoded } from './uplink-decoder.js';

/** What a device says when it may be claimed. */
export interface ClaimRequest {
  /** Empty where the device sent none. */
  readonly secretKey: string;
  /** Absent: as long as the server says. */
  readonly durationMs: number | undefined;
}

/**
 * Decodes a claim payload, `{"secretKey":"…","durationMs":60000}`; both members and the payload itself may be left out
 * (device-api.md §4.8). Problems: PROTOCOL_CLAIM_INVALID and those of every payload. Never throws, whatever the bytes are.
 */
export function decodeClaimRequest(payload: Uint8Array): Decoded<ClaimRequest> {
  if (payload.length === 0) return { secretKey: '', durationMs: undefined };
  const json = parsePayload(payload, CLAIM_BYTES_MAX);
  if ('problem' in json) return json;
  const { value } = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('a claim must be one object');
  const { secretKey = null, durationMs = null } = value as { readonly secretKey?: JsonValue; readonly durationMs?: JsonValue };
  if (secretKey !== null && typeof secretKey !== 'string') return invalid('"secretKey" is no text');
  if (secretKey !== null && secretKey.length > CLAIM_SECRET_LENGTH_MAX) {
    return invalid(`"secretKey" is longer than ${CLAIM_SECRET_LENGTH_MAX} characters`);
  }
  const duration = durationMs === null ? 0 : wholeNumber(durationMs);
  if (duration === undefined) return invalid('"durationMs" is no whole number');
  if (duration > CLAIM_DURATION_MAX_MS) return invalid(`"durationMs" is more than ${CLAIM_DURATION_MAX_MS}`);
  // What is not above zero stands for the server's own duration, as in ThingsBoard.
  return { secretKey: secretKey ?? '', durationMs: duration > 0 ? duration : undefined };
}

/** A whole number, or a text of one. */
function wholeNumber(value: JsonValue): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

function invalid(reason: string): { readonly problem: Problem } {
  return refuse(protocolErrors.CLAIM_INVALID({ reason }));
}
