import {
  alarmSearchStatuses,
  alarmSeverities,
  attributeScopes,
  ValueKind,
  type AlarmDataQuery,
  type EntityDataQuery,
  type EntitySelector,
  type EntityType,
  type EntityView,
  type KeyFilter,
  type Predicate,
  type QueryKey,
  type QuerySort,
  type TypedValue,
} from '@fieldline/model';
import fc from 'fast-check';
import { alarmOf, attributeWrite, tenantA, uuid } from '../data-store/fixtures.js';
import { deviceOf } from '../entity-store/fixtures.js';
import { assetOf, customerOf, entity, ofType, put, relationOf, viewOf, type World } from './world.js';

// Small and dense: few entities, keys and values, so that most queries meet most of what there is to get wrong.

const devices = [1, 2, 3, 4, 5, 6];
const assets = [11, 12, 13];
const views = [21, 22, 23];
const viewed = [...devices.map((n) => entity('DEVICE', n)), ...assets.map((n) => entity('ASSET', n))];
const everything = [...viewed, ...views.map((n) => entity('ENTITY_VIEW', n))];
const texts = ['', 'a', 'A', 'ab', 'b%', '_', '1', 'true', 'é', 'É', 'a\u0000b', '\u0000', '\u{1F600}', 'İ', 'ß', '*', '[a]', '\n'];
const numbers = [0, 1, -1, 1.5, 1e21];
const name = fc.constantFrom('k', 'l');
const text = fc.constantFrom(...texts);

const anyValue: fc.Arbitrary<TypedValue> = fc.oneof(
  text.map((chosen) => ({ kind: ValueKind.string, value: chosen })),
  fc.constantFrom(0, 1, -1, 2n ** 60n).map((chosen) => ({ kind: ValueKind.long, value: chosen })),
  fc.constantFrom(...numbers).map((chosen) => ({ kind: ValueKind.double, value: chosen })),
  fc.boolean().map((chosen) => ({ kind: ValueKind.boolean, value: chosen })),
  fc.constantFrom('[1]', '"a"').map((chosen) => ({ kind: ValueKind.json, value: chosen })),
);
/** Now and then more than an index may hold. */
const longValue = fc.constantFrom(ValueKind.string, ValueKind.json).map((kind) => ({ kind, value: `"${'a'.repeat(5_000)}"` }));
const value = fc.oneof({ weight: 100, arbitrary: anyValue }, { weight: 1, arbitrary: longValue });
const anyEntity = fc.constantFrom(...everything);
const some = <T>(of: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> => fc.array(of, { maxLength });
const customer = fc.constantFrom(undefined, uuid(50), uuid(51));
const kind = fc.constantFrom('p', 'q');
const time = { createdAtMs: fc.nat(3), startMs: fc.nat(3), endMs: fc.nat(3) };

const view: fc.Arbitrary<Partial<EntityView>> = fc
  .record({
    target: fc.constantFrom(...viewed),
    timeseries: fc.subarray(['k', 'l']),
    facts: fc.record({ ...time, type: kind, customerId: customer }),
  })
  .map(({ target, timeseries, facts }) => ({
    ...facts,
    targetType: target.entityType,
    targetId: target.id,
    keys: { timeseries, attributes: { cs: [], ss: [], sh: [] } },
  }));

export const worlds: fc.Arbitrary<World> = fc
  .record({
    facts: fc.array(fc.record({ label: fc.option(text, { nil: undefined }), type: kind, customerId: customer, createdAtMs: fc.nat(3) }), {
      minLength: 9,
      maxLength: 9,
    }),
    windows: fc.array(view, { minLength: 3, maxLength: 3 }),
    links: fc.uniqueArray(fc.record({ from: anyEntity, to: anyEntity, type: fc.constantFrom('Contains', 'Manages') }), {
      maxLength: 12,
      selector: ({ from, to, type }) => `${from.id} ${to.id} ${type}`,
    }),
    attributes: some(fc.record({ of: anyEntity, scope: fc.constantFrom(...attributeScopes), name, value, lastUpdateMs: fc.nat(3) }), 16),
    points: some(fc.record({ of: anyEntity, name, value, tsMs: fc.nat(3) }), 10),
    alarms: some(
      fc.record({
        of: anyEntity,
        to: some(anyEntity, 2),
        customerId: customer,
        createdAtMs: fc.nat(3),
        severity: fc.constantFrom(...alarmSeverities),
        at: fc.nat(3),
      }),
      5,
    ),
  })
  .map(({ facts, windows, links, attributes, points, alarms }) => ({
    entities: [
      ...[50, 51].map((n) => put('customer', customerOf(n))),
      ...devices.map((n, at) => put('device', deviceOf(n, facts[at]))),
      ...assets.map((n, at) => put('asset', assetOf(n, facts[devices.length + at]))),
      ...views.map((n, at) => put('entityView', viewOf(n, windows[at]))),
      ...links.map(({ from, to, type }, at) => put('relation', relationOf(100 + at, from, to, { type }))),
    ],
    attributes: attributes.map((write) =>
      attributeWrite({ ...write.value, entity: write.of, scope: write.scope, key: write.name, lastUpdateMs: write.lastUpdateMs }),
    ),
    points: points.map(({ of, name: series, value: typed, tsMs }) => ({ entity: of, point: { key: series, tsMs, ...typed } })),
    alarms: alarms.map(({ of, to, customerId, createdAtMs, severity, at }, n) =>
      alarmOf({
        id: uuid(900 + n),
        type: `T${n}`,
        originator: of,
        propagatedTo: to.filter((other, place) => other !== of && to.indexOf(other) === place),
        ...(customerId === undefined ? {} : { customerId }),
        ...(at % 2 === 1 ? { clearedAtMs: at } : {}),
        ...(at > 1 ? { acknowledgedAtMs: at } : {}),
        createdAtMs,
        severity,
      }),
    ),
  }));

const dataKey: fc.Arbitrary<QueryKey> = fc.record({
  type: fc.constantFrom('ATTRIBUTE', 'CLIENT_ATTRIBUTE', 'SHARED_ATTRIBUTE', 'SERVER_ATTRIBUTE', 'TIME_SERIES'),
  key: name,
});
const fieldKey = fc
  .constantFrom('name', 'label', 'type', 'displayName', 'createdTime', 'entityType', 'ownerName', 'parentId', 'email')
  .map((key) => ({
    type: 'ENTITY_FIELD' as const,
    key,
  }));
const key = fc.oneof({ weight: 2, arbitrary: dataKey }, fieldKey);

const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 2 },
    fc.record({
      type: fc.constant('STRING' as const),
      operation: fc.constantFrom('EQUAL', 'NOT_EQUAL', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'),
      value: fc.oneof(text, fc.constantFrom('a,b', "'a','A'")),
      ignoreCase: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('NUMERIC' as const),
      operation: fc.constantFrom('EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'),
      value: fc.constantFrom(...numbers, 2 ** 60),
    }),
    fc.record({ type: fc.constant('BOOLEAN' as const), operation: fc.constantFrom('EQUAL', 'NOT_EQUAL'), value: fc.boolean() }),
    fc.record({
      type: fc.constant('COMPLEX' as const),
      operation: fc.constantFrom('AND', 'OR'),
      predicates: fc.array(tie('predicate'), { minLength: 1, maxLength: 2 }),
    }),
  ),
}));
const filters: fc.Arbitrary<KeyFilter[]> = some(fc.record({ key, predicate }), 2);

