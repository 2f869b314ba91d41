// Goal: the rows of rest-api.md §23.5. Method: HTTP against a running API over memory stores: devices with a server attribute
// of each kind, found by their name. Those about time series are in entity-query-telemetry.test.ts.
import { type StoredValue, ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

const { boolean, long, double, string, json } = ValueKind;
const given: Readonly<Record<string, readonly [ValueKind, StoredValue]>> = {
  cat: [string, 'Cat'],
  dog: [string, 'dog'],
  list: [string, 'a,b'],
  ten: [long, 10],
  half: [double, 0.5],
  on: [boolean, true],
  off: [boolean, false],
  document: [json, '{"Cat":1}'],
};
let rest: RunningRest;

beforeAll(async () => {
  rest = await startRest();
  for (const name of [...Object.keys(given), 'none']) {
    const { id } = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name } })).body.id;
    const [kind, value] = given[name] ?? [];
    if (kind === undefined || value === undefined) continue;
    await rest.commit((unit, tenantId) =>
      unit.attribute({ tenantId, entity: deviceEntity(id), scope: 'SERVER_SCOPE', key: 'v', kind, value, lastUpdateMs: 1 }),
    );
  }
  await rest.commit((unit, tenantId) => {
    const at = { tenantId, entity: { entityType: 'TENANT', id: tenantId }, lastUpdateMs: 1 } as const;
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'wanted', kind: string, value: 'Cat' });
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'level', kind: long, value: 10 });
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'long', kind: string, value: 'x'.repeat(60_000) });
    unit.attribute({ ...at, scope: 'SHARED_SCOPE', key: 'shared', kind: string, value: 'Cat' });
  });
});
afterAll(() => rest.close());

const v = { type: 'ATTRIBUTE', key: 'v' };
const entityFilter = { type: 'entityType', entityType: 'DEVICE' };
const predicateOf = (type: string, operation: string, defaultValue: unknown, more: object = {}) => ({
  type,
  operation,
  value: { defaultValue, userValue: null, dynamicValue: null },
  ...more,
});
const names = async (keyFilters: readonly object[], more: object = {}): Promise<readonly string[]> => {
  const name = { type: 'ENTITY_FIELD', key: 'name' };
  const pageLink = { pageSize: 100, page: 0, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, direction: 'ASC' } };
  const body = { entityFilter, pageLink, entityFields: [name], keyFilters, ...more };
  const { data } = (await rest.call('POST', '/api/entitiesQuery/find', { token: rest.admin, body })).body;
  return data.map(({ latest }: { latest: { ENTITY_FIELD: { name: { value: string } } } }) => latest.ENTITY_FIELD.name.value).sort();
};
const matching = (predicate: object, key: object = v) => names([{ key, predicate }]);
const count = async (keyFilters: readonly object[], more: object = {}): Promise<number> =>
  (await rest.call('POST', '/api/entitiesQuery/count', { token: rest.admin, body: { entityFilter, keyFilters, ...more } })).body;

