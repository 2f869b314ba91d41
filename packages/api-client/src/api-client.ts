import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths, TokenPair } from './generated/api.js';

/** Where the tokens of a sign-in are kept: memory, or the storage of the browser. */
export interface TokenKeeper {
  load(): TokenPair | undefined;
  save(tokens: TokenPair | undefined): void;
}

export interface ApiClientOptions {
  /** Address of the server without a path; empty in a page that the server itself serves. */
  readonly baseUrl: string;
  readonly tokens: TokenKeeper;
  /** Called when the sign-in is over and cannot be renewed: show the sign-in page. */
  readonly onSignedOut?: () => void;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The typed client: `http.GET('/api/device/{deviceId}', …)` and so on, and what has to do with signing in. */
export interface ApiClient {
  readonly http: Client<paths>;
  /** @throws ApiFailure where the server refuses */
  signIn(username: string, password: string): Promise<void>;
  /** Ends the sign-in on the server and forgets the tokens, also where the server cannot be reached. */
  signOut(): Promise<void>;
  /** An access token that is still good for a minute, for the WebSocket; undefined where nobody is signed in. */
  accessToken(): Promise<string | undefined>;
}

/** Renew a token that ends within this time before use, so that it does not end on the way. */
const RENEW_AHEAD_MS = 60_000;

/**
 * Makes a client that sends the access token with each request and, where it has expired, renews it once and
 * repeats the request. Requests that fail at the same time wait for the same renewal.
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { tokens } = options;
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const http = createClient<paths>({ baseUrl: options.baseUrl, fetch: send });
  let renewal: Promise<TokenPair | undefined> | undefined;

  const renew = (): Promise<TokenPair | undefined> => {
    renewal ??= renewed(http, tokens.load())
      .then((pair) => {
        tokens.save(pair);
        if (pair === undefined) options.onSignedOut?.();
        return pair;
      })
      .finally(() => (renewal = undefined));
    return renewal;
  };

  http.use(bearer({ tokens, renew, send }));

  return {
    http,
    async signIn(username, password) {
      const { data, error, response } = await http.POST('/api/auth/login', { body: { username, password } });
      if (data === undefined) throw failureOf(error, response);
      tokens.save(data);
    },
    async signOut() {
      try {
        await http.POST('/api/auth/logout');
      } finally {
        tokens.save(undefined);
      }
    },
    async accessToken() {
      const pair = tokens.load();
      if (pair === undefined) return undefined;
      return (expiryMs(pair.token) - Date.now() > RENEW_AHEAD_MS ? pair : await renew())?.token;
    },
  };
}

/** A refusal of the server as an error. */
export class ApiFailure extends Error {
  /** HTTP status. */
  readonly status: number;
  /** ThingsBoard's number of the error; 0 where the server gave none. */
  readonly errorCode: number;
  /** Our code, such as `DIRECTORY_DEVICE_NAME_TAKEN`. */
  readonly code: string | undefined;

  constructor(message: string, status: number, errorCode: number, code: string | undefined) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.errorCode = errorCode;
    this.code = code;
  }
}

/** Reads the body of a failed request, whichever form it has: the error object, or plain text. */
export function failureOf(error: unknown, response: Response): ApiFailure {
  const code = response.headers.get('x-fieldline-problem') ?? undefined;
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const { message, errorCode } = error as { message: unknown; errorCode?: unknown };
    return new ApiFailure(String(message), response.status, typeof errorCode === 'number' ? errorCode : 0, code);
  }
  const text = typeof error === 'string' && error !== '' ? error : `The server answered ${response.status}.`;
  return new ApiFailure(text, response.status, 0, code);
}

interface Bearing {
  readonly tokens: TokenKeeper;
  readonly renew: () => Promise<TokenPair | undefined>;
  readonly send: (request: Request) => Promise<Response>;
}

/** Routes that show other credentials than the access token. */
const signInPaths: readonly string[] = ['/api/auth/login', '/api/auth/token'];

function bearer({ tokens, renew, send }: Bearing): Middleware {
  // The body of a request can be read once, so a copy is kept until the answer is there.
  const copies = new WeakMap<Request, { readonly copy: Request; readonly token: string }>();
  return {
    onRequest({ request, schemaPath }) {
      const token = signInPaths.includes(schemaPath) ? undefined : tokens.load()?.token;
      if (token === undefined) return undefined;
      request.headers.set('X-Authorization', `Bearer ${token}`);
      copies.set(request, { copy: request.clone(), token });
      return undefined;
    },
    async onResponse({ request, response }) {
      const sent = copies.get(request);
      if (sent === undefined || response.status !== 401) return undefined;
      // Another request may have renewed the pair while this one was under way.
      const current = tokens.load();
      const pair = current !== undefined && current.token !== sent.token ? current : await renew();
      if (pair === undefined) return undefined;
      sent.copy.headers.set('X-Authorization', `Bearer ${pair.token}`);
      return send(sent.copy);
    },
  };
}

/** The next pair; undefined where the refresh token is void. A server that cannot be reached is an error instead. */
async function renewed(http: Client<paths>, pair: TokenPair | undefined): Promise<TokenPair | undefined> {
  if (pair === undefined) return undefined;
  const { data, error, response } = await http.POST('/api/auth/token', { body: { refreshToken: pair.refreshToken } });
  if (data !== undefined) return data;
  if (response.status === 401 || response.status === 400) return undefined;
  throw failureOf(error, response);
}

/** When a token ends, as it says itself; 0 for what is no token. */
function expiryMs(token: string): number {
  try {
    const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(body)) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : 0;
  } catch {
    // Whatever is kept there is no token of ours: renew it.
    return 0;
  }
}
