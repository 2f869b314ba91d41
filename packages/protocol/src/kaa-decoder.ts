import type { JsonValue } from '@fieldline/model';
import { PLAIN_BYTES_MAX, PLAIN_UNIT_LENGTH_MAX, READINGS_PER_PAYLOAD_MAX } from './limits.js';
import { protocolErrors } from './errors.js';
import { malformed, parsePayload, refuse } from './payload-json.js';
import type { Decoded, DecodeOptions } from './uplink-decoder.js';

/** The data samples of one 1/KP payload, in order; each may be any JSON value. */
export interface Samples {
  readonly samples: readonly JsonValue[];
}

/**
 * Decodes the payload of a 2/DCP `json` resource (kaa.md §4.1): an array is a batch of samples, anything
 * else is one sample. Problems: PROTOCOL_PAYLOAD_MALFORMED, _TOO_LARGE, _TOO_DEEP, _TOO_MANY_PARTS.
 */
export function decodeKaaJson(payload: Uint8Array, options: DecodeOptions = {}): Decoded<Samples> {
  const json = parsePayload(payload, options.payloadBytesMax);
  if ('problem' in json) return json;
  if (!Array.isArray(json.value)) return { samples: [json.value] };
  const samples = json.value as readonly JsonValue[];
  if (samples.length > READINGS_PER_PAYLOAD_MAX) {
    return refuse(protocolErrors.PAYLOAD_TOO_MANY_PARTS({ partsMax: READINGS_PER_PAYLOAD_MAX }));
  }
  return { samples };
}

/**
 * Decodes 2/DCP plain data (kaa.md §4.2): a number, or a number directly followed by a unit, gives the sample
 * `{"<metric>-value": 47, "<metric>-unit": "%"}`. Problems: PROTOCOL_PAYLOAD_MALFORMED, _TOO_LARGE.
 *
 * @param metric last level of the resource path `plain/<metric>`
 */
export function decodeKaaPlain(metric: string, payload: Uint8Array, options: DecodeOptions = {}): Decoded<Samples> {
  const bytesMax = options.payloadBytesMax ?? PLAIN_BYTES_MAX;
  if (payload.length > bytesMax) return refuse(protocolErrors.PAYLOAD_TOO_LARGE({ bytes: payload.length, bytesMax }));
  if (metric === '' || metric.includes('/')) return malformed('the path names no metric');
  let text: string;
  try {
    text = decoder.decode(payload).trim();
  } catch {
    return malformed('it is not UTF-8');
  }
  const parts = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(.*)$/u.exec(text);
  const number = Number(parts?.[1]);
  const unit = parts?.[2] ?? '';
  if (!Number.isFinite(number)) return malformed('it is not a number followed by a unit');
  if (unit.length > PLAIN_UNIT_LENGTH_MAX) return malformed('the unit is too long');
  return { samples: [{ [`${metric}-value`]: number, [`${metric}-unit`]: unit === '' ? 'number' : unit }] };
}

const decoder = new TextDecoder('utf-8', { fatal: true });