const entityType = fc.constantFrom<EntityType>('DEVICE', 'ASSET', 'ENTITY_VIEW');
const types = fc.constantFrom(undefined, [], ['p']);
const selector: fc.Arbitrary<EntitySelector> = fc.oneof(
  fc.record({ kind: fc.constant('ids' as const), entityType, ids: some(fc.integer({ min: 1, max: 23 }).map(uuid), 9) }),
  fc
    .record({ entityType, name: fc.constantFrom('', 'device', 'ASSET 1', '%1', '%v_ce%'), types })
    .map((of) => ofType(of.entityType, of.name, of.types)),
  fc.record({
    kind: fc.constant('relations' as const),
    walk: fc.record({
      roots: fc.uniqueArray(anyEntity, { minLength: 1, maxLength: 3 }),
      direction: fc.constantFrom('FROM', 'TO'),
      maxLevel: fc.constantFrom(1, 2, 3, 50),
      lastLevelOnly: fc.boolean(),
      steps: some(
        fc.record({ relationType: fc.constantFrom('', 'Contains', 'Manages'), entityTypes: some(entityType, 1), isNegated: fc.boolean() }),
        2,
      ),
      isNegated: fc.boolean(),
    }),
    entityTypes: some(entityType, 2),
    types,
  }),
);
const scope = customer.map((customerId) => ({ tenantId: tenantA, ...(customerId === undefined ? {} : { customerId }) }));
const sort: fc.Arbitrary<QuerySort | undefined> = fc.option(fc.record({ key, order: fc.constantFrom('ASC', 'DESC') }), { nil: undefined });
const page = { pageSize: fc.integer({ min: 1, max: 5 }), page: fc.nat(2), textSearch: fc.constantFrom(undefined, '', 'a', 'É', '1') };
const combine = fc.constantFrom('AND' as const, 'OR' as const);

export const entityQueries: fc.Arbitrary<EntityDataQuery> = fc.record({ scope, selector, filters, combine, columns: some(key), sort, ...page });

export const alarmQueries: fc.Arbitrary<AlarmDataQuery> = fc.record({
  scope,
  entities: fc.record({ selector, filters, combine }),
  statuses: some(fc.constantFrom(...alarmSearchStatuses), 2),
  severities: some(fc.constantFrom(...alarmSeverities), 2),
  withPropagated: fc.boolean(),
  columns: some(key),
  alarmFields: some(fc.constantFrom('type', 'severity', 'status', 'originator', 'originatorLabel', 'originatorId', 'cleared', 'details', 'startTs')),
  sort: fc.oneof(
    sort,
    fc.record({
      key: fc.record({
        type: fc.constant('ALARM_FIELD' as const),
        key: fc.constantFrom('type', 'severity', 'status', 'originatorLabel', 'cleared', 'clearTs'),
      }),
      order: fc.constantFrom('ASC' as const, 'DESC' as const),
    }),
  ),
  ...page,
});
