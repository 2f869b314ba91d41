import { alarmSearchStatuses, alarmSeverities } from '@fieldline/model';
import * as z from 'zod';
import { alarmParametersSchema } from './alarm.js';
import { idOf } from './device.js';
import { customerOf, idReferenceSchema, wireEntityIdSchema } from './wire-id.js';

const flag = (what: string) => z.boolean().nullish().describe(what);
const instant = (what: string) => z.int().min(0).nullish().describe(what);

/** Body of `POST /api/alarm` (rest-api.md §17.3): without `id` it creates the alarm or updates the active one of the same originator and type. */
export const alarmSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Alarm to change.'),
  type: z
    .string('must not be blank')
    .max(255, 'length must be equal or less than 255')
    .refine((text) => text.trim() !== '', 'must not be blank')
    .describe('What is wrong.'),
  originator: wireEntityIdSchema.loose().describe('Entity the alarm is about.'),
  customerId: idReferenceSchema.nullish().describe('Customer of the originator; any other is refused.'),
  severity: z.enum(alarmSeverities, 'must not be null').describe('How bad it is.'),
  acknowledged: flag('True acknowledges it; false changes nothing.'),
  cleared: flag('True clears it; false changes nothing.'),
  assigneeId: idReferenceSchema.nullish().describe('Who takes care of it; absent takes the assignee away.'),
  startTs: instant('Time of the first reading that raised it; absent means now.'),
  endTs: instant('Time of the last reading that confirmed it; absent means the start.'),
  ackTs: instant('When it was acknowledged; absent means now.'),
  clearTs: instant('When it was cleared; absent means now.'),
  details: z.json().optional().describe('Whatever the operator should know.'),
  propagate: flag('Show it at entities related to the originator.'),
  propagateToOwner: flag('Show it at the owner of the originator.'),
  propagateToTenant: flag('Show it at the tenant.'),
  propagateRelationTypes: z.array(z.string().max(255)).max(100).nullish().describe('Entity relations to follow; empty means all.'),
});
export type AlarmSave = z.output<typeof alarmSaveSchema>;

/** What a request says about an alarm. */
export function alarmDraftOf(save: AlarmSave) {
  return {
    id: idOf(save.id),
    type: save.type.trim(),
    originator: { entityType: save.originator.entityType, id: save.originator.id },
    customerId: customerOf(save.customerId),
    severity: save.severity,
    isAcknowledged: save.acknowledged === true,
    isCleared: save.cleared === true,
    assigneeId: idOf(save.assigneeId),
    startMs: save.startTs ?? 0,
    endMs: save.endTs ?? 0,
    acknowledgedAtMs: (save.ackTs ?? 0) === 0 ? undefined : (save.ackTs ?? undefined),
    clearedAtMs: (save.clearTs ?? 0) === 0 ? undefined : (save.clearTs ?? undefined),
    details: save.details ?? null,
    propagate: save.propagate === true,
    propagateToOwner: save.propagateToOwner === true,
    propagateToTenant: save.propagateToTenant === true,
    propagateRelationTypes: save.propagateRelationTypes ?? [],
  };
}

/** Our addition: takes an alarm out of sight for a while. */
export const alarmShelveSchema = z.object({
  reason: z
    .string('must not be blank')
    .max(1_000, 'length must be equal or less than 1000')
    .refine((text) => text.trim() !== '', 'must not be blank')
    .describe('Why nobody needs to see it.'),
  untilTs: z.int().describe('When it comes back by itself, in milliseconds since 1970; at most 30 days ahead.'),
});

/** A list of words: separated by commas, or the parameter repeated. */
function words<const W extends string>(all: readonly W[]) {
  return z
    .union([z.string(), z.array(z.string()).max(1_000)])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .filter((text) => text !== ''),
    )
    .pipe(z.array(z.enum(all)))
    .optional();
}

/** Query parameters of the second version of alarm lists. */
export const alarmListParametersSchema = z.object({
  ...alarmParametersSchema.omit({ searchStatus: true, status: true }).shape,
  statusList: words(alarmSearchStatuses).describe('Parts of the status; see the reference for how they combine.'),
  severityList: words(alarmSeverities).describe('Any of these severities.'),
  typeList: z
    .union([z.string(), z.array(z.string()).max(1_000)])
    .transform((given) => (typeof given === 'string' ? given.split(',') : given).filter((text) => text !== ''))
    .optional()
    .describe('Any of these types, separated by commas; where the parameter is repeated, each is one type, commas included.'),
});
export type AlarmListParameters = z.output<typeof alarmListParametersSchema>;
