// Goal: secrets of node settings never leave, and come back untouched where a client returns what it was given (design.md §8).
// Method: rows over a schema with every place a secret can have, and a property over arbitrary settings.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideSecrets, keepSecrets, missingSecret, SECRET_MISSING, SECRET_SET, withoutSecrets } from './node-secrets.js';
import type { JsonObject, JsonValue } from './value.js';

const text = { anyOf: [{ type: 'string' }, { type: 'null' }] };
const schema: JsonObject = {
  type: 'object',
  properties: {
    host: { type: 'string' },
    password: { ...text, secret: true },
    headers: { type: 'object', additionalProperties: { type: 'string' }, secret: true, secretExcept: ['content-type'] },
    credentials: {
      oneOf: [
        { type: 'object', properties: { type: { const: 'basic' }, username: text, password: { ...text, secret: true } } },
        { type: 'object', properties: { type: { const: 'key' }, key: { $ref: '#/$defs/key' } } },
      ],
    },
    provider: { type: 'object', secret: true, properties: { type: { enum: ['A', 'B'] } }, additionalProperties: {} },
    list: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, token: { type: 'string', secret: true } } } },
  },
  $defs: { key: { type: 'string', secret: true } },
};

describe('what is shown', () => {
  test.each<[JsonValue, JsonValue]>([
    [
      { host: 'a', password: 'p' },
      { host: 'a', password: SECRET_SET },
    ],
    [{ password: '' }, { password: '' }],
    [{ password: null }, { password: null }],
    [{ password: SECRET_MISSING }, { password: SECRET_MISSING }],
    [{ headers: { 'Content-Type': 'text/plain', 'X-Token': 't' } }, { headers: { 'Content-Type': 'text/plain', 'X-Token': SECRET_SET } }],
    [{ credentials: { type: 'basic', username: 'u', password: 'p' } }, { credentials: { type: 'basic', username: 'u', password: SECRET_SET } }],
    [{ credentials: { type: 'key', key: 'k' } }, { credentials: { type: 'key', key: SECRET_SET } }],
    [{ provider: { type: 'A', sid: 's', deep: ['x', 5] } }, { provider: { type: 'A', sid: SECRET_SET, deep: [SECRET_SET, 5] } }],
    [{ list: [{ name: 'n', token: 't' }] }, { list: [{ name: 'n', token: SECRET_SET }] }],
    ['text', 'text'],
  ])('%j as %j', (settings, shown) => {
    expect(hideSecrets(settings, schema)).toEqual(shown);
  });

  test('without a schema what is called like a secret is one', () => {
    const settings = { host: 'h', brokerPassword: 'p', apiKey: '', headers: { A: ['x', 1] }, list: [{ name: 'n', token: 't' }], keys: ['k'] };
    expect(hideSecrets(settings, undefined)).toEqual({
      ...{ host: 'h', brokerPassword: SECRET_SET, apiKey: '', headers: { A: [SECRET_SET, 1] } },
      ...{ list: [{ name: 'n', token: SECRET_SET }], keys: ['k'] },
    });
  });
});

describe('what is saved', () => {
  const stored = { host: 'a', password: 'p', list: [{ token: 't' }], headers: { A: 'x' }, empty: '' };

  test.each<[JsonValue, JsonValue, readonly string[]]>([
    [{ host: 'b', password: SECRET_SET }, { host: 'b', password: 'p' }, []],
    [{ password: 'new' }, { password: 'new' }, []],
    [{ list: [{ token: SECRET_SET }] }, { list: [{ token: 't' }] }, []],
    [{ headers: { B: SECRET_SET } }, { headers: { B: SECRET_MISSING } }, ['headers.B']],
    [
      { empty: SECRET_SET, list: [1, { token: SECRET_SET }] },
      { empty: SECRET_MISSING, list: [1, { token: SECRET_MISSING }] },
      ['empty', 'list.1.token'],
    ],
    [{ constructor: { name: SECRET_SET } }, { constructor: { name: SECRET_MISSING } }, ['constructor.name']],
  ])('%j', (sent, settings, unknown) => {
    expect(keepSecrets(sent, stored)).toEqual({ settings, unknown });
  });

  test('settings that come back as they were shown are saved as they were', () => {
    const member = fc.oneof(fc.constantFrom('host', 'password', 'headers', 'credentials', 'provider', 'list', 'type', 'key', 'token'), fc.string());
    const { settings } = fc.letrec<{ settings: JsonValue }>((tie) => ({
      settings: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('settings')),
        fc.dictionary(member, tie('settings')),
      ),
    }));
    fc.assert(
      fc.property(settings, (one) => {
        expect(keepSecrets(hideSecrets(one, schema), one)).toEqual({ settings: one, unknown: [] });
        expect(keepSecrets(hideSecrets(one, undefined), one)).toEqual({ settings: one, unknown: [] });
      }),
    );
  });
});

test('a copy has none of the secrets, and says which are missing', () => {
  const copy = withoutSecrets({ a: 1, list: [{ token: SECRET_SET }] });
  expect(copy).toEqual({ a: 1, list: [{ token: SECRET_MISSING }] });
  expect(missingSecret(copy)).toBe('list.0.token');
  expect(missingSecret({ a: [null, 'x'] })).toBeUndefined();
});
