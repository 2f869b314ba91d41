import { defineErrors } from '@fieldline/plugin-sdk';

export const enrichmentErrors = defineErrors('ENRICHMENT', {
  BODY_NOT_OBJECT: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Message body is not an object!',
    remedy: 'Add to the metadata instead, or filter such messages out before this node.',
  },
  KEYS_ABSENT: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { absent: string }) => `The following attribute/telemetry keys is not present in the DB: \n${d.absent}`,
    remedy: 'Name keys that exist, or switch "Tell failure if any of the attributes is missing" off.',
  },
  RELATED_DEVICE_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: 'Failed to find related device to message originator using relation query specified in the configuration!',
    remedy: 'Relate the originator to a device of one of the profiles, or change direction, relation type or profiles.',
  },
  RELATED_ENTITY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: 'Failed to find related entity to message originator using relation query specified in the configuration!',
    remedy: 'Relate the originator to an entity that the query finds, or change its direction, levels or filters.',
  },
  NO_CUSTOMER: {
    kind: 'not-found',
    retry: 'never',
    message: 'Originator is not assigned to any customer',
    remedy: 'Assign the originator to a customer, or treat such messages behind the Failure of this node.',
  },
  NOT_ASSIGNED: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { label: string; name: string }) => `${d.label} with name '${d.name}' is not assigned to Customer!`,
    remedy: 'Assign the originator to a customer, or treat such messages behind the Failure of this node.',
  },
  ENTITY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { entityType: string; id: string }) => `There is no ${d.entityType} ${d.id}.`,
    remedy: 'It was deleted since the message was sent; treat such messages behind the Failure of this node.',
  },
  ORIGINATOR_TYPE_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { entityType: string }) => `Unsupported originator type: ${d.entityType}!`,
    remedy: 'Put an entity type filter before this node.',
  },
  CREDENTIALS_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { id: string }) => `Failed to get Device Credentials for device: ${d.id}!`,
    remedy: 'The device was deleted since the message was sent; treat such messages behind the Failure of this node.',
  },
  INTERVAL_REVERSED: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Interval start should be less than Interval end',
    remedy: 'Let the interval begin before it ends: 2 minutes ago to 1 minute ago.',
  },
  PATTERN_UNDEFINED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { name: string }) => `Message value: '${d.name}' is undefined`,
    remedy: 'Use ${key} or $[key] of a value that the message has: the time in milliseconds since 1970.',
  },
  PATTERN_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { name: string }) => `Message value: '${d.name}' has invalid format`,
    remedy: 'Let the value be a whole number: the time in milliseconds since 1970.',
  },
  VALUE_UNPARSABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { value: string; key: string }) => `Calculation failed. Unable to parse value [${d.value}] of telemetry [${d.key}] to Double`,
    remedy: 'Store numbers under this key, or take the difference of another one.',
  },
  VALUE_BOOLEAN: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Calculation failed. Boolean values are not supported!',
    remedy: 'Store numbers under this key, or take the difference of another one.',
  },
  VALUE_JSON: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Calculation failed. JSON values are not supported!',
    remedy: 'Store numbers under this key, or take the difference of another one.',
  },
  DELTA_NEGATIVE: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Delta value is negative!',
    remedy: 'Look whether the counter was reset, or switch "Tell failure if delta is negative" off.',
  },
  DELTA_TOO_LARGE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `The difference of "${d.key}" is beyond what a 64-bit integer can hold.`,
    remedy: 'Look at what the device sends under this key.',
  },
});
