import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { typeOf } from './openapi-types.js';
import { clientTypesPath, clientTypesSource } from './source.js';

it('the committed types of the API client are those of the OpenAPI document', async () => {
  const isCurrent = readFileSync(clientTypesPath, 'utf8') === (await clientTypesSource());
  expect(isCurrent, 'It is stale. Run: node dev/run.mjs dev/generate-api-client.ts').toBe(true);
});

it('a schema becomes the type that says the same', () => {
  expect(typeOf({ type: ['string', 'null'] })).toBe('(string) | (null)');
  expect(typeOf({ anyOf: [{ $ref: '#/components/schemas/Device' }, { type: 'null' }] })).toBe('(Device) | (null)');
  expect(typeOf({ type: 'object', properties: { 'a-b': { type: 'integer' } }, required: ['a-b'] })).toBe('{ "a-b": number; }');
  expect(typeOf({ type: 'object', additionalProperties: { type: 'array', items: { const: 1 } } })).toBe('{ [name: string]: (1)[] }');
  expect(typeOf({})).toBe('unknown');
});
