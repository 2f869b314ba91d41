import { defineErrors } from '@fieldline/kernel';

/** Errors of the MQTT device endpoint. */
export const mqttErrors = defineErrors('MQTT', {
  PORT_TAKEN: {
    kind: 'conflict',
    retry: 'later',
    message: (d: { host: string; port: number }) => `Another program listens on MQTT port ${d.port} of ${d.host}.`,
    remedy: 'Set FIELDLINE_MQTT_PORT to a free port, to 0 for any free one or to off for none; or stop the other program.',
  },
  LISTEN_FAILED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; port: number; reason: string }) => `MQTT cannot listen on ${d.host}:${d.port} (${d.reason}).`,
    remedy: 'Check FIELDLINE_HOST and FIELDLINE_MQTT_PORT: ports below 1024 need privileges, and the address must be one of this machine.',
  },
  EXTENSION_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: 'No such extension.',
    remedy: 'Use dcx for data collection.',
  },
  RESOURCE_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: 'No such resource path of this extension.',
    remedy: 'Publish on json, or on plain/<metric>, optionally followed by a request id.',
  },
  TENANT_MISMATCH: {
    kind: 'forbidden',
    retry: 'never',
    message: 'The endpoint belongs to another tenant than the connection.',
    remedy: 'Connect without user name, or with credentials of the tenant that owns the endpoint.',
  },
});

/** Errors of the broker listener. */
export const brokerErrors = defineErrors('BROKER', {
  PORT_TAKEN: {
    kind: 'conflict',
    retry: 'later',
    message: (d: { host: string; port: number }) => `Another program listens on MQTT broker port ${d.port} of ${d.host}.`,
    remedy: 'Set FIELDLINE_BROKER_PORT to a free port, to 0 for any free one or to off for none; or stop the other program.',
  },
  LISTEN_FAILED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; port: number; reason: string }) => `The MQTT broker cannot listen on ${d.host}:${d.port} (${d.reason}).`,
    remedy: 'Check FIELDLINE_HOST and FIELDLINE_BROKER_PORT: ports below 1024 need privileges, and the address must be one of this machine.',
  },
  TOPIC_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Nothing can be published on this topic.',
    remedy: 'Take a topic without wildcards that is not empty, does not begin with $, and has at most 1024 bytes and 32 levels.',
  },
  RETAINED_FULL: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { limit: number; bytesMax: number }) =>
      `The tenant has ${d.limit} retained messages or ${d.bytesMax} bytes of them, and no more are kept.`,
    remedy: 'Remove retained messages that nobody needs: publish an empty retained message on their topics.',
  },
  UNRELEASED_FULL: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { limit: number }) => `The client has ${d.limit} messages of QoS 2 under way that it has not released.`,
    remedy: 'Send PUBREL for each PUBREC before further messages.',
  },
});
