import { isProblem, type ProblemError } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';

// Codes of https://www.mongodb.com/docs/manual/reference/error-codes/.
const NAMESPACE_NOT_FOUND = 26;
const OUT_OF_DISK_SPACE = 14_031;
const DUPLICATE_KEY = 11_000;
/** `distinct` would have to answer with more than a document holds. */
const DISTINCT_TOO_LARGE = 17_217;

interface ServerError {
  readonly code?: unknown;
  readonly message: string;
}

const isServerError = (error: unknown): error is ServerError => error instanceof Error;

/** True where a unique index refused a document. Its text differs from server to server and is not for programs. */
export function isTaken(error: unknown): boolean {
  if (!isServerError(error)) return false;
  // FerretDB passes the error of SQLite on where an update, not an insert, meets a unique index.
  return error.code === DUPLICATE_KEY || (error.code === 1 && error.message.includes('UNIQUE constraint failed'));
}

/** True where an answer has no room for all that was asked for. */
export const isTooLarge = (error: unknown): boolean => isServerError(error) && error.code === DISTINCT_TOO_LARGE;

/** True where the collection does not exist yet. */
export const isUnknownCollection = (error: unknown): boolean => isServerError(error) && error.code === NAMESPACE_NOT_FOUND;

/** The coded form of whatever went wrong between us and the server. */
export function mongoProblem(error: unknown): ProblemError {
  if (isProblem(error)) return error;
  const reason = reasonOf(error);
  const cause = { cause: error };
  return isServerError(error) && error.code === OUT_OF_DISK_SPACE
    ? storageErrors.FULL({ reason }, cause)
    : storageErrors.UNAVAILABLE({ reason }, cause);
}

/** What the driver says about an error; it names hosts, never users or passwords. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'it failed without saying why';
}
