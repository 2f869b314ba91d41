import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '@fieldline/kernel';
import { kaaErrorPayload, kaaStatusCode, statusCodeOfKind } from '@fieldline/protocol';
import { RETRY_AFTER_S } from './limits.js';

/** An answer of the device API. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/** "Received": status 200 without a body, in both dialects. */
export const received: Answer = { status: 200, headers: { 'content-length': 0 }, body: '' };

/** The answer to a refusal, in the dialect of the request (device-api.md §9, kaa.md §2.7 and §3). */
export function refusal(problem: Problem, dialect: 'thingsboard' | 'kaa'): Answer {
  const status = statusOf(problem, dialect);
  const body = dialect === 'kaa' ? kaaErrorPayload(status, problem.message) : thingsboardBody(problem, status);
  const headers: Record<string, string | number> = { 'content-length': Buffer.byteLength(body) };
  if (body !== '') headers['content-type'] = 'application/json';
  if (status === 503 || status === 504) headers['retry-after'] = RETRY_AFTER_S;
  if (status === 405) headers['allow'] = 'POST';
  return { status, headers, body };
}

/** Writes the answer, unless the other side has gone. */
export function send(res: ServerResponse, answer: Answer): void {
  if (res.destroyed || res.headersSent) return;
  res.writeHead(answer.status, answer.headers);
  res.end(answer.body);
}

/**
 * Answers while the body is still on its way and ends the connection: what is left of the body is thrown
 * away, because a reset connection could lose the answer.
 *
 * @returns a function that gives up waiting for the rest
 */
export function sendEarly(req: IncomingMessage, res: ServerResponse, answer: Answer): () => void {
  if (res.destroyed || res.headersSent) return () => undefined;
  res.writeHead(answer.status, { ...answer.headers, connection: 'close' });
  res.write(answer.body);
  req.once('end', () => res.end());
  req.resume();
  return () => {
    res.end();
    req.destroy();
  };
}

function statusOf(problem: Problem, dialect: 'thingsboard' | 'kaa'): number {
  const special = specialStatus[problem.code];
  if (special !== undefined) return special;
  return dialect === 'kaa' ? kaaStatusCode(problem) : statusCodeOfKind[problem.kind];
}

const specialStatus: Readonly<Record<string, number>> = {
  // What ThingsBoard answers to a claim that it does not take (device-api.md §7.4).
  TELEMETRY_CLAIM_ASSIGNED: 500,
  TELEMETRY_CLAIM_NOT_ALLOWED: 500,
  HTTP_BODY_TOO_LARGE: 413,
  PROTOCOL_PAYLOAD_TOO_LARGE: 413,
  HTTP_BODY_TOO_SLOW: 408,
  HTTP_METHOD_NOT_ALLOWED: 405,
};

function thingsboardBody(problem: Problem, status: number): string {
  if (status === 401) return '';
  if (status === 413) return JSON.stringify(problem.message);
  return JSON.stringify({ status, code: problem.code, message: problem.message, remedy: problem.remedy });
}
