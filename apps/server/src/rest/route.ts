import type { Permission } from '@fieldline/identity';
import type { Caller } from '@fieldline/ports';
import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  Redirect,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { parseInput } from './parse-input.js';

/** Everything about a route but what it does: routing, the first gate, validation and documentation follow from it. */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters as `:name`. */
  readonly path: string;
  /** Heading it stands under in the documentation. */
  readonly area: string;
  readonly summary: string;
  /** Permission the caller must have; `public` asks for no sign-in. */
  readonly permission: Permission | 'public';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** True where the handler gets the body as the text that was sent; `body` then documents it only. */
  readonly isBodyText?: boolean;
  /** Body of the answer; absent means an empty one. */
  readonly response?: z.ZodType;
  /** `file` where the body is `multipart/form-data` with one part `file`. */
  readonly takes?: 'file';
  /**
   * `text` where the answer is a plain text, `file` where it is a file, `json-text` where it is a text that is JSON already,
   * `json-pieces` where the handler sends it itself, piece by piece; everything else is JSON, a text alone included.
   */
  readonly answers?: 'text' | 'file' | 'json-text' | 'json-pieces';
  /** True where the answer sends the client elsewhere (303). */
  readonly redirects?: boolean;
  /** True where large answers are compressed for clients that accept it. */
  readonly isCompressed?: boolean;
  /**
   * `text` where failures are answered as plain text instead of the error object (rest-api.md §2, last table), `message` where
   * the object has nothing but the message (kaa.md §5.4).
   */
  readonly failures?: 'json' | 'text' | 'message';
}

/** Declares a route; attach it to its handler with `Handles`. */
export function defineRoute<const R extends RouteDefinition>(route: R): R {
  return route;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What a handler gets: the parsed parts of the request. */
export type InputOf<R extends RouteDefinition> = Inputs<
  Parsed<R['params']>,
  Parsed<R['query']>,
  R['isBodyText'] extends true ? string : Parsed<R['body']>
>;
interface Inputs<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}
/** What a handler answers. */
export type AnswerOf<R extends RouteDefinition> = R['redirects'] extends true
  ? { readonly url: string }
  : R['answers'] extends 'json-pieces'
    ? undefined | void
    : R['response'] extends z.ZodType
      ? z.input<R['response']>
      : undefined | void;

/** What guards and handlers keep with a request. */
export interface RestRequest extends FastifyRequest {
  caller?: Caller;
  restRoute?: RouteDefinition;
}

const ROUTE = 'fieldline:route';

/** Makes a method of a controller the handler of a route. Its answer must fit the route's response. */
export function Handles<R extends RouteDefinition>(
  route: R,
): <M extends (...args: never[]) => AnswerOf<R> | Promise<AnswerOf<R>>>(
  target: object,
  name: string,
  descriptor: TypedPropertyDescriptor<M>,
) => void {
  const status = route.redirects === true ? Redirect('', 303) : HttpCode(200);
  return applyDecorators(RequestMapping({ method: RequestMethod[route.method], path: route.path }), status, SetMetadata(ROUTE, route));
}

/** The parsed parts of the request, by the schemas of the route. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<RestRequest>();
  const route = routeOf(context.getHandler());
  return route === undefined ? undefined : parseInput(route, request);
});

/** Who makes the request. Only on routes that are not public. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<RestRequest>().caller);

/** The route a handler was given with `Handles`. */
export function routeOf(handler: object): RouteDefinition | undefined {
  return Reflect.getMetadata(ROUTE, handler) as RouteDefinition | undefined;
}

/** All routes of a controller, in the order of its methods. */
export function routesOf(controller: { readonly prototype: object }): RouteDefinition[] {
  const { prototype } = controller;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method = (prototype as Record<string, unknown>)[name];
    const route = typeof method === 'function' && name !== 'constructor' ? routeOf(method) : undefined;
    return route === undefined ? [] : [route];
  });
}
