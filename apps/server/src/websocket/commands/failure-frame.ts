import { liveErrorCodes, liveErrorFrame } from '@fieldline/api-contract';
import { isProblem, problemOf } from '@fieldline/kernel';

/** Whoever may not see an entity learns nothing about it, not even whether it is there. */
export function isRefusal(error: unknown): boolean {
  const { kind } = problemOf(error);
  return kind === 'forbidden' || kind === 'not-found' || kind === 'unauthenticated';
}

/** What went wrong with a command of version 2, in the form of version 1 as everywhere (websocket-api.md §11). */
export function failureFrame(cmdId: number, error: unknown): string {
  if (isRefusal(error)) return liveErrorFrame(cmdId, liveErrorCodes.unauthorized, 'Unauthorized');
  return liveErrorFrame(cmdId, liveErrorCodes.internal, isProblem(error) ? error.message : 'Internal Server error!');
}
