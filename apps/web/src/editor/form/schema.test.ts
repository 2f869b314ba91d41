import { SECRET_MISSING, SECRET_SET } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../api/wire.js';
import { type Schema, isForPeople, isSecret, issuesOf, labelOf, optionLabel, scriptMembersOf, withoutNull } from './schema.js';

const schema: Schema = {
  type: 'object',
  properties: {
    scope: { type: 'string', enum: ['CLIENT_SCOPE', 'SERVER_SCOPE'] },
    key: { type: 'string', minLength: 1, maxLength: 5 },
    period: { type: 'integer', minimum: 1, maximum: 60 },
    ratio: { type: 'number', exclusiveMinimum: 0 },
    isOn: { type: 'boolean', default: false },
    names: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
    mapping: { type: 'object', additionalProperties: { type: 'string' } },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    processing: {
      oneOf: [
        { type: 'object', properties: { type: { type: 'string', const: 'ALL' } }, required: ['type'] },
        {
          type: 'object',
          properties: { type: { type: 'string', const: 'SOME' }, secs: { type: 'integer', minimum: 1 } },
          required: ['type', 'secs'],
        },
      ],
    },
    sub: { $ref: '#/$defs/sub' },
  },
  required: ['scope', 'isOn'],
  $defs: { sub: { type: 'object', properties: { deep: { type: 'number' } }, required: ['deep'] } },
};

const good: JsonValue = { scope: 'CLIENT_SCOPE' };

test('what fits has no issues', () => {
  const value = {
    ...good,
    key: 'abc',
    period: 60,
    ratio: 0.1,
    names: ['a'],
    mapping: { a: 'b' },
    note: null,
    processing: { type: 'SOME', secs: 1 },
    sub: { deep: 1 },
  };
  expect(issuesOf(value, schema)).toEqual([]);
});

test.each([
  { value: {}, path: ['scope'], says: 'missing' },
  { value: { scope: 'OTHER' }, path: ['scope'], says: 'one of CLIENT_SCOPE, SERVER_SCOPE' },
  { value: { ...good, key: '' }, path: ['key'], says: 'must not be empty' },
  { value: { ...good, key: 'abcdef' }, path: ['key'], says: 'at most 5' },
  { value: { ...good, period: 0 }, path: ['period'], says: 'is 0; it must be at least 1' },
  { value: { ...good, period: 61 }, path: ['period'], says: 'at most 60' },
  { value: { ...good, period: 1.5 }, path: ['period'], says: 'a whole number' },
  { value: { ...good, ratio: 0 }, path: ['ratio'], says: 'more than 0' },
  { value: { ...good, isOn: 'yes' }, path: ['isOn'], says: 'true or false' },
  { value: { ...good, names: [] }, path: ['names'], says: 'must not be empty' },
  { value: { ...good, names: ['a', ''] }, path: ['names', 1], says: 'must not be empty' },
  { value: { ...good, mapping: { a: 1 } }, path: ['mapping', 'a'], says: 'text' },
  { value: { ...good, note: 1 }, path: ['note'], says: 'text' },
  { value: { ...good, processing: { type: 'SOME', secs: 0 } }, path: ['processing', 'secs'], says: 'at least 1' },
  { value: { ...good, sub: {} }, path: ['sub', 'deep'], says: 'missing' },
  { value: 'text', path: [], says: 'an object' },
])('$path $says', ({ value, path, says }) => {
  const [issue] = issuesOf(value, schema);
  expect(issue?.path).toEqual(path);
  expect(issue?.message).toContain(says);
});

test('a reference that leads nowhere and a keyword nobody knows are passed over', () => {
  expect(issuesOf(1, { $ref: '#/$defs/gone' })).toEqual([]);
  expect(issuesOf(1, { type: 'number', fancy: true })).toEqual([]);
});

describe('words', () => {
  test.each([
    { name: 'defaultTTL', label: 'Default TTL' },
    { name: 'useServerTs', label: 'Use server ts' },
    { name: 'periodInSeconds', label: 'Period in seconds' },
    { name: 'alarm_type', label: 'Alarm type' },
  ])('$name is shown as $label', ({ name, label }) => {
    expect(labelOf(name, {})).toBe(label);
  });

  test('an option in capitals is shown in words, others as they are', () => {
    expect(optionLabel('CLIENT_SCOPE')).toBe('Client scope');
    expect(optionLabel('Contains')).toBe('Contains');
    expect(optionLabel('JS')).toBe('Js');
  });
});

test.each([
  { schema: { type: 'number', hidden: true }, isShown: false },
  { schema: { type: 'number', description: 'How many messages to keep.' }, isShown: true },
  { schema: { type: 'number' }, isShown: true },
])('a setting that means nothing has no field: $schema', ({ schema, isShown }) => {
  expect(isForPeople(schema)).toBe(isShown);
});

test.each<[Schema, Schema | undefined]>([
  [{ type: 'string' }, undefined],
  [
    { type: ['string', 'null'], title: 'Key', minLength: 1 },
    { type: 'string', title: 'Key', minLength: 1 },
  ],
  [
    { anyOf: [{ type: 'integer', minimum: 0, description: 'inner' }, { type: 'null' }], description: 'outer' },
    { type: 'integer', minimum: 0, description: 'outer' },
  ],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] }, undefined],
  [{ type: ['string', 'number', 'null'] }, undefined],
])('a setting of %j has the field of %j: null is what an empty field means', (given, shown) => expect(withoutNull(given)).toEqual(shown));

test('a script is found by the languages its declaration names, whatever the settings are called', () => {
  const text = (language: string) => ({ anyOf: [{ type: 'string' }, { type: 'null' }], language });
  const details: Schema = { properties: { alarmDetailsBuildJs: text('javascript'), alarmDetailsBuildTbel: text('tbel') } };
  expect(scriptMembersOf(details)).toEqual({ javascript: 'alarmDetailsBuildJs', tbel: 'alarmDetailsBuildTbel' });
  expect(scriptMembersOf({ properties: { jsScript: text('javascript') } })).toEqual({ javascript: 'jsScript', tbel: undefined });
  expect(scriptMembersOf(schema)).toBeUndefined();
});

test('a secret that is set fits whatever its bounds, one that is missing does not', () => {
  const secrets: Schema = { type: 'object', properties: { password: { anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }], secret: true } } };
  expect(issuesOf({ password: SECRET_SET }, secrets)).toEqual([]);
  expect(issuesOf({ password: SECRET_MISSING }, secrets)).toMatchObject([{ path: ['password'] }]);
});

test.each<[boolean, Schema, string?]>([
  [true, withoutNull({ anyOf: [{ type: 'string' }, { type: 'null' }], secret: true }) ?? {}],
  [true, { secret: true, secretExcept: ['accept'] }, 'Authorization'],
  [false, { secret: true, secretExcept: ['accept'] }, 'Accept'],
  [false, { type: 'string' }],
])('%s that %j %s is secret', (expected, given, name) => expect(isSecret(given, name)).toBe(expected));
