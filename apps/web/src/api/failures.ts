import { ApiFailure } from '@fieldline/api-client';
import { Unreachable } from './client.js';

/** What to show a person for anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something went wrong. Reload the page; if it happens again, look at the server log.';
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof Unreachable;
}

/** True where the server refused with this HTTP status. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof ApiFailure && statuses.includes(error.status);
}

/** True where asking again can help: the server was not reached, or failed itself. */
export function isWorthRetrying(error: unknown): boolean {
  return isUnreachable(error) || (error instanceof ApiFailure && error.status >= 500);
}
