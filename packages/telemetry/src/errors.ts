import { defineErrors } from '@fieldline/kernel';

/** Every error of this package. */
export const telemetryErrors = defineErrors('TELEMETRY', {
  BODY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { found: string }) => `The message body is ${d.found}, not an object of values.`,
    remedy: 'Send {"key": value}, {"ts": ms, "values": {…}} or an array of these.',
  },
  VALUE_NULL: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The value of "${d.key}" is null.`,
    remedy: 'Remove keys without a value before the save node.',
  },
  VALUE_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { key: string; charactersMax: number }) => `The value of "${d.key}" is longer than ${d.charactersMax} characters.`,
    remedy: 'Store large documents elsewhere and send a reference.',
  },
  VALUE_MARKUP: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The value of "${d.key}" contains markup.`,
    remedy: 'Send plain text, without HTML tags and template expressions.',
  },
  KEY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string; reason: string }) => `The key "${d.key}" ${d.reason}.`,
    remedy: 'Use a key of 1 to 255 characters without angle brackets.',
  },
  SESSION_UNKNOWN: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The reading belongs to a device session that has ended.',
    remedy: 'Connect again and send it again.',
  },
  CLAIM_ASSIGNED: {
    kind: 'forbidden',
    retry: 'never',
    message: 'The device belongs to a customer already.',
    remedy: 'Take it back from its customer first; then it may be claimed again.',
  },
  CLAIM_NOT_ALLOWED: {
    kind: 'forbidden',
    retry: 'never',
    message: 'The device may not be claimed.',
    remedy: 'Set the server attribute claimingAllowed of the device to true, or FIELDLINE_CLAIMING to on.',
  },
  WATCH_LIMIT: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { entitiesMax: number }) => `More than ${d.entitiesMax} entities would be watched at once.`,
    remedy: 'Close subscriptions that nobody looks at.',
  },
});
