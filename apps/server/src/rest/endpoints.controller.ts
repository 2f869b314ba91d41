import { endpointsSchema } from '@fieldline/api-contract';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf } from './route.js';
import { defineRoute, Handles } from './route.js';
import { REST_DEPS } from './tokens.js';

const endpoints = defineRoute({
  method: 'GET',
  path: '/api/fieldline/endpoints',
  area: 'Server',
  summary: 'Host and ports that devices connect to.',
  permission: 'session.use',
  response: endpointsSchema,
});

/** Where devices connect, for the commands that the web app shows. */
@Controller()
export class EndpointsController {
  readonly #deps: RestDeps;

  constructor(@Inject(REST_DEPS) deps: RestDeps) {
    this.#deps = deps;
  }

  @Handles(endpoints)
  read(@Req() request: FastifyRequest): AnswerOf<typeof endpoints> {
    return { host: request.hostname, ...this.#deps.endpoints() };
  }
}
