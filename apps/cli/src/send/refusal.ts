import type { ProblemError } from '@fieldline/kernel';
import { cliErrors } from '../errors.js';
import { ANSWER_CHARACTERS_MAX } from '../limits.js';

/** The error for an answer with a status of the HTTP kind, which CoAP and 1/KP share. */
export function refusal(status: number, answer: string): ProblemError {
  const text = answer.length > ANSWER_CHARACTERS_MAX ? `${answer.slice(0, ANSWER_CHARACTERS_MAX)}…` : answer;
  if (status === 401 || status === 403 || status === 404) return cliErrors.TOKEN_REFUSED({ answer: text });
  return status >= 500 ? cliErrors.SERVER_TROUBLE({ answer: text }) : cliErrors.READING_REFUSED({ answer: text });
}

/** The reason inside an error of a socket, in words a person can use. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string') return code;
  return cause instanceof Error ? cause.message : String(cause);
}