describe('rest-api.md §23.5, operations', () => {
  it.each([
    ['EQUAL', 'Cat', ['cat']],
    ['NOT_EQUAL', 'Cat', ['dog', 'list']],
    ['STARTS_WITH', 'Ca', ['cat']],
    ['ENDS_WITH', 'g', ['dog']],
    ['CONTAINS', 'o', ['dog']],
    ['NOT_CONTAINS', 'o', ['cat', 'list']],
    ['IN', 'Cat, dog', ['cat', 'dog']],
    ['IN', "'Cat','dog'", ['cat', 'dog']],
    ['IN', '"Cat", "bird"', ['cat']],
    ['IN', `'Cat',"dog"`, []],
    ['NOT_IN', 'Cat,bird', ['dog', 'list']],
    ['NOT_IN', "'Cat','dog'", ['list']],
  ])('STRING %s %s', async (operation, value, expected) => {
    expect(await matching(predicateOf('STRING', operation, value))).toEqual(expected);
  });
  it.each([
    ['EQUAL', 'cAT', ['cat']],
    ['NOT_EQUAL', 'cAT', ['dog', 'list']],
    ['STARTS_WITH', 'cA', ['cat']],
    ['ENDS_WITH', 'G', ['dog']],
    ['CONTAINS', 'O', ['dog']],
    ['NOT_CONTAINS', 'O', ['cat', 'list']],
    ['IN', 'cAT,DOG', ['cat', 'dog']],
    ['NOT_IN', 'cAT,DOG', ['list']],
  ])('STRING %s %s with ignoreCase; without it, case counts', async (operation, value, expected) => {
    expect(await matching(predicateOf('STRING', operation, value, { ignoreCase: true }))).toEqual(expected);
    expect(await matching(predicateOf('STRING', operation, value, { ignoreCase: false }))).not.toEqual(expected);
  });
  it.each([
    ['EQUAL', 10, ['ten']],
    ['NOT_EQUAL', 10, ['half']],
    ['GREATER', 0.5, ['ten']],
    ['LESS', 10, ['half']],
    ['GREATER_OR_EQUAL', 0.5, ['half', 'ten']],
    ['LESS_OR_EQUAL', 0.5, ['half']],
  ])('NUMERIC %s %d', async (operation, value, expected) => {
    expect(await matching(predicateOf('NUMERIC', operation, value))).toEqual(expected);
  });
  it('NUMERIC, also for DATE_TIME', async () => {
    const key = { type: 'ENTITY_FIELD', key: 'createdTime' };
    const since = (predicate: object) => names([{ key, valueType: 'DATE_TIME', predicate }]);
    expect(await since(predicateOf('NUMERIC', 'LESS', 1))).toEqual([]);
    expect(await since(predicateOf('NUMERIC', 'GREATER', 1))).toHaveLength(9);
  });
  it.each([
    ['EQUAL', true, ['on']],
    ['NOT_EQUAL', true, ['off']],
  ])('BOOLEAN %s %s', async (operation, value, expected) => {
    expect(await matching(predicateOf('BOOLEAN', operation, value))).toEqual(expected);
  });
  it('COMPLEX: AND, OR, and each within the other', async () => {
    const [isCat, isDog] = ['Cat', 'dog'].map((value) => predicateOf('STRING', 'EQUAL', value));
    const either = { type: 'COMPLEX', operation: 'OR', predicates: [isCat, isDog] };
    expect(await matching(either)).toEqual(['cat', 'dog']);
    expect(await matching({ type: 'COMPLEX', operation: 'AND', predicates: [isCat, isDog] })).toEqual([]);
    expect(await matching({ type: 'COMPLEX', operation: 'AND', predicates: [either, predicateOf('STRING', 'ENDS_WITH', 'g')] })).toEqual(['dog']);
  });
  it.each([
    ['STRING', 'GREATER'],
    ['NUMERIC', 'CONTAINS'],
    ['BOOLEAN', 'IN'],
    ['COMPLEX', 'XOR'],
    ['DATE', 'EQUAL'],
  ])('%s has no %s: 400', async (type, operation) => {
    const keyFilters = [{ key: v, predicate: predicateOf(type, operation, 1, { predicates: [] }) }];
    expect(await rest.call('POST', '/api/entitiesQuery/count', { token: rest.admin, body: { entityFilter, keyFilters } })).toMatchObject({
      status: 400,
      body: { errorCode: 31 },
    });
  });
});

