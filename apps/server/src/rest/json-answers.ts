import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { routeOf } from './route.js';

/** Sends a text as the JSON string it stands for; the framework would send it bare. */
export class JsonAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const answers = context.getType() === 'ws' ? 'text' : routeOf(context.getHandler())?.answers;
    if (answers === 'text') return next.handle();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (typeof answer !== 'string' || (answers === 'json-text' && answer === '')) return answer;
        context.switchToHttp().getResponse<FastifyReply>().type('application/json; charset=utf-8');
        return answers === 'json-text' ? answer : JSON.stringify(answer);
      }),
    );
  }
}
