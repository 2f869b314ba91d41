import { doubleText, queryKeyTypes, type EntityData, type QueryValue } from '@fieldline/model';
import * as z from 'zod';
import { plainEntityId, wireEntityIdSchema } from './wire-id.js';

const valueSchema = z.strictObject({ ts: z.int().describe('Time of the value.'), value: z.string().describe('The value as text.') });

export const wireLatestSchema = z
  .partialRecord(z.enum(queryKeyTypes), z.record(z.string(), valueSchema))
  .describe('The values asked for, by type of key and key.');
export type WireLatest = z.infer<typeof wireLatestSchema>;

/** An entity of an answer with the values asked for (rest-api.md §23.2). */
export const wireEntityDataSchema = z.strictObject({
  entityId: wireEntityIdSchema.describe('The entity.'),
  latest: wireLatestSchema,
  timeseries: z.strictObject({}).describe('Always empty.'),
  aggLatest: z.strictObject({}).describe('Always empty.'),
});
export type WireEntityData = z.infer<typeof wireEntityDataSchema>;

/** @param nowMs the time of entity fields, which have none of their own */
export function entityDataToWire({ entity, values }: EntityData, nowMs: number): WireEntityData {
  return { entityId: plainEntityId(entity), latest: latestToWire(values, nowMs), timeseries: {}, aggLatest: {} };
}

export function latestToWire(values: readonly QueryValue[], nowMs: number): WireLatest {
  const byType = Map.groupBy(values, ({ key }) => key.type);
  return Object.fromEntries(
    [...byType].map(([type, ofType]) => [
      type,
      Object.fromEntries(ofType.map(({ key, tsMs, text }) => [key.key, { ts: type === 'ENTITY_FIELD' ? nowMs : tsMs, value: queriedText(text) }])),
    ]),
  );
}

/** Text that looks like a number is shown as that number: whole ones as digits, doubles as Java prints them unless that takes an exponent. */
export function queriedText(text: string): string {
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(text) || text.endsWith('.') || /^0(?!\.)/.test(text)) return text;
  if (!text.includes('.')) return BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? BigInt(text).toString() : text;
  const printed = doubleText(Number(text));
  return printed.includes('E') || !Number.isFinite(Number(text)) ? text : printed;
}
