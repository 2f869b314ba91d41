// Goal: relations queries of ThingsBoard's exports are read, whatever they leave out. Method: parse them.
import { expect, test } from 'vitest';
import { relationsQuery, relationsQueryDefault } from './relations-query.js';

test('what is absent or null has its default', () => {
  expect(relationsQuery.parse({})).toEqual({ direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, filters: [] });
  const filters = [{ relationType: 'Contains', entityTypes: null }];
  expect(relationsQuery.parse({ direction: 'TO', maxLevel: 0, fetchLastLevelOnly: null, filters })).toEqual({
    direction: 'TO',
    maxLevel: 0,
    fetchLastLevelOnly: false,
    filters: [{ relationType: 'Contains', entityTypes: [], negate: false }],
  });
});

test('what a fresh node has stays as it is', () => expect(relationsQuery.parse(relationsQueryDefault)).toEqual(relationsQueryDefault));

test.each([{ direction: 'BOTH' }, { maxLevel: 1.5 }, { filters: [{ relationType: 'A', entityTypes: ['THING'] }] }])('%j is refused', (query) => {
  expect(relationsQuery.safeParse(query).success).toBe(false);
});
