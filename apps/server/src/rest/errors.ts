import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;
const forbidden = { kind: 'forbidden', retry: 'never' } as const;

/** Errors of the REST edge itself; those of the use cases pass through it. */
export const restErrors = defineErrors('REST', {
  REQUEST_INVALID: {
    ...invalid,
    message: (d: { faults: readonly string[] }) =>
      d.faults.every((fault) => /[.!]$/.test(fault)) ? d.faults.join(' ') : `Validation error: ${d.faults.join(', ')}`,
    remedy: 'Correct the fields named in the message; /swagger-ui shows what each may be.',
  },
  KEYS_NEITHER: {
    ...invalid,
    message: "Either 'includeTimeseries' or 'includeAttributes' must be true.",
    remedy: 'Leave one of the two out, or set it to true.',
  },
  BODY_TOO_DEEP: {
    ...invalid,
    message: (d: { depthMax: number }) => `The body is nested deeper than ${d.depthMax} levels.`,
    remedy: 'Send arrays and objects that are nested less deeply.',
  },
  PARAMETER_MISSING: {
    ...invalid,
    message: (d: { name: string }) => `Parameter '${d.name}' can't be empty!`,
    remedy: 'Send it in the query string.',
  },
  ATTRIBUTES_NOT_JSON: { ...invalid, message: 'Invalid JSON', remedy: 'Send a JSON object of attributes by key.' },
  ATTRIBUTES_NOT_OBJECT: { ...invalid, message: 'Request is not a JSON object', remedy: 'Send a JSON object of attributes by key.' },
  ATTRIBUTES_NONE: { ...invalid, message: 'No attributes data found in request body!', remedy: 'Send at least one attribute.' },
  ATTRIBUTES_NULL: { ...invalid, message: "Can't parse value: null", remedy: 'Leave out keys that have no value, or delete the attribute.' },
  SCOPE_NOT_WRITABLE: {
    ...invalid,
    message: (d: { scope: string }) => `Invalid scope: ${d.scope}`,
    remedy: 'Save to SERVER_SCOPE or SHARED_SCOPE; client attributes are written by the device.',
  },
  SERIES_NOT_JSON: {
    ...invalid,
    message: 'Unable to parse time series payload: Invalid JSON body!',
    remedy: 'Send {"key": value}, {"ts": ms, "values": {…}} or an array of these.',
  },
  SERIES_UNREADABLE: {
    ...invalid,
    message: "Unable to parse time series payload. Invalid JSON body: Can't parse value: null",
    remedy: 'Send {"key": value}, {"ts": ms, "values": {…}} or an array of these, without null.',
  },
  SERIES_NONE: { ...invalid, message: 'No time series data found in request body!', remedy: 'Send at least one value.' },
  VIEW_READ_ONLY: {
    ...invalid,
    message: "Telemetry data can't be stored for entity view. Read only",
    remedy: 'Send it to the entity that the view shows.',
  },
  SYSTEM_ADMINISTRATOR_NOT_ALLOWED: {
    ...forbidden,
    message: 'System administrator is not allowed to perform this operation!',
    remedy: 'Sign in as a user of the tenant that has the entity.',
  },
  CUSTOMER_USER_NOT_ALLOWED: {
    ...forbidden,
    message: 'Customer user is not allowed to perform this operation!',
    remedy: 'Ask an administrator of the tenant.',
  },
  KEY_BLANK: { ...invalid, message: 'Key cannot be blank', remedy: 'Give every value a key.' },
  KEYS_NONE: { ...invalid, message: 'Empty keys: []', remedy: 'Name the keys in the parameter `keys`, separated by commas.' },
  ALARM_CUSTOMER_OTHER: {
    ...invalid,
    message: "Can't assign alarm to customer. Originator belongs to different customer!",
    remedy: 'Leave `customerId` out: it is always that of the originator.',
  },
  RULE_CALL_NOT_JSON: { ...invalid, message: 'Invalid request body', remedy: 'Send JSON: it becomes the data of the message.' },
  RULE_CALL_NO_CHAINS: {
    ...invalid,
    message: 'The system administrator has no rule chains.',
    remedy: 'Name an entity of a tenant in the path, or call as a user of the tenant.',
  },
  RULE_CALL_TIMEOUT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { timeoutMs: number }) => `No rule chain replied within ${d.timeoutMs} ms.`,
    remedy: 'Lead messages of the type REST_API_REQUEST to a node "rest call reply", and look where the message ended; or give it more time.',
  },
  RULE_CALL_REPLY_UNFIT: {
    kind: 'internal',
    retry: 'never',
    message: 'The rule chain replied with a text that is not JSON.',
    remedy: 'Let the data of the message be JSON when it reaches the node "rest call reply".',
  },
  RULE_CALLS_WAIT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { limit: number }) => `${d.limit} calls wait for rule chains; more are not taken.`,
    remedy: 'Try again later. Where it lasts, look which rule chain does not reply, and call with shorter timeouts.',
  },
  RULE_CALL_ENDED: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The server stops before a rule chain has replied.',
    remedy: 'Try again when the server runs; the message may have been handled.',
  },
  SETTINGS_OF_OTHERS: {
    ...invalid,
    message: (d: { name: string }) => `The document must have settings of ${d.name}, and of nothing else.`,
    remedy: 'Name the application and the version in the document as in the address.',
  },
  FILE_MISSING: {
    ...invalid,
    message: "Required part 'file' is not present.",
    remedy: 'Send the body as multipart/form-data with the file in a part named `file`.',
  },
  UPLOAD_TORN: { ...invalid, message: 'The upload ended before its file did.', remedy: 'Send the file again, as a whole.' },
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
    message: (d: { intervals: number }) =>
      `Incorrect TsKvQuery. Number of intervals is to high - ${d.intervals}. ` +
      "Please increase 'interval' parameter for your query or reduce the time range of the query.",
    remedy: 'Choose a longer interval or a shorter time range.',
  },
  HISTORY_POINTS_TOO_MANY: {
    ...invalid,
    message: (d: { points: number; pointsMax: number }) =>
      `The history may have ${d.points} points (\`limit\` times the number of keys); one answer has at most ${d.pointsMax}.`,
    remedy: 'Ask for fewer keys at once, or for fewer points a key with `limit`.',
  },
  ANSWER_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { bytesMax: number }) => `The answer is longer than ${d.bytesMax} bytes.`,
    remedy: 'Ask for a shorter time, for fewer keys at once, or for fewer points a key with `limit`.',
  },
  CLIENT_STALLED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { stalledMs: number }) => `The client took nothing of its answer for ${d.stalledMs} ms.`,
    remedy: 'Read the answer as it comes, or ask for less at once.',
  },
  REMOVAL_RANGE_HALF: {
    ...invalid,
    message: "When deleteAllDataForKeys is false, start and end timestamp values shouldn't be empty",
    remedy: 'Send both startTs and endTs, in milliseconds since 1970, or deleteAllDataForKeys=true.',
  },
  TIME_WITHOUT_CALENDAR: {
    ...invalid,
    message: 'Weeks, months and quarters are counted from the year 101 to 9998.',
    remedy: 'Choose a shorter time range, or an interval in milliseconds.',
  },
  HISTORY_RANGE_HALF: { ...invalid, message: 'The history needs both startTs and endTs.', remedy: 'Send both, in milliseconds since 1970.' },
  TIME_ZONE_UNKNOWN: {
    ...invalid,
    message: (d: { timeZone: string }) => `There is no time zone ${d.timeZone}.`,
    remedy: 'Send an IANA name such as Europe/Kyiv.',
  },
  TRACE_NONE: {
    kind: 'not-found',
    retry: 'later',
    message: (d: { traceId: string }) => `Nothing is recorded of message ${d.traceId}.`,
    remedy:
      'Some messages are recorded: one of many, the first of each entity in an hour, and what fails. What is too old or too much is removed; docs/traces.md says how much.',
  },
  CHAIN_NOT_RUNNING: {
    kind: 'not-found',
    retry: 'later',
    message: 'The rule chain does not run.',
    remedy: 'Chains of the type EDGE never run. Of another, the log of the server says why it could not be deployed.',
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
