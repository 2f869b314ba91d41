import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { routeOf } from './route.js';

/** Sends a text as the JSON string it stands for; the framework would send it bare. */
export class JsonAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'ws' || routeOf(context.getHandler())?.answers === 'text') return next.handle();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (typeof answer !== 'string') return answer;
        context.switchToHttp().getResponse<FastifyReply>().type('application/json; charset=utf-8');
        return JSON.stringify(answer);
      }),
    );
  }
}
