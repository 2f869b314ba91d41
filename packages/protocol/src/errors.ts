import { defineErrors } from '@fieldline/kernel';

/** Errors of payloads and topics, before a rule chain has seen them. */
export const protocolErrors = defineErrors('PROTOCOL', {
  PAYLOAD_MALFORMED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The payload cannot be read: ${d.reason}.`,
    remedy: 'Send JSON in UTF-8, for example {"temperature":21.5}.',
  },
  PAYLOAD_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { bytes: number; bytesMax: number }) => `The payload has ${d.bytes} bytes, more than the ${d.bytesMax} allowed.`,
    remedy: 'Send the readings in several smaller payloads.',
  },
  PAYLOAD_TOO_DEEP: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { depthMax: number }) => `The payload is nested deeper than ${d.depthMax} levels.`,
    remedy: 'Send flat objects: one member for each telemetry key.',
  },
  PAYLOAD_TOO_MANY_PARTS: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { partsMax: number }) => `The payload has more than ${d.partsMax} readings or nested values.`,
    remedy: 'Send the readings in several smaller payloads.',
  },
  STRING_TOO_LONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { lengthMax: number }) => `A text value is longer than ${d.lengthMax} characters.`,
    remedy: 'Shorten the value, or ask the administrator to raise the limit.',
  },
  CLAIM_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The claim cannot be read: ${d.reason}.`,
    remedy: 'Send {"secretKey":"text","durationMs":60000}; both members may be left out.',
  },
  TIMESTAMP_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'A "ts" is not a time in milliseconds since 1970.',
    remedy: 'Send "ts" as a whole number of milliseconds, or leave it out to use the time of arrival.',
  },
  TIMESTAMP_TOO_FAR_AHEAD: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { aheadMs: number; futureMaxMs: number }) => `A reading is ${d.aheadMs} ms in the future; at most ${d.futureMaxMs} ms are allowed.`,
    remedy: 'Set the clock of the device, or leave "ts" out to use the time of arrival.',
  },
});
