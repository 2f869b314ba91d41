import { defineErrors } from '@fieldline/plugin-sdk';

export const alarmNodeErrors = defineErrors('ALARM_NODE', {
  SEVERITY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { severity: string }) => `Used incorrect pattern or Alarm Severity not included in message: "${d.severity}".`,
    remedy: 'Use CRITICAL, MAJOR, MINOR, WARNING or INDETERMINATE, or a template that gives one of them.',
  },
  BODY_NOT_ALARM: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { issues: string }) => `The body of the message is not an alarm: ${d.issues}.`,
    remedy: 'Send an alarm with at least type and severity, or switch "Use message alarm data" off.',
  },
  RULES_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { issues: string }) => `The alarm rules of the device profile cannot be read: ${d.issues}.`,
    remedy: 'Save the device profile again, and change the alarm rules that are named.',
  },
  BODY_UNREADABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string }) => `The body of the message ${d.type} holds no values that alarm rules could be looked up by.`,
    remedy: 'Send an object of values, {"ts", "values"}, or a list of these.',
  },
  AMOUNT_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string; value: string }) => `The attribute "${d.key}" is "${d.value}", which is no whole number.`,
    remedy: 'Write a whole number to the attribute from which an alarm rule takes how long, or how often, its condition must hold.',
  },
  TIME_ZONE_UNKNOWN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { timeZone: string }) => `There is no time zone "${d.timeZone}", which the schedule of an alarm rule names.`,
    remedy: 'Use a name of the IANA database in the alarm rule, such as Europe/Berlin.',
  },
});
