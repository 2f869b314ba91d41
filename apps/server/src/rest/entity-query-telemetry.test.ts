// Goal: the rows of rest-api.md §23 that are about attributes and time series. Method: HTTP against a running API over memory
// stores; filters, sorts and pages of every store are tested by their contract.
import { type AttributeScope, type StoredValue, ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
const ids: Record<string, string> = {};
const { boolean, long, double, string, json } = ValueKind;

/** Time series of the devices: key, kind, value. */
const series: Readonly<Record<string, readonly (readonly [string, ValueKind, StoredValue])[]>> = {
  A: [
    ['long', long, 42],
    ['double', double, 22.5],
    ['text', string, 'b'],
    ['digits', string, '7.50'],
    ['zeros', string, '007'],
    ['flag', boolean, true],
    ['document', json, '{"a":1}'],
    ['mixed', long, 10],
  ],
  B: [
    ['long', long, -1],
    ['double', double, 0.001],
    ['text', string, 'a'],
    ['flag', boolean, false],
    ['mixed', string, 'ten'],
  ],
  C: [['long', string, '42']],
};

beforeAll(async () => {
  rest = await startRest();
  for (const name of 'ABC') ids[name] = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name } })).body.id.id;
  await rest.commit((unit, tenantId) => {
    for (const [name, points] of Object.entries(series)) {
      for (const [key, kind, value] of points) unit.point(tenantId, deviceEntity(ids[name] ?? ''), key, 1_000, kind, value, 0);
    }
    const at = (scope: AttributeScope, lastUpdateMs: number) =>
      unit.attribute({ tenantId, entity: deviceEntity(ids['A'] ?? ''), scope, key: 'model', kind: string, value: scope, lastUpdateMs });
    at('SERVER_SCOPE', 10);
    at('SHARED_SCOPE', 30);
    at('CLIENT_SCOPE', 20);
  });
});
afterAll(() => rest.close());

const key = (type: string, name: string) => ({ type, key: name });
const byName = { key: key('ENTITY_FIELD', 'name'), direction: 'ASC' };
const find = async (query: object, sortOrder: object = byName) => {
  const pageLink = { pageSize: 10, page: 0, sortOrder };
  const body = { entityFilter: { type: 'entityType', entityType: 'DEVICE' }, pageLink, entityFields: [key('ENTITY_FIELD', 'name')], ...query };
  return (await rest.call('POST', '/api/entitiesQuery/find', { token: rest.admin, body })).body.data;
};
interface Found {
  readonly latest: Record<string, Record<string, { ts: number; value: string }>>;
}
const namesOf = (found: readonly Found[]) => found.map(({ latest }) => latest['ENTITY_FIELD']?.['name']?.value);
const latestOf = async (type: string, name: string): Promise<unknown[]> =>
  (await find({ latestValues: [key(type, name)] })).map(({ latest }: Found) => latest[type]?.[name]);

describe('rest-api.md §23.2', () => {
  it.each([
    ['integers as digits', 'long', ['42', '-1', '42']],
    ['doubles in Java style', 'double', ['22.5', '0.001', '']],
    ['strings', 'text', ['b', 'a', '']],
    ['text that merely looks like a number is normalised', 'digits', ['7.5', '', '']],
    ['except with leading zeros', 'zeros', ['007', '', '']],
    ['booleans', 'flag', ['true', 'false', '']],
    ['JSON', 'document', ['{"a":1}', '', '']],
  ])('value is always a string: %s', async (_, name, values) => {
    const expected = values.map((value) => ({ ts: value === '' ? 0 : 1_000, value }));
    expect(await latestOf('TIME_SERIES', name)).toEqual(expected);
  });
  it('missing telemetry is {"ts":0,"value":""}', async () => {
    expect(await latestOf('TIME_SERIES', 'never')).toEqual(Array.from({ length: 3 }, () => ({ ts: 0, value: '' })));
  });
  it('a key used only for sorting or filtering does not appear', async () => {
    const keyFilters = [{ key: key('TIME_SERIES', 'flag'), predicate: { type: 'BOOLEAN', operation: 'EQUAL', value: { defaultValue: true } } }];
    const found: Found[] = await find({ keyFilters }, { key: key('TIME_SERIES', 'long'), direction: 'ASC' });
    expect(found.map(({ latest }) => Object.keys(latest))).toEqual([['ENTITY_FIELD']]);
  });
});

