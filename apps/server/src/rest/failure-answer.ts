import type { ErrorKind, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { ErrorBody, WireErrorCode } from '@fieldline/api-contract';
import { wireErrorCodes as codes } from '@fieldline/api-contract';
import type { RouteDefinition } from './route.js';

/** How a failure is answered. */
export interface FailureAnswer {
  readonly status: number;
  readonly body: ErrorBody | string | { readonly message: string };
  readonly isText: boolean;
  /** Our own code, for the header. */
  readonly code: string;
}

/** What the answer depends on besides the error. */
export interface FailedRequest {
  readonly nowMs: number;
  readonly path: string;
  readonly failures: NonNullable<RouteDefinition['failures']>;
  /** Methods the path does have, without that of the request; empty where the path is unknown. */
  readonly methods: readonly string[];
  readonly bodyBytesMax: number;
}

const byKind: Record<ErrorKind, { status: number; errorCode: WireErrorCode }> = {
  'invalid-input': { status: 400, errorCode: codes.badRequest },
  unauthenticated: { status: 401, errorCode: codes.authentication },
  forbidden: { status: 403, errorCode: codes.permissionDenied },
  'not-found': { status: 404, errorCode: codes.notFound },
  conflict: { status: 409, errorCode: codes.versionConflict },
  'limit-exceeded': { status: 429, errorCode: codes.tooManyRequests },
  unavailable: { status: 503, errorCode: codes.general },
  internal: { status: 500, errorCode: codes.general },
};

/** Codes that answer otherwise than their kind (rest-api.md §2). */
const byCode: Readonly<Record<string, { status: number; errorCode: WireErrorCode }>> = {
  IDENTITY_TOKEN_EXPIRED: { status: 401, errorCode: codes.tokenExpired },
  IDENTITY_PASSWORD_EXPIRED: { status: 401, errorCode: codes.credentialsExpired },
  IDENTITY_PASSWORD_VIOLATION: { status: 401, errorCode: codes.passwordViolation },
  IDENTITY_ACTIVATION_UNKNOWN: { status: 409, errorCode: codes.badRequest },
  IDENTITY_RESET_UNKNOWN: { status: 409, errorCode: codes.badRequest },
  STORAGE_NAME_TAKEN: { status: 400, errorCode: codes.badRequest },
  REST_RULE_CALL_TIMEOUT: { status: 408, errorCode: codes.general },
  REST_RULE_CALL_REPLY_UNFIT: { status: 406, errorCode: codes.badRequest },
  DIRECTORY_ENTITIES_LIMIT: { status: 403, errorCode: codes.entitiesLimit },
};

/** Details of a problem that its answer carries besides the message (rest-api.md §2). */
const toldDetails: Readonly<Record<string, readonly (keyof ErrorBody)[]>> = {
  IDENTITY_PASSWORD_EXPIRED: ['resetToken'],
  DIRECTORY_ENTITIES_LIMIT: ['entityType', 'limit'],
};

/** Failures of which clients of the compatible API know nothing: the answer says what to do as well. */
const isOwnMatter = (code: string): boolean => code.startsWith('HISTORY_') || code.startsWith('QUERY_');

/** Refusals whose whole body is one word, as JSON (rest-api.md §9.3). */
const words: Readonly<Record<string, string>> = { DIRECTORY_CLAIM_FAILED: 'FAILURE', DIRECTORY_DEVICE_CLAIMED: 'CLAIMED' };

/** Turns any error into ThingsBoard's status and body. Texts of errors that nobody checked never leave. */
export function failureAnswer(error: unknown, request: FailedRequest): FailureAnswer {
  if (isProblem(error)) return ofProblem(error, request);
  const status = statusOf(error);
  if (status === 413) {
    const message = `Payload size exceeds the limit of ${request.bodyBytesMax} bytes`;
    const body = request.failures === 'message' ? { message } : JSON.stringify(message);
    return { status, body, isText: false, code: 'REST_BODY_TOO_LARGE' };
  }
  if (status === 404 && request.path === '/api/auth/login') {
    return asBody(401, codes.authentication, 'Authentication method not supported', 'REST_METHOD_UNKNOWN', request);
  }
  if (status === 404 && request.methods.length > 0) {
    return asBody(405, codes.badRequest, `This path has no such method, only ${request.methods.join(', ')}.`, 'REST_METHOD_UNKNOWN', request);
  }
  if (status === 404) return asBody(404, codes.notFound, "Requested item wasn't found!", 'REST_PATH_UNKNOWN', request);
  if (status === 408) return asBody(408, codes.general, 'The request did not come to its end in time.', 'REST_REQUEST_UNFINISHED', request);
  if (status === 431)
    return asBody(431, codes.badRequest, 'The headers are too long. Send fewer, or shorter ones.', 'REST_HEADERS_TOO_LARGE', request);
  if (status === 415) return asBody(415, codes.badRequest, 'Send the body as application/json.', 'REST_MEDIA_TYPE_UNKNOWN', request);
  if (status >= 400 && status < 500)
    return asBody(
      400,
      codes.badRequest,
      'The request cannot be read: it is no valid HTTP, no valid address or no valid JSON.',
      'REST_REQUEST_UNREADABLE',
      request,
    );
  return asBody(500, codes.general, problemOf(error).message, 'INTERNAL_ERROR', request);
}

/** What exceeds a limit whenever it is asked is a fault of the request; "too many requests" would have it sent again. */
function statusByKind({ kind, retry }: Problem): { status: number; errorCode: WireErrorCode } {
  return byKind[kind === 'limit-exceeded' && retry === 'never' ? 'invalid-input' : kind];
}

function ofProblem(error: ReturnType<typeof problemOf>, request: FailedRequest): FailureAnswer {
  const { status, errorCode } = byCode[error.code] ?? statusByKind(error);
  const word = words[error.code];
  if (word !== undefined) return { status, body: JSON.stringify(word), isText: false, code: error.code };
  const label = error.details?.['label'];
  const isAbsentEntity = request.failures === 'text' && error.kind === 'not-found' && typeof label === 'string';
  const told = isOwnMatter(error.code) ? `${error.message} ${error.remedy}` : error.message;
  const message = isAbsentEntity ? `${label === 'Entity view' ? 'Entity-view' : label} with requested id wasn't found!` : told;
  const answer = asBody(status, errorCode, message, error.code, request);
  if (typeof answer.body === 'string' || !('errorCode' in answer.body)) return answer;
  const details = (toldDetails[error.code] ?? []).map((name) => [name, error.details?.[name]]);
  return { ...answer, body: { ...answer.body, ...(Object.fromEntries(details) as Partial<ErrorBody>) } };
}

function asBody(status: number, errorCode: WireErrorCode, message: string, code: string, request: FailedRequest): FailureAnswer {
  // The gate answers the error object on every route, also where the route itself answers text.
  if (request.failures === 'text' && status !== 401 && status !== 429) return { status, body: message, isText: true, code };
  if (request.failures === 'message' && status !== 401 && status !== 429) {
    return { status, body: { message: status === 500 ? 'Internal Server Error' : message }, isText: false, code };
  }
  return { status, body: { status, message, errorCode, timestamp: request.nowMs }, isText: false, code };
}

/** The HTTP status an error of the framework carries; 500 for anything else. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 500;
  const { statusCode, getStatus } = error as { statusCode?: unknown; getStatus?: unknown };
  if (typeof getStatus === 'function') return Number(getStatus.call(error));
  return typeof statusCode === 'number' ? statusCode : 500;
}
