import { errorBodySchema } from '@fieldline/api-contract';
import * as z from 'zod';
import { answerSchemas, requestSchemas, type NamedSchemas } from './named-schemas.js';
import type { RouteDefinition } from './route.js';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that validate requests and describe answers. */
export function openApiDocument(routes: readonly RouteDefinition[], version: string): Json {
  const schemas = new Schemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fieldline',
      version,
      description: 'REST API, compatible with that of ThingsBoard. Sign in, then send `X-Authorization: Bearer <token>`.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ area }) => area))].map((name) => ({ name })),
    paths,
    components: {
      responses: sharedResponses(schemas),
      schemas: schemas.components(),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(route: RouteDefinition, schemas: Schemas): Json {
  const isPublic = route.permission === 'public';
  const failure = (name: keyof typeof failures): Json => {
    // Who is not signed in gets JSON from every route.
    if (route.failures === undefined || route.failures === 'json' || name === 'NotSignedIn') return { $ref: `#/components/responses/${name}` };
    if (route.failures === 'message') return { description: failures[name], content: jsonOf(messageSchema) };
    return { description: failures[name], content: { 'text/plain': { schema: { type: 'string' } } } };
  };
  const done = { description: 'Done.', ...answerOf(route, schemas) };
  return {
    operationId: operationId(route),
    tags: [route.area],
    summary: route.summary,
    ...(isPublic ? {} : { security: [{ bearer: [] }], 'x-permission': route.permission }),
    parameters: [...parametersOf(route.params, 'path', schemas), ...parametersOf(route.query, 'query', schemas)],
    ...requestBodyOf(route, schemas),
    responses: {
      ...(route.redirects === true ? { 303: { description: 'Go on there.' } } : { 200: done }),
      400: failure('WrongRequest'),
      401: failure('NotSignedIn'),
      ...(isPublic ? {} : { 403: failure('NotPermitted'), 404: failure('NotFound') }),
      ...(route.method === 'POST' && !isPublic ? { 409: failure('Conflict') } : {}),
    },
  };
}

/** Answers that many routes give. */
const failures = {
  WrongRequest: 'The request is wrong.',
  NotSignedIn: 'Not signed in, or the token has expired.',
  NotPermitted: 'Not permitted.',
  NotFound: 'No such entity.',
  Conflict: 'Somebody else changed it meanwhile.',
};

function sharedResponses(schemas: Schemas): Json {
  const content = jsonOf(schemas.of(errorBodySchema, 'output'));
  return Object.fromEntries(Object.entries(failures).map(([name, description]) => [name, { description, content }]));
}

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } });
const messageSchema = { type: 'object', properties: { message: { type: 'string', description: 'What is wrong.' } }, required: ['message'] };
const fileSchema = { type: 'string', format: 'binary' };

function answerOf({ response, answers }: RouteDefinition, schemas: Schemas): Json {
  if (answers === 'file') return { content: { 'application/octet-stream': { schema: fileSchema } } };
  return response === undefined ? {} : { content: jsonOf(schemas.of(response, 'output')) };
}

function requestBodyOf({ body, takes }: RouteDefinition, schemas: Schemas): Json {
  if (takes === 'file') {
    const schema = { type: 'object', properties: { file: { ...fileSchema, description: 'The file.' } }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  return body === undefined ? {} : { requestBody: { required: true, content: jsonOf(schemas.of(body, 'input')) } };
}

/** `GET /api/device/info/{deviceId}` is `getDeviceInfoByDeviceId`: the same whenever the path is. */
function operationId({ method, path }: RouteDefinition): string {
  const words = path
    .replace(/^\/api\//, '')
    .split(/[/-]/)
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)));
  return `${method.toLowerCase()}${words.join('')}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query', schemas: Schemas): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemas.of(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  // What a parameter means shows better after parsing ("ASC or DESC", a whole number), where that can be said in JSON Schema.
  const parsed = (schemas.of(schema, 'output') as { properties?: Record<string, Json> }).properties ?? {};
  const shown = Object.entries(properties).map(([name, own]): readonly [string, Json] => {
    const { [name]: meant = {} } = parsed;
    if ('$ref' in meant) return [name, { description: own['description'], ...meant }];
    return [name, 'enum' in meant || meant['type'] === 'integer' ? { ...own, ...meant } : own];
  });
  return shown.map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

type Direction = 'input' | 'output';

/** JSON Schemas of zod schemas, with named ones collected under `components`. */
class Schemas {
  readonly #registries = { input: registryOf(requestSchemas), output: registryOf(answerSchemas) };
  readonly #components: Record<string, Json> = {};

  of(schema: z.ZodType, io: Direction): Json {
    const metadata = this.#registries[io];
    const {
      $schema: _,
      $defs,
      ...own
    } = z.toJSONSchema(schema, { io, metadata, unrepresentable: 'any', override: overrideOf(io) }) as Json & {
      $defs?: Record<string, Json>;
    };
    for (const [id, definition] of Object.entries($defs ?? {})) if (isName(id)) this.#components[id] = plain(definition) as Json;
    const name = metadata.get(schema)?.id;
    if (name === undefined) return plain(own) as Json;
    this.#components[name] ??= plain(own) as Json;
    return { $ref: `#/components/schemas/${name}` };
  }

  components(): Record<string, Json> {
    return Object.fromEntries(Object.entries(this.#components).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function registryOf(named: NamedSchemas): z.core.$ZodRegistry<{ id: string }> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  return registry;
}

const isName = (id: string): boolean => id in answerSchemas || id in requestSchemas;

/** Descriptions are kept in zod's own registry, apart from the names; a coerced number is documented as the number. */
function overrideOf(io: Direction) {
  return ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }): void => {
    const description = z.globalRegistry.get(zodSchema)?.description;
    if (description !== undefined) jsonSchema['description'] ??= description;
    const def = zodSchema._zod.def as { type: string; coerce?: boolean };
    if (io === 'input' && def.type === 'number' && def.coerce === true) jsonSchema['type'] ??= 'number';
  };
}

/** Moves references to `components`; "any JSON", which zod spells as a recursive union, becomes the empty schema. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, id, ...rest } = value as Json & { $ref?: string };
  if (typeof $ref === 'string') {
    const name = $ref.replace('#/$defs/', '');
    const described = typeof rest['description'] === 'string' ? { description: rest['description'] } : {};
    return isName(name) ? { $ref: `#/components/schemas/${name}`, ...described } : described;
  }
  const kept = typeof id === 'string' && isName(id) ? rest : value;
  return Object.fromEntries(Object.entries(kept as Json).map(([key, member]) => [key, plain(member)]));
}
