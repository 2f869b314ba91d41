import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of the REST edge itself; those of the use cases pass through it. */
export const restErrors = defineErrors('REST', {
  REQUEST_INVALID: {
    ...invalid,
    message: (d: { faults: readonly string[] }) =>
      d.faults.every((fault) => /[.!]$/.test(fault)) ? d.faults.join(' ') : `Validation error: ${d.faults.join(', ')}`,
    remedy: 'Correct the fields named in the message; /swagger-ui shows what each may be.',
  },
  PARAMETER_MISSING: {
    ...invalid,
    message: (d: { name: string }) => `Parameter '${d.name}' can't be empty!`,
    remedy: 'Send it in the query string.',
  },
  STATUS_TWICE: {
    ...invalid,
    message: "Invalid alarms search query: Both parameters 'searchStatus' and 'status' can't be specified at the same time!",
    remedy: 'Send one of the two.',
  },
  INTERVAL_INVALID: {
    ...invalid,
    message: 'Incorrect TsKvQuery. Aggregation interval can not be less than 1.',
    remedy: 'Send a positive interval, in milliseconds.',
  },
  INTERVALS_TOO_MANY: {
    ...invalid,
    message: (d: { intervals: number }) => `Incorrect TsKvQuery. Number of intervals is to high - ${d.intervals}.`,
    remedy: 'Choose a longer interval or a shorter time range.',
  },
  HISTORY_RANGE_HALF: { ...invalid, message: 'The history needs both startTs and endTs.', remedy: 'Send both, in milliseconds since 1970.' },
  TIME_ZONE_UNKNOWN: {
    ...invalid,
    message: (d: { timeZone: string }) => `There is no time zone ${d.timeZone}.`,
    remedy: 'Send an IANA name such as Europe/Kyiv.',
  },
  COMPONENT_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: "Requested item wasn't found!",
    remedy: 'GET /api/components lists the node types.',
  },
  ROUTE_UNPROTECTED: {
    kind: 'internal',
    retry: 'never',
    message: 'This route declares no permission.',
    remedy: 'Report this: every route declares one.',
  },
});
