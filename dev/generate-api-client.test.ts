import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { allRoutes } from '../apps/server/src/rest/controllers.js';
import { openApiDocument } from '../apps/server/src/rest/openapi.js';
import { clientTypes, type OpenApi, typeOf } from './openapi-types.js';

it('the committed types of the API client are those of the OpenAPI document', async () => {
  const path = 'packages/api-client/src/generated/api.ts';
  const types = clientTypes(openApiDocument(allRoutes(), '0.0.0') as unknown as OpenApi);
  const text = await format(types, { ...(await resolveConfig(path)), parser: 'typescript' });
  expect(readFileSync(path, 'utf8') === text, 'It is stale. Run: node dev/generate-api-client.ts').toBe(true);
});

it('a schema becomes the type that says the same', () => {
  expect(typeOf({ type: ['string', 'null'] })).toBe('(string) | (null)');
  expect(typeOf({ anyOf: [{ $ref: '#/components/schemas/Device' }, { type: 'null' }] })).toBe('(Device) | (null)');
  expect(typeOf({ type: 'object', properties: { 'a-b': { type: 'integer' } }, required: ['a-b'] })).toBe('{ "a-b": number; }');
  expect(typeOf({ type: 'object', additionalProperties: { type: 'array', items: { const: 1 } } })).toBe('{ [name: string]: (1)[] }');
  expect(typeOf({})).toBe('unknown');
});
