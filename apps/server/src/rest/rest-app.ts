import 'reflect-metadata';
import type { Identity } from '@fieldline/identity';
import { UnsupportedMediaTypeException, type WebSocketAdapter } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import type { Server } from 'node:http';
import { AnswerCheck } from './answer-check.js';
import { isApiPath } from './api-paths.js';
import { ChangesInForce } from './changes-in-force.js';
import { compressAnswers } from './compressed-answers.js';
import { allRoutes } from './controllers.js';
import { serveDocumentation } from './documentation.js';
import { FailureFilter } from './failure-filter.js';
import { JsonAnswers } from './json-answers.js';
import { restErrors } from './errors.js';
import { nestsDeeperThan } from './json-nesting.js';
import { REST_BODY_BYTES_MAX, REST_BODY_DEPTH_MAX, REST_PARAMETER_LENGTH_MAX } from './limits.js';
import { PermissionGuard } from './permission-guard.js';
import { RequestLimits } from './request-limits.js';
import type { RestDeps } from './rest-deps.js';
import { RestModule } from './rest-module.js';
import { RouteTable } from './route-table.js';
import { setSecurityHeaders } from './security-headers.js';
import { IDENTITY } from './tokens.js';
import { UnreadableRequests } from './unreadable-requests.js';
import { takeUploads } from './uploaded-file.js';
import { serveWebApp } from './web-app.js';

/**
 * Builds the application of the API, the documentation pages and the web app. It is initialised but does not
 * listen.
 *
 * @param serverFactory makes the HTTP server and decides which requests reach the handler it is given; a plain
 *   server if absent
 * @param webSocketAdapter connects the gateways among `deps.modules` to the HTTP server
 */
export async function createRestApp(
  deps: RestDeps,
  serverFactory?: FastifyServerFactory,
  webSocketAdapter?: (server: Server) => WebSocketAdapter,
): Promise<NestFastifyApplication> {
  const unreadable = new UnreadableRequests(deps.clock);
  const adapter = new FastifyAdapter({
    frameworkErrors: unreadable.ofAddress,
    clientErrorHandler: unreadable.ofConnection,
    bodyLimit: REST_BODY_BYTES_MAX,
    routerOptions: { maxParamLength: REST_PARAMETER_LENGTH_MAX, ignoreTrailingSlash: true },
    ...(serverFactory === undefined ? {} : { serverFactory }),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = new RouteTable(allRoutes());
  readJsonBodies(fastify, routes);
  setSecurityHeaders(fastify);
  compressAnswers(fastify);
  await takeUploads(fastify);
  // Fastify takes a path once: what Nest registers must be exactly what the table lists.
  const registered = watchRoutes(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(RestModule.for(deps), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useGlobalGuards(new PermissionGuard(app.get<Identity>(IDENTITY), new RequestLimits(deps)));
  app.useGlobalFilters(new FailureFilter(deps.clock, deps.log, routes));
  app.useGlobalInterceptors(new JsonAnswers());
  if (deps.followed !== undefined) app.useGlobalInterceptors(new ChangesInForce(deps.followed));
  if (deps.checksAnswers === true) app.useGlobalInterceptors(new AnswerCheck());
  if (webSocketAdapter !== undefined) app.useWebSocketAdapter(webSocketAdapter(app.getHttpServer()));
  serveDocumentation(fastify, routes.routes, deps.version);
  serveWebApp(fastify, deps.webRoot);
  await app.init();
  checkRoutes(registered, routes);
  await fastify.ready();
  return app;
}

/** An empty body counts as none: many clients send the header `Content-Type: application/json` without one. */
function readJsonBodies(fastify: FastifyInstance, routes: RouteTable): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser(['application/json', 'application/merge-patch+json'], { parseAs: 'string' }, (request, body, done) => {
    if (nestsDeeperThan(body as string, REST_BODY_DEPTH_MAX)) done(restErrors.BODY_TOO_DEEP({ depthMax: REST_BODY_DEPTH_MAX }));
    else if (routes.takesText(request.method, request.url)) done(null, body);
    else if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
  // Clients say all sorts of things about a text, or nothing; where the text itself is wanted, that does not matter.
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (nestsDeeperThan(body as string, REST_BODY_DEPTH_MAX)) done(restErrors.BODY_TOO_DEEP({ depthMax: REST_BODY_DEPTH_MAX }));
    else if (routes.takesText(request.method, request.url)) done(null, body);
    // A path that does not exist is told so whatever was sent to it.
    else if (body === '' || routes.methodsOf(request.url.split('?', 1)[0] ?? '').length === 0) done(null, undefined);
    else done(new UnsupportedMediaTypeException());
  });
}

function watchRoutes(fastify: FastifyInstance): Set<string> {
  const registered = new Set<string>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && isApiPath(url)) registered.add(`${one} ${url}`);
  });
  return registered;
}

/** Every route of the API must be in the table, for there are its permission and its documentation; and the other way round. */
function checkRoutes(registered: ReadonlySet<string>, table: RouteTable): void {
  const declared = new Set(table.routes.map(({ method, path }) => `${method} ${path}`));
  const odd = [...registered].filter((one) => !declared.has(one)).concat([...declared].filter((one) => !registered.has(one)));
  if (odd.length > 0) throw new Error(`Routes without a declaration, or declarations without a route: ${odd.join(', ')}.`);
}
