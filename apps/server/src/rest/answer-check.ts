import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { map } from 'rxjs';
import { routeOf } from './route.js';

/** Checks that every answer that a handler returns fits the schema its route is documented with. For tests; costs a parse an answer. */
export class AnswerCheck implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = routeOf(context.getHandler());
    return next.handle().pipe(
      map((answer: unknown) => {
        if (route?.redirects === true || route?.answers === 'json-pieces') return answer;
        if (route?.response === undefined && answer !== undefined)
          throw new Error(`${route?.path ?? 'A route'} answers though it documents no answer.`);
        route?.response?.parse(answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)));
        return answer;
      }),
    );
  }
}
