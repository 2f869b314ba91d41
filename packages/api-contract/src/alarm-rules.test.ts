// Goal: alarm rules that the node could not run are refused, everything else is kept. Method: the rule of rest-api.md §10.1, changed place by place.
import { expect, test } from 'vitest';
import { alarmRulesSchema } from './alarm-rules.js';

const value = { defaultValue: 30, userValue: null, dynamicValue: { sourceType: 'CURRENT_DEVICE', sourceAttribute: 'threshold', inherit: false } };
const filter = {
  key: { type: 'TIME_SERIES', key: 'temperature' },
  valueType: 'NUMERIC',
  value: null,
  predicate: { type: 'NUMERIC', operation: 'GREATER', value },
};
const rule = {
  condition: {
    condition: [filter],
    spec: { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 30, userValue: null, dynamicValue: null } },
  },
  schedule: { type: 'SPECIFIC_TIME', timezone: 'Europe/Kyiv', daysOfWeek: [1, 2], startsOn: 0, endsOn: 0, dynamicValue: null },
  alarmDetails: 't=${temperature}',
  dashboardId: null,
};
const alarm = {
  id: 'highTemp',
  alarmType: 'High Temperature',
  createRules: { CRITICAL: rule },
  clearRule: { ...rule, condition: { condition: [], spec: { type: 'SIMPLE' } }, schedule: null },
  ...{ propagate: false, propagateToOwner: false, propagateToTenant: false, propagateRelationTypes: null },
};

test('the rule of the reference is kept as it came, with members that nobody knows', () => {
  const alarms = [{ ...alarm, somethingNew: { a: 1 } }];
  expect(alarmRulesSchema.parse(alarms)).toEqual(alarms);
  const nested = { type: 'COMPLEX', operation: 'OR', predicates: [filter.predicate, { type: 'COMPLEX', operation: 'AND', predicates: [] }] };
  const complex = [{ ...alarm, createRules: { MINOR: { ...rule, condition: { condition: [{ ...filter, predicate: nested }] } } } }];
  expect(alarmRulesSchema.parse(complex)).toEqual(complex);
});

const withFilter = (changed: object) => [{ ...alarm, createRules: { CRITICAL: { ...rule, condition: { condition: [{ ...filter, ...changed }] } } } }];
const withRule = (changed: object) => [{ ...alarm, clearRule: { ...rule, ...changed } }];
const deep = (levels: number): object => (levels === 0 ? filter.predicate : { type: 'COMPLEX', operation: 'AND', predicates: [deep(levels - 1)] });

test.each([
  { why: 'no alarm type', alarms: [{ ...alarm, alarmType: null }], message: 'Alarm rule type should be specified!' },
  { why: 'a blank alarm type', alarms: [{ ...alarm, alarmType: ' ' }], message: 'Alarm rule type should be specified!' },
  { why: 'an alarm type twice', alarms: [alarm, alarm], message: `Can't create device profile with the same alarm rule types: "High Temperature"!` },
  { why: 'an unknown severity', alarms: [{ ...alarm, createRules: { FATAL: rule } }] },
  { why: 'an unknown key type', alarms: withFilter({ key: { type: 'WEATHER', key: 'x' } }) },
  { why: 'an unknown operation', alarms: withFilter({ predicate: { type: 'NUMERIC', operation: 'STARTS_WITH', value } }) },
  { why: 'a value of another type', alarms: withFilter({ predicate: { type: 'BOOLEAN', operation: 'EQUAL', value } }) },
  { why: 'predicates too deep', alarms: withFilter({ predicate: deep(6) }) },
  { why: 'a duration without unit', alarms: withRule({ condition: { condition: [], spec: { type: 'DURATION', predicate: value } } }) },
  { why: 'an eighth day', alarms: withRule({ schedule: { type: 'SPECIFIC_TIME', daysOfWeek: [8], startsOn: 0, endsOn: 0 } }) },
  { why: 'a time beyond the day', alarms: withRule({ schedule: { type: 'SPECIFIC_TIME', daysOfWeek: [1], startsOn: 0, endsOn: 86_400_001 } }) },
  { why: 'an unknown schedule', alarms: withRule({ schedule: { type: 'SOMETIMES' } }) },
])('$why is refused', ({ alarms, message }) => {
  const { error } = alarmRulesSchema.safeParse(alarms);
  expect(error).toBeDefined();
  if (message !== undefined) expect(error?.issues.map((issue) => issue.message)).toContain(message);
});
