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
});
