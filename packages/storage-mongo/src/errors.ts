import { defineErrors } from '@fieldline/kernel';

/** Errors of a MongoDB database, besides those every store raises (`storageErrors`). */
export const mongoErrors = defineErrors('MONGO', {
  UNREACHABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { database: string; reason: string }) => `The MongoDB database ${d.database} cannot be reached: ${d.reason}.`,
    remedy: 'Check that the server that MONGODB_URL names runs, and that this machine may connect to it with that user and password.',
  },
  INDEX_WRONG: {
    kind: 'internal',
    retry: 'never',
    message: (d: { collection: string; index: string; reason: string }) =>
      `The index ${d.index} of the collection ${d.collection} is not as it must be: ${d.reason}.`,
    remedy: 'Drop this index (remove duplicates if that is the reason), then start again: it is created anew at the start.',
  },
  WRITE_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { what: string; max: number }) => `A single write would change more than ${d.max} ${d.what}.`,
    remedy: 'Split the change into several smaller ones.',
  },
  BLOB_REPLACED: {
    kind: 'conflict',
    retry: 'later',
    message: 'The file was replaced or removed while it was read.',
    remedy: 'Read it again from the start.',
  },
});
