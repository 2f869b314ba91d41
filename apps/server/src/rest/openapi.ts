import {
  errorBodySchema,
  healthSchema,
  importResultSchema,
  tokenPairSchema,
  wireAlarmInfoSchema,
  wireAlarmSchema,
  wireAssetInfoSchema,
  wireAssetProfileInfoSchema,
  wireAssetProfileSchema,
  wireAssetSchema,
  wireAttributeSchema,
  wireComponentSchema,
  wireDeviceCredentialsSchema,
  wireDeviceInfoSchema,
  wireDeviceProfileInfoSchema,
  wireDeviceProfileSchema,
  wireDeviceSchema,
  wireEntityViewInfoSchema,
  wireEntityViewSchema,
  wireDashboardInfoSchema,
  wireDashboardSchema,
  wireOtaPackageInfoSchema,
  wireRelationInfoSchema,
  wireRelationSchema,
  wireRuleChainMetadataSchema,
  wireRuleChainSchema,
  wireRuleNodeSchema,
  wireTenantSchema,
  wireTimeSeriesSchema,
  wireUserSchema,
} from '@fieldline/api-contract';
import * as z from 'zod';
import type { RouteDefinition } from './route.js';

type Json = Record<string, unknown>;

/** Schemas that stand under a name of their own in the document; the generated client gets a type for each. */
const named: Readonly<Record<string, z.ZodType>> = {
  Failure: errorBodySchema,
  TokenPair: tokenPairSchema,
  User: wireUserSchema,
  Tenant: wireTenantSchema,
  Device: wireDeviceSchema,
  DeviceInfo: wireDeviceInfoSchema,
  DeviceCredentials: wireDeviceCredentialsSchema,
  DeviceProfile: wireDeviceProfileSchema,
  DeviceProfileInfo: wireDeviceProfileInfoSchema,
  Asset: wireAssetSchema,
  AssetInfo: wireAssetInfoSchema,
  AssetProfile: wireAssetProfileSchema,
  AssetProfileInfo: wireAssetProfileInfoSchema,
  EntityView: wireEntityViewSchema,
  EntityViewInfo: wireEntityViewInfoSchema,
  ImportResult: importResultSchema,
  Dashboard: wireDashboardSchema,
  DashboardInfo: wireDashboardInfoSchema,
  OtaPackage: wireOtaPackageInfoSchema,
  Relation: wireRelationSchema,
  RelationInfo: wireRelationInfoSchema,
  TimeSeries: wireTimeSeriesSchema,
  Attribute: wireAttributeSchema,
  Alarm: wireAlarmSchema,
  AlarmInfo: wireAlarmInfoSchema,
  RuleChain: wireRuleChainSchema,
  RuleChainMetadata: wireRuleChainMetadataSchema,
  RuleNode: wireRuleNodeSchema,
  Component: wireComponentSchema,
  Health: healthSchema,
};

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
      schemas: schemas.components(),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(route: RouteDefinition, schemas: Schemas): Json {
  const isPublic = route.permission === 'public';
  const failure = {
    content: route.failures === 'text' ? { 'text/plain': { schema: { type: 'string' } } } : jsonOf({ $ref: '#/components/schemas/Failure' }),
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
      400: { description: 'The request is wrong.', ...failure },
      401: { description: 'Not signed in, or the token has expired.', content: jsonOf({ $ref: '#/components/schemas/Failure' }) },
      ...(isPublic ? {} : { 403: { description: 'Not permitted.', ...failure }, 404: { description: 'No such entity.', ...failure } }),
      ...(route.method === 'POST' && !isPublic ? { 409: { description: 'Somebody else changed it meanwhile.', ...failure } } : {}),
    },
  };
}

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } });
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
  // What a parameter means shows better after parsing ("ASC or DESC"), where that can be said in JSON Schema.
  const parsed = (schemas.of(schema, 'output') as { properties?: Record<string, Json> }).properties ?? {};
  const shown = Object.entries(properties).map(([name, own]) => [name, 'enum' in (parsed[name] ?? {}) ? { ...own, ...parsed[name] } : own] as const);
  return shown.map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

/** JSON Schemas of zod schemas, with named ones collected under `components`. */
class Schemas {
  readonly #registry = z.registry<{ id: string }>();
  readonly #components: Record<string, Json> = {};

  constructor() {
    for (const [id, schema] of Object.entries(named)) this.#registry.add(schema, { id });
    for (const schema of Object.values(named)) this.of(schema, 'output');
  }

  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs,
      ...own
    } = z.toJSONSchema(schema, { io, metadata: this.#registry, unrepresentable: 'any', override: overrideOf(io) }) as Json & {
      $defs?: Record<string, Json>;
    };
    for (const [id, definition] of Object.entries($defs ?? {})) if (id in named) this.#components[id] = plain(definition) as Json;
    const name = this.#registry.get(schema)?.id;
    if (name === undefined) return plain(own) as Json;
    this.#components[name] ??= plain(own) as Json;
    return { $ref: `#/components/schemas/${name}` };
  }

  components(): Record<string, Json> {
    return this.#components;
  }
}

/** Descriptions are kept in zod's own registry, apart from the names; a coerced number is documented as the number. */
function overrideOf(io: 'input' | 'output') {
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
    return name in named ? { $ref: `#/components/schemas/${name}`, ...described } : described;
  }
  const kept = typeof id === 'string' && id in named ? rest : value;
  return Object.fromEntries(Object.entries(kept as Json).map(([key, member]) => [key, plain(member)]));
}
