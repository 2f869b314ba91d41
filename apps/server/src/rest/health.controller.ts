import { healthSchema } from '@fieldline/api-contract';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf } from './route.js';
import { defineRoute, Handles } from './route.js';
import { REST_DEPS } from './tokens.js';

const health = defineRoute({
  method: 'GET',
  path: '/api/health',
  area: 'Server',
  summary: 'Whether the server takes readings: 200 while it does, else 503.',
  permission: 'public',
  response: healthSchema,
});

/** Health of the server, for supervisors. */
@Controller()
export class HealthController {
  readonly #deps: RestDeps;

  constructor(@Inject(REST_DEPS) deps: RestDeps) {
    this.#deps = deps;
  }

  @Handles(health)
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<AnswerOf<typeof health>> {
    const answer = await this.#deps.health();
    reply.status(answer.status === 'UP' ? 200 : 503);
    return answer;
  }
}
