// Goal: ids are chosen by name where the settings say of what kind they are, and stay text elsewhere.
import { expect, it } from 'vitest';
import { entityKindOf } from './entity-kind-of.js';

it.each([
  ['entityId', { entityType: 'DEVICE' }, 'DEVICE'],
  ['originatorId', { originatorType: 'CUSTOMER' }, 'CUSTOMER'],
  ['entityId', { entityType: 'ALARM' }, undefined],
  ['entityId', { originatorType: 'DEVICE' }, undefined],
  ['entityId', { entityType: null }, undefined],
  ['entityId', { entityType: 'toString' }, undefined],
  ['name', { entityType: 'DEVICE' }, undefined],
])('%s in %j is of %s', (field, object, kind) => {
  expect(entityKindOf(field, object)).toBe(kind);
});
