import { problemCodeHeader } from '@fieldline/api-contract';
import type { Clock, Log } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SeldomWarnings } from '../seldom-warnings.js';
import { failureAnswer } from './failure-answer.js';
import { REST_BODY_BYTES_MAX, RETRY_AFTER_S } from './limits.js';
import type { RestRequest } from './route.js';
import type { RouteTable } from './route-table.js';

/**
 * The one place where errors become HTTP answers. Anything that is our own fault is logged here, once, with its stack; what was
 * refused for now, seldom. Of what clients do wrong the log says nothing, their answer says it.
 */
@Catch()
export class FailureFilter implements ExceptionFilter {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #warnings: SeldomWarnings;
  readonly #routes: RouteTable;

  constructor(clock: Clock, log: Log, routes: RouteTable) {
    this.#clock = clock;
    this.#log = log;
    this.#warnings = new SeldomWarnings({ clock, log });
    this.#routes = routes;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<RestRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = this.#routes.methodsOf(path);
    const answer = failureAnswer(error, {
      nowMs: this.#clock.nowMs(),
      path,
      failures: request.restRoute?.failures ?? (this.#routes.tellsMessages(request.method, path) ? 'message' : 'json'),
      // A path that has the method and was not found has a part beyond what a parameter may be: there is no such thing.
      methods: methods.includes(request.method) ? [] : methods,
      bodyBytesMax: REST_BODY_BYTES_MAX,
    });
    // Who went away ended what was done for them, and wants no answer.
    const isAbandoned = reply.raw.destroyed && isProblem(error);
    if (answer.status >= 500 && !isAbandoned) {
      const failed = { method: request.method, path, error };
      if (answer.status === 503) this.#warnings.warn('request-refused', answer.code, failed);
      else this.#log.error('request-failed', { ...failed, code: answer.code });
    }
    // Only what was too much at this moment is worth the same request again.
    if (isProblem(error) && error.retry === 'later' && (answer.status === 503 || answer.status === 429))
      void reply.header('retry-after', RETRY_AFTER_S);
    void reply
      .status(answer.status)
      .header(problemCodeHeader, answer.code)
      .header('content-type', answer.isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8')
      .send(answer.body);
  }
}
