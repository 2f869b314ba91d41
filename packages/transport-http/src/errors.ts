import { defineErrors } from '@fieldline/kernel';

/** Errors of requests that never become an uplink. */
export const httpErrors = defineErrors('HTTP', {
  BODY_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    // The sentence ThingsBoard sends; clients may compare it (device-api.md §9).
    message: (d: { bytesMax: number }) => `Payload size exceeds the limit of ${d.bytesMax} bytes`,
    remedy: 'Send the readings in several smaller requests.',
  },
  BODY_TOO_SLOW: {
    kind: 'invalid-input',
    retry: 'later',
    message: (d: { timeoutMs: number }) => `The body did not arrive within ${d.timeoutMs} ms.`,
    remedy: 'Send the body without pauses, or in several smaller requests.',
  },
  RECEIVING_BUSY: {
    kind: 'unavailable',
    retry: 'later',
    message: 'Too many bytes of requests are being received.',
    remedy: 'Send again later.',
  },
  METHOD_NOT_ALLOWED: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'This path takes POST only.',
    remedy: 'Send the request with the method POST.',
  },
  PATH_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: 'Nothing is served under this path.',
    remedy: 'Send data samples to /kp1/<application version>/dcx/<token>/json.',
  },
  STOPPING: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The server is stopping.',
    remedy: 'Send again; the server will be back.',
  },
});
