import { TELEMETRY_TTL_DAYS_MAX } from '@fieldline/model';
import * as z from 'zod';

// How long a profile lets the points of its entities be kept. The field is ours: answers have it only where it is set, and a
// request without it leaves what is stored, so that a ThingsBoard client takes nothing away.

const outOfBounds = `telemetryTtlDays must be a whole number from 0 to ${TELEMETRY_TTL_DAYS_MAX}`;

/** The field in an answer. */
export const wireTelemetryTtlDaysSchema = z
  .int()
  .optional()
  .describe('Days that points are kept whose message does not say it; absent means as long as the tenant profile says.');

/** The field in a request. */
export const saveTelemetryTtlDaysSchema = z
  .int(outOfBounds)
  .min(0, outOfBounds)
  .max(TELEMETRY_TTL_DAYS_MAX, outOfBounds)
  .nullish()
  .describe('Days that points are kept whose message does not say it; 0 or null means as long as the tenant profile says, absent changes nothing.');

/** The field as an answer has it. */
export function telemetryTtlDaysToWire({ telemetryTtlDays }: { readonly telemetryTtlDays?: number | undefined }): { telemetryTtlDays?: number } {
  return telemetryTtlDays === undefined ? {} : { telemetryTtlDays };
}

/** What a request says: undefined leaves what is stored, 0 takes it away. */
export function telemetryTtlDaysOf(save: { readonly telemetryTtlDays?: number | null | undefined }): number | undefined {
  return save.telemetryTtlDays === null ? 0 : save.telemetryTtlDays;
}