describe('rest-api.md §23.4', () => {
  it('ATTRIBUTE: the most recently updated value over all scopes', async () => {
    expect((await latestOf('ATTRIBUTE', 'model'))[0]).toEqual({ ts: 30, value: 'SHARED_SCOPE' });
  });
  it.each([
    ['CLIENT_ATTRIBUTE', 20, 'CLIENT_SCOPE'],
    ['SHARED_ATTRIBUTE', 30, 'SHARED_SCOPE'],
    ['SERVER_ATTRIBUTE', 10, 'SERVER_SCOPE'],
  ])('%s: one scope', async (type, ts, value) => expect((await latestOf(type, 'model'))[0]).toEqual({ ts, value }));
  it('TIME_SERIES: latest value, also after a removal', async () => {
    const entity = deviceEntity(ids['C'] ?? '');
    const removal = { entity, key: 'brief', startMs: 2, endMs: 3 } as const;
    await rest.commit((unit, tenantId) => {
      for (const tsMs of [1, 2]) unit.point(tenantId, entity, 'brief', tsMs, long, tsMs, 0);
    });
    expect((await latestOf('TIME_SERIES', 'brief'))[2]).toEqual({ ts: 2, value: '2' });
    await rest.commit((unit, tenantId) => unit.removePoints({ tenantId, ...removal, latest: 'rewrite' }));
    expect((await latestOf('TIME_SERIES', 'brief'))[2]).toEqual({ ts: 1, value: '1' });
    await rest.commit((unit, tenantId) => unit.removePoints({ tenantId, ...removal, startMs: 0, latest: 'remove' }));
    expect((await latestOf('TIME_SERIES', 'brief'))[2]).toEqual({ ts: 0, value: '' });
  });
});

describe('rest-api.md §23.5', () => {
  const matching = async (name: string, type: string, operation: string, defaultValue: unknown) =>
    namesOf(await find({ keyFilters: [{ key: key('TIME_SERIES', name), predicate: { type, operation, value: { defaultValue } } }] }));

  it.each([
    ['EQUAL', 42, ['A']],
    ['NOT_EQUAL', 42, ['B']],
    ['GREATER', -1, ['A']],
    ['LESS', 42, ['B']],
    ['GREATER_OR_EQUAL', -1, ['A', 'B']],
    ['LESS_OR_EQUAL', 42, ['A', 'B']],
  ])('NUMERIC %s %d of a time series', async (operation, value, names) => {
    expect(await matching('long', 'NUMERIC', operation, value)).toEqual(names);
  });
  it.each([
    ['STRING', 'EQUAL', '42', ['C']],
    ['NUMERIC', 'EQUAL', 42, ['A']],
    ['BOOLEAN', 'NOT_EQUAL', true, []],
  ])('2: %s looks only at values of its type', async (type, operation, value, names) => {
    expect(await matching('long', type, operation, value)).toEqual(names);
  });
  it.each(['NOT_EQUAL', 'NOT_CONTAINS', 'NOT_IN'])('3: an entity that lacks the key never matches, not even %s', async (operation) => {
    expect(await matching('text', 'STRING', operation, 'z')).toEqual(['A', 'B']);
  });
  it('4: a STRING predicate with an empty value is ignored', async () => {
    expect(await matching('text', 'STRING', 'EQUAL', '')).toEqual(['A', 'B', 'C']);
  });
});

describe('rest-api.md §23.6', () => {
  it('time series sort by numeric value first, then text', async () => {
    const sorted = (direction: string) => find({}, { key: key('TIME_SERIES', 'mixed'), direction });
    expect(namesOf(await sorted('ASC')).filter((name) => name !== 'C')).toEqual(['A', 'B']);
    expect(namesOf(await sorted('DESC')).filter((name) => name !== 'C')).toEqual(['B', 'A']);
  });
  it('booleans sort as 1 and 0', async () => {
    expect(namesOf(await find({}, { key: key('TIME_SERIES', 'flag'), direction: 'ASC' })).slice(0, 2)).toEqual(['B', 'A']);
  });
  it('missing values come last in ASC, first in DESC', async () => {
    const sorted = (direction: string) => find({}, { key: key('TIME_SERIES', 'double'), direction });
    expect([namesOf(await sorted('ASC')), namesOf(await sorted('DESC'))]).toEqual([
      ['B', 'A', 'C'],
      ['C', 'A', 'B'],
    ]);
  });
});
