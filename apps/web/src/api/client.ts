import { createApiClient, failureOf } from '@fieldline/api-client';
import { keepSession, useSession } from './session.js';

/** The client of this page: the server that served the page, and the session of this browser. */
export const client = createApiClient({
  baseUrl: location.origin,
  tokens: { load: () => useSession.getState().tokens, save: keepSession },
  onSignedOut: () => keepSession(undefined),
  fetch: async (request) => {
    try {
      return await fetch(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      throw new Unreachable(error);
    }
  },
});

/** The server could not be reached at all. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached. Check the connection, and that the server is running.', { cause });
    this.name = 'Unreachable';
  }
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The body of a granted request.
 *
 * @throws ApiFailure for a refused one
 */
export async function bodyOf<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw failureOf(error, response);
  return data as T;
}
