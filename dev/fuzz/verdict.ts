import type { FuzzRequest } from './request.js';
import type { Answer } from './wire.js';

const stackTrace = /\bat .*\(.*:\d+:\d+\)|node_modules|[A-Za-z]*Error: .*\/[\w./-]+\.[jt]s\b/;
const SHOWN_MAX = 1_500;

/** What is wrong with an answer; undefined where nothing is. */
export function faultOf(request: FuzzRequest, answer: Answer): string | undefined {
  // Servers may close the connection over a body that is too large, or a request line that is none.
  const isRefusedAtOnce = /ECONNRESET|EPIPE|socket hang up/.test(answer.fault ?? '') && (request.body?.length ?? 0) > 16_000_000;
  if (answer.fault !== undefined && !isRefusedAtOnce) return answer.fault;
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
