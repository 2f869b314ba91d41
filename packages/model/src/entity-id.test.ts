import { isUuid } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { entityTypes, nullUuid, systemTenantId } from './entity-id.js';
import { ValueKind } from './value.js';

test('the null id is the one ThingsBoard clients compare with', () => {
  expect(nullUuid).toBe('13814000-1dd2-11b2-8080-808080808080');
  expect(isUuid(systemTenantId)).toBe(true);
});

test('entity types are listed once each', () => {
  expect(new Set(entityTypes).size).toBe(entityTypes.length);
});

// Stored batches hold these numbers: a test that fails here means data of older releases would be misread.
test('the numbers of the value kinds never change', () => {
  expect(ValueKind).toEqual({ boolean: 1, long: 2, double: 3, string: 4, json: 5 });
});
