import { defineErrors } from '@fieldline/plugin-sdk';

export const transformErrors = defineErrors('TRANSFORM', {
  ORIGINATOR_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: 'Failed to find new originator!',
    remedy: 'Assign the originator to a customer, or give it the relation the node looks for; or lead such messages around this node.',
  },
  ORIGINATOR_NOT_ALARM: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { entityType: string }) => `Unexpected originator EntityType: ${d.entityType}`,
    remedy: 'Lead only messages about alarms here, or choose another originator source.',
  },
  ENTITY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { entityType: string; name: string }) => `Failed to find ${d.entityType} with name '${d.name}'!`,
    remedy: 'Create it, or correct the name pattern of the node.',
  },
  KEY_PATTERN_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { pattern: string; reason: string }) => `"${d.pattern}" is no pattern for keys: ${d.reason}`,
    remedy: 'Correct it. Look-around such as (?!…) and back references do not work here: name the keys instead, or use a script.',
  },
  PATH_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; place: number; reason: string }) => `The JSON path "${d.path}" is wrong at character ${d.place}: ${d.reason}.`,
    remedy: 'Correct the expression, for example $.values[?(@.temperature > 20)].name.',
  },
  PATH_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { path: string }) => `No results for path: ${d.path}`,
    remedy: 'Correct the path, or use one that may find nothing, such as $..key or a filter, which then gives an empty list.',
  },
  PATH_NUMBERS_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { name: string }) => `Aggregation function ${d.name}() attempted to calculate value using empty array`,
    remedy: 'Lead the path to an array that holds numbers, or filter such messages out before this node.',
  },
  PATH_TOO_MUCH: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { limit: number }) => `The JSON path reads more than ${d.limit} characters of this message, counting what it reads again.`,
    remedy: 'Use fewer ".." and wildcards after one another, or send smaller messages.',
  },
  NOT_AN_ARRAY: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Msg data is not a JSON Array!',
    remedy: 'Lead only messages here whose body is a list.',
  },
  ARRAY_TOO_LONG: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { elements: number; limit: number }) => `The list has ${d.elements} elements; ${d.limit} at most become messages.`,
    remedy: 'Send the elements in several messages.',
  },
  BUFFER_FULL: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { originator: string; limit: string }) => `Max limit of pending messages reached! ${d.originator} has ${d.limit} waiting.`,
    remedy: 'Shorten the interval, raise the number of pending messages in the settings of the node, or send less often.',
  },
  BUFFER_FORGOTTEN: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { limit: number }) => `Messages that waited here are gone: more than ${d.limit} originators have had messages in this node since.`,
    remedy: 'Divide the devices among several deduplication nodes.',
  },
});
