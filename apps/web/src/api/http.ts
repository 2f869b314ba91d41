import { ApiError, refusalOf } from './api-error.js';
import { endSession, startSession, useSession } from './session.js';
import type { JwtPair } from './wire.js';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** False for requests that must work signed out. */
  readonly isAuthorized?: boolean;
}

/**
 * Calls the REST API and returns the parsed answer. Refreshes an expired token once; when that fails too the
 * session ends and the sign-in page takes over.
 *
 * @throws ApiError for every refusal, and with status 0 when the server cannot be reached
 */
export async function request<T>(method: 'GET' | 'POST' | 'DELETE', path: string, options: RequestOptions = {}): Promise<T> {
  const tokens = options.isAuthorized === false ? undefined : useSession.getState().tokens;
  const response = await send(method, path, options, tokens?.token);
  if (response.status !== 401 || tokens === undefined) return await answer<T>(response);
  const renewed = await refresh(tokens);
  if (renewed === undefined) {
    endSession();
    throw new ApiError(401, 11, 'Your session has ended. Sign in again.');
  }
  return await answer<T>(await send(method, path, options, renewed.token));
}

async function send(method: string, path: string, options: RequestOptions, token: string | undefined): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token !== undefined) headers['X-Authorization'] = `Bearer ${token}`;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path + queryText(options.query), {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new ApiError(0, 0, 'The server cannot be reached. Check the connection; this page retries when you do.', { cause: error });
  }
}

async function answer<T>(response: Response): Promise<T> {
  const body = await response.text();
  if (!response.ok) throw refusalOf(response.status, body);
  return (body === '' ? undefined : JSON.parse(body)) as T;
}

let renewal: Promise<JwtPair | undefined> | undefined;

/** One refresh at a time: a page that makes ten requests with an expired token asks for one new token. */
function refresh(expired: JwtPair): Promise<JwtPair | undefined> {
  const current = useSession.getState().tokens;
  if (current !== undefined && current.token !== expired.token) return Promise.resolve(current);
  renewal ??= renew(expired.refreshToken).finally(() => {
    renewal = undefined;
  });
  return renewal;
}

async function renew(refreshToken: string): Promise<JwtPair | undefined> {
  const response = await send('POST', '/api/auth/token', { body: { refreshToken } }, undefined);
  if (response.status === 401 || response.status === 403) return undefined;
  const tokens = await answer<JwtPair>(response);
  startSession(tokens);
  return tokens;
}

function queryText(query: Query | undefined): string {
  if (query === undefined) return '';
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
