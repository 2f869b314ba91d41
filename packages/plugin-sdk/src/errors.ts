import { defineErrors } from '@fieldline/kernel';

/** What filling a template can meet. */
export const templateErrors = defineErrors('TEMPLATE', {
  BODY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { template: string }) => `Failed to process pattern! "${d.template}" looks into the message, whose body is not JSON.`,
    remedy: 'Look at the node before this one, or at the device: the body of a message must be JSON.',
  },
});

/** What asking whether a message lies within a perimeter can meet. */
export const perimeterErrors = defineErrors('PERIMETER', {
  BODY_NOT_OBJECT: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Incoming Message is not a valid JSON object!',
    remedy: 'Filter such messages out before this node.',
  },
  COORDINATE_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string }) => `Incoming Message has no ${d.key} in data or metadata!`,
    remedy: 'Name the keys under which the device sends its position, or filter messages without a position out before this node.',
  },
  COORDINATE_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { key: string; value: string }) => `"${d.key}" is ${d.value}, which is no coordinate.`,
    remedy: 'Send degrees as a number, or as a text that is one; a latitude lies between -90 and 90.',
  },
  MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Missing perimeter definition!',
    remedy: 'Give the node a perimeter, or see that the metadata holds one under the key it names, for example by a node of originator attributes.',
  },
  POLYGON_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The perimeter is no list of polygons: ${d.reason}.`,
    remedy: 'Write it as [[latitude, longitude], …] with two or more points, or as a list of such lists.',
  },
  CIRCLE_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { circle: string }) => `The perimeter is no circle: ${d.circle}.`,
    remedy: 'Give latitude, longitude and radius as numbers, and METER, KILOMETER, FOOT, MILE or NAUTICAL_MILE as unit.',
  },
  TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { limit: number; polygons: number }) =>
      d.polygons === 1 ? `The polygon has more than ${d.limit} corners.` : `The polygons have more than ${d.limit} corners together.`,
    remedy: 'Draw it with fewer corners, or divide it among several nodes.',
  },
});
