import type { FuzzRequest } from './request.js';
import type { Answer } from './wire.js';

// Every part is bounded: an answer may repeat megabytes of what was sent, on one line.
const stackTrace = /\bat [^\n]{0,300}\([^\n]{0,300}:\d{1,9}:\d{1,9}\)|node_modules|\b[A-Za-z]{0,40}Error: [^\n]{0,300}\/[\w./-]{1,300}\.[jt]s\b/;
const SHOWN_MAX = 800;
/** What Node.js takes as the head of a request, and the API as a body at least. */
const HEAD_BYTES_MAX = 16_000;
const BODY_BYTES_MAX = 16_000_000;

/** What is wrong with an answer; undefined where nothing is. */
export function faultOf(request: FuzzRequest, answer: Answer): string | undefined {
  // Who sends more than the server takes finds the connection closed, perhaps before the answer could be read.
  const isOversized = request.target.length > HEAD_BYTES_MAX || (request.body?.length ?? 0) > BODY_BYTES_MAX;
  const isCutOff = isOversized && /ECONNRESET|EPIPE|socket hang up/.test(answer.fault ?? '');
  if (answer.fault !== undefined && !isCutOff) return answer.fault;
  if (answer.status >= 500) return `status ${answer.status}`;
  const trace = stackTrace.exec(answer.text)?.[0];
  return trace === undefined ? undefined : `the answer shows a stack trace: ${trace}`;
}

/** A request as one can read it, long ones cut. */
export function shown({ method, target, headers, body }: FuzzRequest): string {
  const text = body === undefined ? '' : ` body=${cut(body.toString())}`;
  return `${method} ${cut(target)} ${JSON.stringify(headers)}${text}`;
}

export function cut(text: string): string {
  const [visible, rest] = [text.slice(0, SHOWN_MAX), text.length - SHOWN_MAX];
  return JSON.stringify(rest > 0 ? `${visible}… (${rest} more)` : visible);
}
