import { alarmSeverities } from '@fieldline/model';
import * as z from 'zod';

// Classic alarm rules of a device profile (`profileData.alarms`, rest-api.md §10.1), as far as the node that runs them
// must be able to read them. Members that are not named here are kept.

const comparisons = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'] as const;
const textOperations = ['EQUAL', 'NOT_EQUAL', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const;
const sources = ['CURRENT_TENANT', 'CURRENT_CUSTOMER', 'CURRENT_USER', 'CURRENT_DEVICE'] as const;

const dynamicValue = z.looseObject({
  sourceType: z.enum(sources).nullish().describe('Whose attribute it is.'),
  sourceAttribute: z.string().max(255).nullish().describe('Server attribute that holds the value.'),
  inherit: z.boolean().nullish().describe('Whether the owner is asked where the source has none.'),
});

function valueOf<T extends z.ZodType>(value: T) {
  return z.looseObject({
    defaultValue: value.describe('Value where nothing else is set.'),
    userValue: value.nullish().describe('Value that somebody set by hand.'),
    dynamicValue: dynamicValue.nullish().describe('Attribute that holds the value.'),
  });
}

const simplePredicates = [
  z.looseObject({
    type: z.literal('STRING').describe('On a text.'),
    operation: z.enum(textOperations).describe('Comparison.'),
    value: valueOf(z.string().max(10_000)).describe('What it is compared with.'),
    ignoreCase: z.boolean().nullish().describe('Whether upper and lower case are the same.'),
  }),
  z.looseObject({
    type: z.literal('NUMERIC').describe('On a number or a time.'),
    operation: z.enum(comparisons).describe('Comparison.'),
    value: valueOf(z.number()).describe('What it is compared with.'),
  }),
  z.looseObject({
    type: z.literal('BOOLEAN').describe('On true or false.'),
    operation: z.enum(['EQUAL', 'NOT_EQUAL']).describe('Comparison.'),
    value: valueOf(z.boolean()).describe('What it is compared with.'),
  }),
] as const;

/** Predicates inside predicates: more than anybody can still read. */
const PREDICATE_LEVELS_MAX = 5;

/** Bounded by construction: each level only holds the ones below it. */
function predicateOf(levels: number): z.ZodType {
  if (levels === 0) return z.discriminatedUnion('type', simplePredicates);
  const inner = predicateOf(levels - 1);
  const complex = z.looseObject({
    type: z.literal('COMPLEX').describe('Several at once.'),
    operation: z.enum(['AND', 'OR']).describe('How they are joined.'),
    predicates: z.array(inner).max(100).describe('The parts.'),
  });
  return z.discriminatedUnion('type', [...simplePredicates, complex]);
}

const conditionFilter = z.looseObject({
  key: z
    .looseObject({
      type: z.enum(['ATTRIBUTE', 'TIME_SERIES', 'ENTITY_FIELD', 'CONSTANT']).describe('Where the value comes from.'),
      key: z.string().max(255).describe('Its name.'),
    })
    .describe('What is looked at.'),
  valueType: z.enum(['STRING', 'NUMERIC', 'BOOLEAN', 'DATE_TIME']).describe('Type of the value.'),
  value: z
    .union([z.string().max(10_000), z.number(), z.boolean()])
    .nullish()
    .describe('The constant itself.'),
  predicate: predicateOf(PREDICATE_LEVELS_MAX).describe('Condition on the value.'),
});

const spec = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('SIMPLE').describe('At once.') }),
  z.looseObject({
    type: z.literal('DURATION').describe('When it holds for some time.'),
    unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']).describe('Unit of that time.'),
    predicate: valueOf(z.number().min(0)).describe('How long.'),
  }),
  z.looseObject({
    type: z.literal('REPEATING').describe('When it holds some times in a row.'),
    predicate: valueOf(z.int().min(0)).describe('How often.'),
  }),
]);

const weekday = z.int().min(1).max(7);
const ofDay = z.int().min(0).max(86_400_000);
const timeZone = z.string().max(64).nullish().describe('IANA name of the time zone.');
const schedule = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('ANY_TIME').describe('Always.') }),
  z.looseObject({
    type: z.literal('SPECIFIC_TIME').describe('At one time of day.'),
    timezone: timeZone,
    daysOfWeek: z.array(weekday).max(7).nullish().describe('1 is Monday.'),
    startsOn: ofDay.describe('Milliseconds of the day.'),
    endsOn: ofDay.describe('Milliseconds of the day.'),
  }),
  z.looseObject({
    type: z.literal('CUSTOM').describe('At other times each day.'),
    timezone: timeZone,
    items: z
      .array(
        z.looseObject({
          enabled: z.boolean().describe('Whether the rule holds on that day.'),
          dayOfWeek: weekday.describe('1 is Monday.'),
          startsOn: ofDay.describe('Milliseconds of the day.'),
          endsOn: ofDay.describe('Milliseconds of the day.'),
        }),
      )
      .max(7)
      .describe('One a day.'),
  }),
]);

const alarmRule = z.looseObject({
  condition: z
    .looseObject({
      condition: z.array(conditionFilter).max(100).describe('All of them must hold.'),
      spec: spec.nullish().describe('When that makes an alarm.'),
    })
    .describe('When the alarm begins or ends.'),
  schedule: schedule.nullish().describe('When the rule holds.'),
  alarmDetails: z.string().max(10_000).nullish().describe('Text for the alarm, with `${key}`.'),
  dashboardId: z
    .looseObject({ id: z.string().max(64) })
    .nullish()
    .describe('Dashboard for mobile clients.'),
});

const deviceProfileAlarm = z.looseObject({
  id: z.string().max(255).nullish().describe('Chosen by the client.'),
  alarmType: z
    .string()
    .nullish()
    .transform((text) => text ?? '')
    .pipe(z.string().trim().min(1, 'Alarm rule type should be specified!').max(255)),
  createRules: z.partialRecord(z.enum(alarmSeverities), alarmRule).nullish().describe('Rules by severity, the most severe first.'),
  clearRule: alarmRule.nullish().describe('When the alarm ends.'),
  propagate: z.boolean().nullish().describe('To related entities.'),
  propagateToOwner: z.boolean().nullish().describe('To the customer or tenant that owns the device.'),
  propagateToTenant: z.boolean().nullish().describe('To the tenant.'),
  propagateRelationTypes: z.array(z.string().max(255)).max(100).nullish().describe('Only along these relations.'),
});

/** The alarm rules of a profile: each alarm type once. */
export const alarmRulesSchema = z
  .array(deviceProfileAlarm)
  .max(1_000)
  .superRefine((alarms, context) => {
    const types = alarms.map(({ alarmType }) => alarmType);
    const twice = types.find((type, place) => types.indexOf(type) !== place);
    if (twice === undefined) return;
    context.addIssue({ code: 'custom', message: `Can't create device profile with the same alarm rule types: "${twice}"!` });
  });
