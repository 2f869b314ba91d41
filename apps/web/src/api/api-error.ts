/** A request that the server refused, or that never reached it (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  /** ThingsBoard's error code, such as 35 for a version conflict; 0 where there is none. */
  readonly errorCode: number;

  constructor(status: number, errorCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.errorCode = errorCode;
  }

  get isConflict(): boolean {
    return this.status === 409;
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

/** What to show a person for anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something went wrong. Reload the page; if it happens again, look at the server log.';
}

/** Reads the body of a refused request: an error object, a JSON string or plain text, as the endpoints answer. */
export function refusalOf(status: number, body: string): ApiError {
  const parsed = parseJson(body);
  if (typeof parsed === 'string') return new ApiError(status, 0, parsed);
  if (typeof parsed === 'object' && parsed !== null && 'message' in parsed && typeof parsed.message === 'string') {
    const code = 'errorCode' in parsed && typeof parsed.errorCode === 'number' ? parsed.errorCode : 0;
    return new ApiError(status, code, parsed.message);
  }
  if (parsed === undefined && body !== '' && body.length < 500 && !body.startsWith('<')) return new ApiError(status, 0, body);
  return new ApiError(status, 0, `The server answered with status ${status}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
