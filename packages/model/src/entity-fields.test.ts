import { expect, test } from 'vitest';
import { entitySchemas, type EntityKind } from './entities.js';
import { fieldShape, storedEntity } from './entity-fields.js';
import { entityRules } from './entity-rules.js';

// Goal: stores can trust what is said about fields, and what they read back is what the schema would have read.
// Method: fields of each shape by name; stored forms that lack what has a default, beside the answer of `parse`.

test('a field is one value, a list or something else, and required or not', () => {
  expect(fieldShape('device', 'name')).toEqual({ isRequired: true, holds: 'one' });
  expect(fieldShape('user', 'email')).toEqual({ isRequired: true, holds: 'one' });
  expect(fieldShape('otaPackage', 'type')).toEqual({ isRequired: true, holds: 'one' });
  expect(fieldShape('device', 'label')).toEqual({ isRequired: false, holds: 'one' });
  expect(fieldShape('customer', 'isPublic')).toEqual({ isRequired: true, holds: 'one' });
  expect(fieldShape('dashboard', 'customerIds')).toEqual({ isRequired: true, holds: 'list' });
  expect(fieldShape('device', 'additionalInfo')).toEqual({ isRequired: false, holds: 'other' });
  for (const field of ['nothing', 'constructor', '__proto__']) expect(fieldShape('device', field)).toBeUndefined();
});

test.each(Object.keys(entitySchemas) as EntityKind[])('every field that the rules of a %s name holds one value', (kind) => {
  const { unique, searched, indexed, sorted } = entityRules[kind];
  const fields: readonly string[] = [...unique.map(({ field }) => field), ...searched, ...indexed.flat(), ...sorted];
  expect(fields.filter((field) => fieldShape(kind, field)?.holds !== 'one')).toEqual([]);
});

test('a stored entity comes back with its defaults, those of its parts too', () => {
  const head = { id: 'i', tenantId: 't', createdAtMs: 1, version: 1 };
  const profile = { ...head, name: 'P', isDefault: false, transportType: 'DEFAULT', profileData: {} };
  expect(storedEntity('deviceProfile', JSON.stringify(profile))).toEqual(entitySchemas.deviceProfile.parse(profile));
  const node = { id: 'n', type: 'filter.script', name: 'Warm?', configVersion: 1, config: null, layout: { x: 1, y: 2 } };
  const chain = { ...head, name: 'Root', isRoot: true, nodes: [node, { ...node, isSingleton: true }], connections: [] };
  expect(storedEntity('ruleChain', JSON.stringify(chain))).toEqual(entitySchemas.ruleChain.parse(chain));
  expect(storedEntity('customer', JSON.stringify({ ...head, name: 'C', isPublic: true }))).toMatchObject({ isPublic: true });
});

test('two entities never share a default', () => {
  const text = '{"nodes":[]}';
  const [a, b] = [storedEntity('ruleChain', text), storedEntity('ruleChain', text)];
  expect(a.notes).toEqual([]);
  expect(a.notes).not.toBe(b.notes);
});
