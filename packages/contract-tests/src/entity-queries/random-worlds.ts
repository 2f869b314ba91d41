import {
  alarmSearchStatuses,
  alarmSeverities,
  attributeScopes,
  systemTenantId,
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
import { deviceOf, tenantOf, userOf } from '../entity-store/fixtures.js';
import { assetOf, customerOf, dashboardOf, entity, ofType, put, relationOf, viewOf, type World } from './world.js';

// Small and dense: few entities, keys and values, so that most queries meet most of what there is to get wrong.

const devices = [1, 2, 3, 4, 5, 6];
const assets = [11, 12, 13];
const views = [21, 22, 23];
const users = [31, 32];
const dashboards = [41, 42];
const customers = [50, 51];
const viewed = [...devices.map((n) => entity('DEVICE', n)), ...assets.map((n) => entity('ASSET', n))];
const everything = [
  ...viewed,
  ...views.map((n) => entity('ENTITY_VIEW', n)),
  ...users.map((n) => entity('USER', n)),
  ...dashboards.map((n) => entity('DASHBOARD', n)),
  ...customers.map((n) => entity('CUSTOMER', n)),
  { entityType: 'TENANT', id: tenantA } as const,
];
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
const customer = fc.constantFrom(undefined, ...customers.map(uuid));
const assignee = fc.constantFrom(undefined, ...users.map(uuid));
const maybeText = fc.option(text, { nil: undefined });
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
    facts: fc.array(fc.record({ label: maybeText, type: kind, customerId: customer, createdAtMs: fc.nat(3) }), {
      minLength: 9,
      maxLength: 9,
    }),
    people: fc.array(fc.record({ firstName: maybeText, lastName: maybeText, customerId: customer }), { minLength: 2, maxLength: 2 }),
    shown: fc.array(fc.subarray(customers.map(uuid)), { minLength: 2, maxLength: 2 }),
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
        assigneeId: assignee,
        createdAtMs: fc.nat(3),
        severity: fc.constantFrom(...alarmSeverities),
        at: fc.nat(3),
      }),
      5,
    ),
  })
  .map(({ facts, people, shown, windows, links, attributes, points, alarms }) => ({
    entities: [
      put('tenant', tenantOf(60, { id: tenantA, tenantId: tenantA })),
      ...customers.map((n) => put('customer', customerOf(n))),
      ...users.map((n, at) => put('user', userOf(n, people[at]))),
      ...dashboards.map((n, at) => put('dashboard', dashboardOf(n, { customerIds: shown[at] ?? [] }))),
      ...devices.map((n, at) => put('device', deviceOf(n, facts[at]))),
      ...assets.map((n, at) => put('asset', assetOf(n, facts[devices.length + at]))),
      ...views.map((n, at) => put('entityView', viewOf(n, windows[at]))),
      ...links.map(({ from, to, type }, at) => put('relation', relationOf(100 + at, from, to, { type }))),
    ],
    attributes: attributes.map((write) =>
      attributeWrite({ ...write.value, entity: write.of, scope: write.scope, key: write.name, lastUpdateMs: write.lastUpdateMs }),
    ),
    points: points.map(({ of, name: series, value: typed, tsMs }) => ({ entity: of, point: { key: series, tsMs, ...typed } })),
    alarms: alarms.map(({ of, to, customerId, assigneeId, createdAtMs, severity, at }, n) =>
      alarmOf({
        id: uuid(900 + n),
        type: `T${n}`,
        originator: of,
        propagatedTo: to.filter((other, place) => other !== of && to.indexOf(other) === place),
        ...(customerId === undefined ? {} : { customerId }),
        ...(assigneeId === undefined ? {} : { assigneeId, assignedAtMs: at }),
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
  .constantFrom(
    ...['name', 'label', 'type', 'displayName', 'createdTime', 'entityType', 'ownerName', 'ownerType', 'parentId', 'email'],
    ...['title', 'firstName', 'lastName', 'region', 'additionalInfo', '__proto__'],
  )
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

const entityType = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<EntityType>('DEVICE', 'ASSET', 'ENTITY_VIEW') },
  fc.constantFrom<EntityType>('USER', 'DASHBOARD', 'CUSTOMER', 'TENANT', 'ALARM'),
);
const types = fc.constantFrom(undefined, [], ['p']);
const selector: fc.Arbitrary<EntitySelector> = fc.oneof(
  fc.record({
    kind: fc.constant('ids' as const),
    entityType,
    ids: some(
      fc.constantFrom(...everything).map(({ id }) => id),
      9,
    ),
  }),
  fc
    .record({ entityType, name: fc.constantFrom('', 'device', 'ASSET 1', '%1', '%v_ce%', 'user', 'D'), types })
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
const scope = fc.oneof(
  { weight: 9, arbitrary: customer.map((customerId) => ({ tenantId: tenantA, ...(customerId === undefined ? {} : { customerId }) })) },
  fc.constant({ tenantId: systemTenantId }),
);
const sort: fc.Arbitrary<QuerySort | undefined> = fc.option(fc.record({ key, order: fc.constantFrom('ASC', 'DESC') }), { nil: undefined });
const page = { pageSize: fc.integer({ min: 1, max: 5 }), page: fc.nat(2), textSearch: fc.constantFrom(undefined, '', 'a', 'É', '1') };
const combine = fc.constantFrom('AND' as const, 'OR' as const);

export const entityQueries: fc.Arbitrary<EntityDataQuery> = fc.record({ scope, selector, filters, combine, columns: some(key), sort, ...page });

/** Those of rest-api.md §24 that compare different values, and one that is none. */
const alarmField = fc.constantFrom(
  ...['createdTime', 'ackTs', 'clearTime', 'assignTime', 'startTs', 'endTime', 'type', 'severity', 'status', 'details'],
  ...['originator', 'originatorLabel', 'originatorDisplayName', 'originatorId', 'originatorType'],
  ...['acknowledged', 'cleared', 'assignee', 'assigneeId', 'nothing'],
);

export const alarmQueries: fc.Arbitrary<AlarmDataQuery> = fc.record({
  scope,
  entities: fc.record({ selector, filters, combine }),
  statuses: some(fc.constantFrom(...alarmSearchStatuses), 2),
  severities: some(fc.constantFrom(...alarmSeverities), 2),
  types: fc.constantFrom(undefined, [], ['T0', 'T2']),
  assigneeId: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, assignee),
  startMs: fc.constantFrom(undefined, undefined, 1),
  endMs: fc.constantFrom(undefined, undefined, 2),
  withPropagated: fc.boolean(),
  columns: some(key),
  alarmFields: some(alarmField),
  sort: fc.oneof(
    sort,
    fc.record({
      key: fc.record({
        type: fc.constant('ALARM_FIELD' as const),
        key: alarmField,
      }),
      order: fc.constantFrom('ASC' as const, 'DESC' as const),
    }),
  ),
  ...page,
});
