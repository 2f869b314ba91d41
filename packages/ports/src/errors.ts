import { defineErrors } from '@fieldline/kernel';

/** Errors every store adapter raises, whatever the technology. */
export const storageErrors = defineErrors('STORAGE', {
  UNAVAILABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { reason: string }) => `The store cannot be written: ${d.reason}.`,
    remedy: 'Look at the disk and permissions of FIELDLINE_DATA_DIR, or at the database that MONGODB_URL names. Devices will send again.',
  },
  FULL: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { reason: string }) => `The store is full: ${d.reason}.`,
    remedy: 'Free space on the disk of FIELDLINE_DATA_DIR, or move the data folder to a larger one. Devices will send again.',
  },
  CORRUPT: {
    kind: 'internal',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `The data file ${d.path} is damaged: ${d.reason}.`,
    remedy: 'Restore FIELDLINE_DATA_DIR from a backup, or point it at an empty folder to start afresh.',
  },
  NAME_TAKEN: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { kind: string; field: string }) => `Another ${d.kind} has the same ${d.field}.`,
    remedy: 'Choose a different value, or change the entity that has it.',
  },
  VERSION_CONFLICT: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { kind: string; id: string }) => `The ${d.kind} ${d.id} was changed or removed since it was read.`,
    remedy: 'Read it again, apply your change to the new version and save that.',
  },
  REFERENCE_GONE: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { kind: string; id: string }) => `The ${d.kind} ${d.id}, which this refers to, does not exist any more.`,
    remedy: 'Refer to another one, or to none.',
  },
  LIMIT_REACHED: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { kind: string; limit: number }) => `There may be fewer than ${d.limit} of kind ${d.kind} for this, and there are not.`,
    remedy: 'Remove some of them, or those that refer to what you remove, and try again.',
  },
});

/** Errors of the way in from devices. */
export const deviceErrors = defineErrors('DEVICE', {
  UNKNOWN: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'No device has these credentials.',
    remedy: 'Copy the access token from the page of the device.',
  },
  APPLICATION_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { appVersion: string }) => `No application has the version "${d.appVersion}".`,
    remedy: 'Use the application version of the device profile, or its name where it sets none.',
  },
  TRANSPORT_MISMATCH: {
    kind: 'forbidden',
    retry: 'never',
    message: (d: { profile: string; transport: string }) => `Devices of profile ${d.profile} must connect over ${d.transport}.`,
    remedy: 'Connect over that transport, or set the transport type of the profile to DEFAULT.',
  },
  GATEWAY_BUSY: {
    kind: 'unavailable',
    retry: 'later',
    message: 'More readings are in flight than FIELDLINE_INFLIGHT_MB allows.',
    remedy: 'Send again later; raise FIELDLINE_INFLIGHT_MB if the machine has memory to spare.',
  },
  ACK_TIMEOUT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { timeoutMs: number }) => `The reading was not stored within ${d.timeoutMs} ms.`,
    remedy: 'Send it again. If this lasts, look at the health page: the disk or a rule chain is too slow.',
  },
});

/** Errors of every adapter of `EntityQueries`. */
export const queryErrors = defineErrors('QUERY', {
  TOO_SLOW: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { deadlineMs: number }) => `The query was given up after ${d.deadlineMs} ms.`,
    remedy: 'Narrow the entity filter, ask for fewer columns, or leave out the text search.',
  },
  TOO_MANY_ENTITIES: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { max: number }) => `The query would have to look at more than ${d.max} entities.`,
    remedy: 'Narrow the entity filter, or filter and sort by attributes instead of time series.',
  },
  BUSY: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { waitingMax: number; waitMsMax: number }) =>
      `More queries are asked than answered: ${d.waitingMax} wait already, or this one waited for ${d.waitMsMax} ms.`,
    remedy: 'Send the query again later; ask less often.',
  },
});

/** Errors of reads of history, whatever the store. */
export const historyErrors = defineErrors('HISTORY', {
  TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { what: string; max: number }) => `The history asked for is longer than one answer may be (${d.max} ${d.what}).`,
    remedy: 'Ask for a shorter time, for fewer points with `limit`, or for intervals with `agg` and `interval`.',
  },
  TOO_SLOW: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { deadlineMs: number }) => `Reading the history was given up after ${d.deadlineMs} ms.`,
    remedy: 'Ask for a shorter time or for fewer keys at once.',
  },
  BUSY: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { waitingMax: number }) => `${d.waitingMax} reads of history are waiting already.`,
    remedy: 'Ask again later; ask for fewer keys at once.',
  },
  ABANDONED: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The read of history was ended before it was done.',
    remedy: 'Ask again, and read the answer to its end without long pauses.',
  },
});

/** Errors of every queue adapter. */
export const queueErrors = defineErrors('QUEUE', {
  FULL: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { depthMax: number }) => `The queue holds ${d.depthMax} messages and takes no more.`,
    remedy: 'Send again later. If this lasts, a rule chain is slower than its input.',
  },
  CLOSED: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The queue is closing.',
    remedy: 'Send again; the server is shutting down or starting.',
  },
  UNAVAILABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { reason: string }) => `The queue cannot be reached: ${d.reason}.`,
    remedy: 'Look whether the Redis that REDIS_URL names runs and has memory left. Devices will send again.',
  },
  EVICTS: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { policy: string }) =>
      `Redis throws data away when its memory is full (maxmemory-policy ${d.policy}): accepted messages would vanish.`,
    remedy: 'Set `maxmemory-policy noeviction` in this Redis, or let REDIS_URL name another one.',
  },
  BATCH_UNREADABLE: {
    kind: 'internal',
    retry: 'never',
    message: (d: { reason: string }) => `A batch in the queue cannot be read: ${d.reason}.`,
    remedy: 'It stays in Redis among the failed jobs. Start the version of the server that wrote it, or remove it there.',
  },
});
