import type { ErrorKind } from '@fieldline/kernel';
import { ProblemError } from '@fieldline/kernel';

/** The errors of the real services, by code; the fakes raise them where the real ones would. */
export function refused(code: string, message: string, kind: ErrorKind = 'invalid-input'): ProblemError {
  return new ProblemError({ code, kind, message, retry: 'never', remedy: 'Correct the message that the test sends.' });
}