describe('rest-api.md §23.5, semantics', () => {
  const equalTo = (value: object) => [{ key: v, predicate: { type: 'STRING', operation: 'EQUAL', value } }];
  const ofTenant = (sourceAttribute: string) => ({ sourceType: 'CURRENT_TENANT', sourceAttribute, inherit: false });

  it('1: userValue if not null, else the resolved dynamicValue, else defaultValue', async () => {
    const dynamicValue = ofTenant('wanted');
    expect(await names(equalTo({ defaultValue: 'a,b', userValue: 'dog', dynamicValue }))).toEqual(['dog']);
    expect(await names(equalTo({ defaultValue: 'a,b', userValue: null, dynamicValue }))).toEqual(['cat']);
    expect(await names(equalTo({ defaultValue: 'a,b' }))).toEqual(['list']);
  });
  it('1: dynamicValue reads a server attribute; absent attribute is the default', async () => {
    for (const key of ['shared', 'never']) {
      expect(await names(equalTo({ defaultValue: 'dog', dynamicValue: ofTenant(key) }))).toEqual(['dog']);
    }
  });
  it('1: /count does not resolve dynamic values', async () => {
    expect(await count(equalTo({ defaultValue: 'nothing', dynamicValue: ofTenant('wanted') }))).toBe(0);
  });
  it('1: without a defaultValue the attribute must be there, with a value of the type', async () => {
    expect(await names(equalTo({ dynamicValue: ofTenant('wanted') }))).toEqual(['cat']);
    const asked = (path: string, type: string, sourceAttribute: string) => {
      const predicate = { type, operation: 'EQUAL', value: { dynamicValue: ofTenant(sourceAttribute) } };
      const body = { entityFilter, pageLink: { page: 0, pageSize: 1 }, keyFilters: [{ key: v, predicate }] };
      return rest.call('POST', `/api/entitiesQuery/${path}`, { token: rest.admin, body });
    };
    expect(await asked('find', 'NUMERIC', 'level')).toMatchObject({ status: 200, body: { totalElements: 1 } });
    const message = (attribute: string) =>
      `Key filter predicate value must be specified: nobody has the attribute '${attribute}' with a value to compare with.`;
    for (const attribute of ['wanted', 'never']) {
      expect(await asked('find', 'NUMERIC', attribute)).toMatchObject({ status: 400, body: { errorCode: 31, message: message(attribute) } });
    }
    expect((await asked('count', 'NUMERIC', 'level')).status).toBe(400);
  });
  it('1: an attribute that is too long for a pattern is refused, not cut', async () => {
    const asked = (operation: string) => {
      const predicate = { type: 'STRING', operation, value: { defaultValue: 'x', dynamicValue: ofTenant('long') } };
      const body = { entityFilter, pageLink: { page: 0, pageSize: 1 }, keyFilters: [{ key: v, predicate }] };
      return rest.call('POST', '/api/entitiesQuery/find', { token: rest.admin, body });
    };
    const message = "Key filter predicate value, the attribute 'long', is longer than 1000 characters.";
    expect(await asked('CONTAINS')).toMatchObject({ status: 400, body: { errorCode: 31, message } });
    expect(await asked('NOT_EQUAL')).toMatchObject({ status: 200, body: { totalElements: 3 } });
  });
  it('2: a value of another type does not match', async () => {
    expect(await matching(predicateOf('STRING', 'CONTAINS', '1'))).toEqual([]);
    expect(await matching(predicateOf('NUMERIC', 'GREATER', -1e9))).toEqual(['half', 'ten']);
    expect(await matching(predicateOf('BOOLEAN', 'NOT_EQUAL', false))).toEqual(['on']);
  });
  it.each(['NOT_EQUAL', 'NOT_CONTAINS', 'NOT_IN'])('3: an entity that lacks the key never matches, not even %s', async (operation) => {
    expect(await matching(predicateOf('STRING', operation, 'zebra'))).toEqual(['cat', 'dog', 'list']);
  });
  it.each(['EQUAL', 'CONTAINS', 'NOT_EQUAL'])('4: a STRING predicate with an empty value is ignored: %s', async (operation) => {
    expect(await matching(predicateOf('STRING', operation, ''))).toHaveLength(9);
  });
  it('5: AND by default; keyFiltersOperation OR makes it a disjunction; of counts too', async () => {
    const both = [predicateOf('STRING', 'EQUAL', 'Cat'), predicateOf('NUMERIC', 'EQUAL', 10)].map((predicate) => ({ key: v, predicate }));
    expect(await names(both)).toEqual([]);
    expect(await names(both, { keyFiltersOperation: 'AND' })).toEqual([]);
    expect(await names(both, { keyFiltersOperation: 'OR' })).toEqual(['cat', 'ten']);
    expect([await count(both), await count(both, { keyFiltersOperation: 'OR' })]).toEqual([0, 2]);
  });
  it.each([
    ['STARTS_WITH', '_a', ['cat']],
    ['ENDS_WITH', 'd%g', ['dog']],
    ['CONTAINS', 'C_t', ['cat']],
    ['NOT_CONTAINS', 'C_t', ['dog', 'list']],
  ])('6: %% and _ inside the value act as wildcards: %s %s', async (operation, value, expected) => {
    expect(await matching(predicateOf('STRING', operation, value))).toEqual(expected);
  });
});

describe('bounds of the predicates of one query', () => {
  const one = predicateOf('STRING', 'EQUAL', 'Cat');
  const complex = (predicates: readonly object[]) => ({ type: 'COMPLEX', operation: 'OR', predicates });
  const times = (count: number, predicate: object) => Array.from({ length: count }, () => predicate);
  const answerTo = (keyFilters: readonly object[]) =>
    rest.call('POST', '/api/entitiesQuery/count', { token: rest.admin, body: { entityFilter, keyFilters } });

  it('a thousand of all conditions and levels together', async () => {
    const ofAll = (count: number) => [
      { key: v, predicate: complex(times(24, complex(times(40, one)))) },
      ...times(count, { key: v, predicate: one }),
    ];
    expect(await answerTo(ofAll(15))).toMatchObject({ status: 200, body: 1 });
    const refused = { status: 400, body: { errorCode: 31, message: 'Key filters have more than 1000 predicates.' } };
    expect(await answerTo(ofAll(16))).toMatchObject(refused);
    expect(await answerTo([{ key: v, predicate: complex(times(40, complex(times(40, complex(times(40, one)))))) }])).toMatchObject(refused);
  });
  it('eight levels', async () => {
    const nested = (levels: number): object => (levels === 1 ? one : complex([nested(levels - 1)]));
    expect(await answerTo([{ key: v, predicate: nested(8) }])).toMatchObject({ status: 200, body: 1 });
    const message = 'Key filter predicates are nested deeper than 8 levels.';
    for (const levels of [9, 40]) expect(await answerTo([{ key: v, predicate: nested(levels) }])).toMatchObject({ status: 400, body: { message } });
  });
});
