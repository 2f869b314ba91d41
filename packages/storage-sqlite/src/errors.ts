import { defineErrors } from '@fieldline/kernel';

/** Errors of a data folder on local disk, besides those every store raises (`storageErrors`). */
export const sqliteErrors = defineErrors('SQLITE', {
  FOLDER_UNUSABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { path: string; reason: string }) => `The folder ${d.path} cannot be used: ${d.reason}.`,
    remedy: 'Name a folder on a local disk in which this user may create and write files. FIELDLINE_DATA_DIR names that of the data.',
  },
  FOLDER_IN_USE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { path: string }) => `Another server is using the data folder ${d.path}.`,
    remedy: 'Stop the other server, or point FIELDLINE_DATA_DIR at a folder of its own.',
  },
  FORMAT_NEWER: {
    kind: 'internal',
    retry: 'never',
    message: (d: { path: string; found: number; known: number }) =>
      `The data file ${d.path} has format ${d.found}, written by a later version; this one knows formats up to ${d.known}.`,
    remedy: 'Start the version that wrote it or a later one, or point FIELDLINE_DATA_DIR at another folder.',
  },
  FORMAT_OLDER: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; found: number; known: number }) =>
      `The data file ${d.path} has format ${d.found}, written by an earlier version; this one reads format ${d.known}.`,
    remedy: 'Start this version of the server on the folder once: it upgrades the file.',
  },
  NO_DATA: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { path: string }) => `There is no data of Fieldline in ${d.path}.`,
    remedy:
      'Name the data folder of a server, or the folder of a backup. The data folder is that of --data, else of FIELDLINE_DATA_DIR, else ./data.',
  },
  FOLDER_NOT_EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string }) => `There is something in ${d.path} already.`,
    remedy: 'Name a folder that is empty or does not exist yet.',
  },
  BACKUP_DAMAGED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `The backup ${d.path} is damaged: ${d.reason}`,
    remedy: 'Name a backup that is whole, such as an older one; fieldline check tells with --data. Nothing was changed.',
  },
  RESTORE_UNFINISHED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { path: string }) => `A restore of ${d.path} is under way or was interrupted.`,
    remedy: 'Where none is running, start the server on the folder, or restore again: both finish it first. Nothing is lost.',
  },
  QUERY_WRONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The query cannot be answered: ${d.reason}.`,
    remedy: 'Correct it; docs/data-format.md describes the tables and views. Nothing can be changed by a query.',
  },
  LOG_FULL: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { what: 'points' | 'bytes'; max: number }) => `The log of recent readings has reached its limit of ${d.max} ${d.what}.`,
    remedy: 'Send again later. Readings are taken again when the log has been packed; if this lasts, look at the server log.',
  },
  TOO_MANY_SERIES: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { max: number }) => `The store has ${d.max} time series and takes no new ones.`,
    remedy: 'Look for a device that makes up telemetry keys, such as one with a time or a counter in the key, and correct it.',
  },
  BLOB_REPLACED: {
    kind: 'conflict',
    retry: 'later',
    message: 'The file was replaced or removed while it was read.',
    remedy: 'Read it again from the start.',
  },
  READ_ONLY: {
    kind: 'internal',
    retry: 'never',
    message: 'This store was opened for reading only.',
    remedy: 'Report this with the entry in the server log: a part of the server writes through a store that it was only given to read.',
  },
});
