import { defineErrors } from '@fieldline/kernel';

/** Errors of the CoAP transport. */
export const coapErrors = defineErrors('COAP', {
  PORT_TAKEN: {
    kind: 'conflict',
    retry: 'later',
    message: (d: { host: string; port: number }) => `Another program listens on CoAP port ${d.port} of ${d.host}.`,
    remedy: 'Set FIELDLINE_COAP_PORT to a free port, to 0 for any free one or to off for none; or stop the other program.',
  },
  LISTEN_FAILED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; port: number; reason: string }) => `CoAP cannot listen on ${d.host}:${d.port} (${d.reason}).`,
    remedy: 'Check FIELDLINE_HOST and FIELDLINE_COAP_PORT: ports below 1024 need privileges, and the address must be one of this machine.',
  },
  TOKEN_MISSING: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'The path names no access token.',
    remedy: 'Send to api/v1/<access token>/telemetry.',
  },
  FEATURE_UNKNOWN: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The path or method is none of the device API.',
    remedy: 'Send POST to api/v1/<access token>/telemetry or api/v1/<access token>/attributes.',
  },
  FEATURE_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'This part of the device API is not served over CoAP.',
    remedy: 'Use MQTT or HTTP for it.',
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
    remedy: 'Send to api/v1/<access token>/telemetry.',
  },
  OPTION_UNKNOWN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { option: number }) => `Option ${d.option} is critical and not known here.`,
    remedy: 'Send the request without this option.',
  },
  PROXY_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'This server is no proxy.',
    remedy: 'Send the request without proxy options.',
  },
  BODY_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { bytesMax: number }) => `The body is larger than ${d.bytesMax} bytes.`,
    remedy: 'Send the readings in several smaller requests.',
  },
  BLOCK_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The Block1 option does not fit its block.',
    remedy: 'Fill every block but the last, with a size of 16 to 1024 bytes.',
  },
  BLOCK_OUT_OF_ORDER: {
    kind: 'invalid-input',
    retry: 'later',
    message: 'A block before this one is missing.',
    remedy: 'Send the body again from its first block.',
  },
  STOPPING: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The server is stopping.',
    remedy: 'Send again; the server will be back.',
  },
});
