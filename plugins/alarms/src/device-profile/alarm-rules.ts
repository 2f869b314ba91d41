import { alarmSeverities, z } from '@fieldline/plugin-sdk';

// Alarm rules as a device profile holds them (rule-nodes.md §5.4), as far as they are run. Other members are passed over.

const textOperations = ['EQUAL', 'NOT_EQUAL', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const;
const comparisons = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'] as const;

const dynamicValue = z.object({
  sourceType: z.string().nullish(),
  sourceAttribute: z.string().nullish(),
  inherit: z.boolean().nullish(),
});
export type DynamicValue = z.infer<typeof dynamicValue>;

const valueOf = <T extends z.ZodType>(value: T) => z.object({ defaultValue: value.nullish(), dynamicValue: dynamicValue.nullish() });

const textPredicate = z.object({
  type: z.literal('STRING'),
  operation: z.enum(textOperations),
  ignoreCase: z.boolean().nullish(),
  value: valueOf(z.string()),
});
const numberPredicate = z.object({ type: z.literal('NUMERIC'), operation: z.enum(comparisons), value: valueOf(z.number()) });
const flagPredicate = z.object({ type: z.literal('BOOLEAN'), operation: z.enum(['EQUAL', 'NOT_EQUAL']), value: valueOf(z.boolean()) });

export type TextPredicate = z.infer<typeof textPredicate>;
export type NumberPredicate = z.infer<typeof numberPredicate>;
export type FlagPredicate = z.infer<typeof flagPredicate>;
export interface ComplexPredicate {
  readonly type: 'COMPLEX';
  readonly operation: 'AND' | 'OR';
  readonly predicates: readonly Predicate[];
}
export type Predicate = TextPredicate | NumberPredicate | FlagPredicate | ComplexPredicate;

// The API takes no predicates deeper than a few levels, so this ends.
const predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.discriminatedUnion('type', [
    textPredicate,
    numberPredicate,
    flagPredicate,
    z.object({ type: z.literal('COMPLEX'), operation: z.enum(['AND', 'OR']), predicates: z.array(predicate) }),
  ]),
);

const conditionFilter = z.object({
  key: z.object({ type: z.enum(['TIME_SERIES', 'ATTRIBUTE', 'ENTITY_FIELD', 'CONSTANT']), key: z.string() }),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  predicate,
});
export type ConditionFilter = z.infer<typeof conditionFilter>;

const amount = valueOf(z.number());
const spec = z.discriminatedUnion('type', [
  z.object({ type: z.literal('SIMPLE') }),
  z.object({ type: z.literal('DURATION'), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']), predicate: amount }),
  z.object({ type: z.literal('REPEATING'), predicate: amount }),
]);
export type Spec = z.infer<typeof spec>;

const ofDayMs = z.number();
const scheduleFields = { timezone: z.string().nullish(), dynamicValue: dynamicValue.nullish() };
export const schedule = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ANY_TIME'), ...scheduleFields }),
  z.object({
    type: z.literal('SPECIFIC_TIME'),
    ...scheduleFields,
    daysOfWeek: z.array(z.int()).nullish(),
    startsOn: ofDayMs,
    endsOn: ofDayMs,
  }),
  z.object({
    type: z.literal('CUSTOM'),
    ...scheduleFields,
    items: z.array(z.object({ enabled: z.boolean(), dayOfWeek: z.int(), startsOn: ofDayMs, endsOn: ofDayMs })),
  }),
]);
export type Schedule = z.infer<typeof schedule>;

const alarmRule = z.object({
  condition: z.object({ condition: z.array(conditionFilter), spec: spec.nullish() }),
  schedule: schedule.nullish(),
  alarmDetails: z.string().nullish(),
  dashboardId: z.object({ id: z.string() }).nullish(),
});
export type AlarmRule = z.infer<typeof alarmRule>;

const profileAlarm = z.object({
  id: z.string().nullish(),
  alarmType: z.string().min(1),
  createRules: z.partialRecord(z.enum(alarmSeverities), alarmRule).nullish(),
  clearRule: alarmRule.nullish(),
  propagate: z.boolean().nullish(),
  propagateToOwner: z.boolean().nullish(),
  propagateToTenant: z.boolean().nullish(),
  propagateRelationTypes: z.array(z.string()).nullish(),
});
export type ProfileAlarm = z.infer<typeof profileAlarm>;

/** A device profile as the API gives it. */
export const profileWithAlarms = z.object({
  profileData: z.object({ alarms: z.array(profileAlarm).nullish() }).nullish(),
});
