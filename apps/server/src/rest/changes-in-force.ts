import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import type { FollowedChanges } from '../followed-changes.js';
import { routeOf } from './route.js';

/** Answers a request that changes something when the change is in force. */
export class ChangesInForce implements NestInterceptor {
  readonly #changes: FollowedChanges;

  constructor(changes: FollowedChanges) {
    this.#changes = changes;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'ws' || routeOf(context.getHandler())?.method === 'GET') return next.handle();
    return defer(() => this.#changes.run(() => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}
