import type { Problem } from '@fieldline/kernel';

/** The HTTP status code of each kind of problem, which the HTTP device API and 1/KP share (device-api.md §9, kaa.md §2.7). */
export const statusCodeOfKind: Readonly<Record<Problem['kind'], number>> = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'limit-exceeded': 429,
  unavailable: 503,
  internal: 500,
};
