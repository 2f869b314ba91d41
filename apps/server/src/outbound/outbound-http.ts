import { isProblem } from '@fieldline/kernel';
import type { HttpAnswer, HttpRequest, HttpService } from '@fieldline/plugin-sdk';
import type { Dispatcher } from 'undici';
import { Dispatchers } from './dispatchers.js';
import { outboundErrors } from './errors.js';
import { CALL_TIMEOUT_MAX_MS, CALLS_UNDER_WAY_MAX, URL_CHARACTERS_MAX } from './limits.js';
import type { OutboundGuard } from './outbound-guard.js';

/**
 * The HTTP client of rule nodes. Every connection it opens has passed the guard; redirects are answers like any other.
 * undici is loaded with the thread, not with the first call: it would stop the engine for 100 ms under load.
 */
export class OutboundHttp implements HttpService {
  readonly #guard: OutboundGuard;
  readonly #dispatchers: Dispatchers;
  #underWay = 0;

  constructor(guard: OutboundGuard) {
    this.#guard = guard;
    this.#dispatchers = new Dispatchers(guard);
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const url = parsedUrl(request.url);
    if (this.#underWay >= CALLS_UNDER_WAY_MAX) throw outboundErrors.BUSY({ limit: CALLS_UNDER_WAY_MAX });
    this.#underWay += 1;
    const timeoutMs = request.timeoutMs > 0 ? Math.min(request.timeoutMs, CALL_TIMEOUT_MAX_MS) : CALL_TIMEOUT_MAX_MS;
    try {
      return await this.#call(url, request, AbortSignal.timeout(timeoutMs));
    } catch (error) {
      throw problemOfCall(error, url.host, timeoutMs);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Ends every connection, and the calls on it. */
  close(): Promise<void> {
    return this.#dispatchers.close();
  }

  async #call(url: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { method, headers, body = null, answerBytesMax } = request;
    if (request.proxy !== undefined) await this.#guard.reachByProxy(url.hostname, portOf(url));
    const to = this.#dispatchers.to(url.origin, request);
    const answer = await to.request({ origin: url.origin, path: url.pathname + url.search, method, headers, body, signal });
    const bytes = await bounded(answer.body, answerBytesMax, url.host);
    return { status: answer.statusCode, headers: namedHeaders(answer.headers), text: decoded(bytes, answer.headers['content-type']) };
  }
}

/** @throws OUTBOUND_URL_INVALID */
function parsedUrl(text: string): URL {
  if (text.length > URL_CHARACTERS_MAX) throw outboundErrors.URL_INVALID({ reason: `it has more than ${URL_CHARACTERS_MAX} characters` });
  const url = URL.parse(text);
  if (url === null) throw outboundErrors.URL_INVALID({ reason: 'it is no URL' });
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw outboundErrors.URL_INVALID({ reason: 'it begins neither with http:// nor https://' });
  if (url.username !== '' || url.password !== '') throw outboundErrors.URL_INVALID({ reason: 'it carries a user name or password' });
  if (url.port === '0') throw outboundErrors.URL_INVALID({ reason: 'port 0 is none' });
  return url;
}

const portOf = ({ port, protocol }: URL): number => (port !== '' ? Number(port) : protocol === 'https:' ? 443 : 80);

/** The whole body, which is cut off where it becomes too long. */
async function bounded(body: Dispatcher.ResponseData['body'], limit: number, target: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the body, and its connection with it.
    if (bytes > limit) throw outboundErrors.ANSWER_TOO_LARGE({ target, limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

function namedHeaders(headers: Dispatcher.ResponseData['headers']): HttpAnswer['headers'] {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** As the answer says it is written, else as UTF-8. */
function decoded(bytes: Buffer, contentType: string | readonly string[] | undefined): string {
  const [, charset = 'utf-8'] = /charset="?([\w-]{1,40})"?/i.exec(String(contentType ?? '')) ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A label that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}

function problemOfCall(error: unknown, target: string, timeoutMs: number): unknown {
  if (isProblem(error)) return error;
  const { name, code = '', message, cause } = error as Error & { code?: string };
  if (isProblem(cause)) return cause;
  if (name === 'TimeoutError' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code))
    return outboundErrors.TIMEOUT({ target, timeoutMs }, { cause: error });
  const isOurs =
    !message.startsWith('Proxy') &&
    (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED' || code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH');
  if (isOurs) return outboundErrors.HEADER_INVALID({ reason: message }, { cause: error });
  return outboundErrors.UNREACHABLE({ target, reason: message === '' ? code : message }, { cause: error });
}
