import type { TopicMapping } from '@fieldline/model';
import { forEachMember, skipSpace } from '@fieldline/model';
import type { PayloadJson } from './payload-json.js';
import { parsePayload } from './payload-json.js';
import { UplinkKind } from './uplink-batch.js';

/** What a topic mapping makes of a message: an uplink of a device. */
export interface MappedUplink {
  readonly deviceName: string;
  readonly kind: UplinkKind;
  readonly payload: Uint8Array;
}

/** Longest name of a device. */
const NAME_LENGTH_MAX = 255;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Whether an MQTT topic filter takes a topic. */
export function isTopicTaken(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [place, level] of wanted.entries()) {
    // MQTT 3.1.1 §4.7.1.2: `a/#` takes `a` too.
    if (level === '#') return true;
    if (place >= levels.length || (level !== '+' && level !== levels[place])) return false;
  }
  return wanted.length === levels.length;
}

/**
 * Reads a message as its mapping says. Numbers keep the form in which they were written. Never throws, whatever the bytes are.
 *
 * @returns the uplink, or why there is none
 */
export function mapMessage(mapping: TopicMapping, topic: string, payload: Uint8Array): MappedUplink | { readonly fault: string } {
  const { device, value, timestampPath, target } = mapping;
  const levels = topic.split('/');
  const needsJson = device.from === 'payload' || timestampPath !== undefined || value.form === 'object';
  const json = needsJson ? parsePayload(payload) : undefined;
  if (json !== undefined && 'problem' in json) return { fault: json.problem.message };
  const deviceName = device.from === 'payload' ? nameAt(json, device.path) : device.from === 'level' ? levels[device.level - 1] : device.name;
  if (deviceName === undefined || deviceName.trim() === '' || deviceName.length > NAME_LENGTH_MAX) return { fault: 'it names no device' };
  const values =
    value.form === 'raw' ? rawValues(payload, value.key.from === 'level' ? levels[value.key.level - 1] : value.key.name) : objectAt(json, value.path);
  if (values === undefined)
    return { fault: value.form === 'raw' ? 'it has no key, or is no text' : `there is no object at ${value.path ?? 'the top'}` };
  const kind = target === 'attributes' ? UplinkKind.attributes : UplinkKind.telemetry;
  if (target === 'attributes' || timestampPath === undefined) return { deviceName, kind, payload: encoder.encode(values) };
  const atMs = timeAt(json, timestampPath);
  if (atMs === undefined) return { fault: `there is no time at ${timestampPath}` };
  return { deviceName, kind, payload: encoder.encode(`{"ts":${atMs},"values":${values}}`) };
}

/** The text of an object in the payload; at the top any form that devices may send. */
function objectAt(json: PayloadJson | undefined, path: string | undefined): string | undefined {
  if (json === undefined || path === undefined) return json?.text;
  const text = textAt(json, path);
  return text?.startsWith('{') === true ? text : undefined;
}

/** `{"key":value}`: a number, boolean, object or array as it stands, everything else as text. */
function rawValues(payload: Uint8Array, key: string | undefined): string | undefined {
  if (key === undefined || key === '') return undefined;
  const json = parsePayload(payload);
  if (!('problem' in json) && json.value !== null) return `{${JSON.stringify(key)}:${json.text.trim()}}`;
  try {
    return `{${JSON.stringify(key)}:${JSON.stringify(decoder.decode(payload))}}`;
  } catch {
    return undefined;
  }
}

/** A text or number of the payload as a name. */
function nameAt(json: PayloadJson | undefined, path: string): string | undefined {
  const text = json && textAt(json, path);
  if (text === undefined) return undefined;
  return text.startsWith('"') ? (JSON.parse(text) as string) : /^-?\d/.test(text) ? text : undefined;
}

function timeAt(json: PayloadJson | undefined, path: string): number | undefined {
  const name = nameAt(json, path);
  if (name === undefined) return undefined;
  const atMs = /^\d+$/.test(name) ? Number(name) : Date.parse(name);
  return Number.isSafeInteger(atMs) ? atMs : undefined;
}

/** The text of a member of the payload, as it was written. */
function textAt({ text, value }: PayloadJson, path: string): string | undefined {
  let at = skipSpace(text, 0);
  let end = text.length;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  for (const name of path.split('.')) {
    if (text[at] !== '{') return undefined;
    let found: readonly [number, number] | undefined;
    forEachMember(text, at, (key, from, to) => {
      if (key === name) found = [from, to];
    });
    if (found === undefined) return undefined;
    [at, end] = found;
  }
  return text.slice(at, end).trim();
}
