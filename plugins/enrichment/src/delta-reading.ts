import {
  bodyObject,
  parseDecimal,
  readingTsMs,
  ValueKind,
  z,
  type DataPoint,
  type EntityId,
  type JsonValue,
  type Message,
  type TimeSeriesService,
} from '@fieldline/plugin-sdk';
import { enrichmentErrors } from './errors.js';

/** A value and its time, as calculate delta remembers it. The key tells whose it is, should the settings change. */
export const reading = z.strictObject({ key: z.string(), tsMs: z.number(), value: z.number() });
export type Reading = z.infer<typeof reading>;

/** The value before, or why there is none to compare with. */
export interface Previous {
  readonly reading?: Reading | undefined;
  readonly problem?: Error;
}

/** Undefined for a message that the node has nothing to do with. */
export function readingOf(message: Message, key: string): Reading | undefined {
  if (message.type !== 'POST_TELEMETRY_REQUEST') return undefined;
  const body = bodyObject(message);
  if (body === undefined || !Object.hasOwn(body, key)) return undefined;
  return { key, tsMs: readingTsMs(message), value: numberOf(body[key]) };
}

function numberOf(value: JsonValue | undefined): number {
  if (typeof value === 'string') return parseDecimal(value) ?? 0;
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : 0;
}

/** The latest stored value. */
export async function storedOf(entity: EntityId, key: string, timeSeries: TimeSeriesService): Promise<Previous> {
  const [point] = await timeSeries.latest(entity, [key]);
  return point === undefined ? {} : fromStored(point);
}

function fromStored({ key, tsMs, kind, value }: DataPoint): Previous {
  if (kind === ValueKind.boolean) return { problem: enrichmentErrors.VALUE_BOOLEAN() };
  if (kind === ValueKind.json) return { problem: enrichmentErrors.VALUE_JSON() };
  const number = typeof value === 'string' ? parseDecimal(value) : Number(value);
  if (number === undefined) return { problem: enrichmentErrors.VALUE_UNPARSABLE({ value: String(value), key }) };
  return { reading: { key, tsMs, value: number } };
}
