import { ValueKind, type AttributeScope, type EntityType, type Predicate, type QueryKey } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import { attributeWrite, commit, device, freshStore, tenantA, uuid } from '../data-store/fixtures.js';
import { chainOf, deviceOf, profileOf, tenantOf, userOf } from '../entity-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { assetOf, build, customerOf, dashboardOf, field, found, key, ofType, put, queryOf, viewOf, where, type QueriedStores } from './world.js';

const { boolean, long, double, string, json } = ValueKind;

/** Columns, filters, search and order: every type of key, every predicate. */
export function valuesContract(open: OpenStore<QueriedStores>): void {
  columnsContract(open);
  filtersContract(open);
  orderContract(open);
}

function columnsContract(open: OpenStore<QueriedStores>): void {
  describe('columns', () => {
    const opened = freshStore(open);

    test('come with their times, in the order asked for, empty where there is nothing', async () => {
      await build(opened.store, {
        entities: [put('device', deviceOf(1, { label: 'Boiler', additionalInfo: { a: [1, 'x'] } }))],
        attributes: [
          attributeWrite({ scope: 'CLIENT_SCOPE', key: 'fw', value: 'c', lastUpdateMs: 5 }),
          attributeWrite({ scope: 'SHARED_SCOPE', key: 'fw', value: 's', lastUpdateMs: 9 }),
          attributeWrite({ scope: 'SERVER_SCOPE', key: 'fw', value: 'v', lastUpdateMs: 9 }),
          attributeWrite({ key: 'on', kind: boolean, value: true, lastUpdateMs: 1 }),
          attributeWrite({ key: 'big', kind: long, value: 2n ** 62n, lastUpdateMs: 2 }),
          attributeWrite({ key: 'list', kind: json, value: '[1,2]', lastUpdateMs: 3 }),
          attributeWrite({ key: 'sum', kind: double, value: 0.1 + 0.2, lastUpdateMs: 4 }),
        ],
        points: [3, 8, 5].map((tsMs) => ({ entity: device(), point: { key: 'temperature', tsMs, kind: double, value: tsMs + 0.5 } })),
      });
      const scopes = ['ATTRIBUTE', 'CLIENT_ATTRIBUTE', 'SHARED_ATTRIBUTE', 'SERVER_ATTRIBUTE'] as const;
      const columns = [
        ...scopes.map((type) => key(type, 'fw')),
        ...['on', 'big', 'list', 'sum', 'missing'].map((name) => key('ATTRIBUTE', name)),
        ...['temperature', 'missing'].map((name) => key('TIME_SERIES', name)),
        ...['name', 'label', 'additionalInfo', 'createdTime', 'nothing', '__proto__'].map(field),
      ];
      const page = await opened.store.queries.find(queryOf({ columns }));
      expect(page).toMatchObject({ totalElements: 1, totalPages: 1, hasNext: false });
      expect(page.data[0]?.values.map((value) => value.key)).toEqual(columns);
      expect(page.data[0]?.values.map(({ tsMs, text }) => `${tsMs} ${text}`)).toEqual([
        ...['9 s', '5 c', '9 s', '9 v', '1 true', `2 ${2n ** 62n}`, '3 [1,2]', '4 0.30000000000000004', '0 ', '8 8.5', '0 '],
        ...['0 Device 1', '0 Boiler', '0 {"a":[1,"x"]}', '0 1', '0 ', '0 '],
      ]);
    });

    test('more columns than a database joins tables', async () => {
      const names = Array.from({ length: 150 }, (_, n) => `k${n}`);
      await build(opened.store, {
        entities: [put('device', deviceOf(1))],
        attributes: names.map((name) => attributeWrite({ key: name, value: `of ${name}` })),
      });
      const columns = names.map((name) => key('SERVER_ATTRIBUTE', name));
      const { data } = await opened.store.queries.find(queryOf({ columns, textSearch: 'OF K149' }));
      expect(data[0]?.values.map(({ text }) => text)).toEqual(names.map((name) => `of ${name}`));
    });

    test('entity fields have the names that rest-api.md §23.4 gives them', async () => {
      const contact = { email: 'c@x', country: 'DE', state: 'BW', city: 'U', address: 'A', address2: 'B', zip: '89', phone: '1' };
      await build(opened.store, {
        entities: [
          put('tenant', tenantOf(1, { id: tenantA, name: 'T', ...contact })),
          put('customer', customerOf(2, { name: 'C' })),
          put('user', userOf(3, { email: 'a@b.de', firstName: 'Ada', lastName: 'L' })),
          put('user', userOf(4, { email: 'b@b.de', lastName: '' })),
          put('device', deviceOf(5, { label: 'Lab', customerId: uuid(2) })),
          put('asset', assetOf(6, { label: '' })),
          put('entityView', viewOf(7)),
          put('dashboard', dashboardOf(8)),
          put('ruleChain', chainOf(9)),
          put('deviceProfile', profileOf(10)),
        ],
      });
      const fieldsOf = async (entityType: EntityType, ...names: readonly string[]): Promise<readonly string[]> => {
        const { data } = await opened.store.queries.find(queryOf({ selector: ofType(entityType), columns: names.map(field) }));
        return data.map(({ values }) => values.map(({ text }) => text).join('|'));
      };
      const common = ['name', 'title', 'label', 'displayName', 'type', 'ownerName', 'ownerType', 'entityType'];
      expect(await fieldsOf('TENANT', ...common)).toEqual(['T|T|T|T||||TENANT']);
      expect(await fieldsOf('TENANT', ...Object.keys(contact), 'region')).toEqual([`${Object.values(contact).join('|')}|Global`]);
      expect(await fieldsOf('CUSTOMER', ...common, 'city')).toEqual(['C|C|C|C||||CUSTOMER|']);
      expect(await fieldsOf('USER', ...common, 'firstName', 'lastName', 'email')).toEqual([
        'a@b.de|a@b.de|a@b.de|Ada L||||USER|Ada|L|a@b.de',
        'b@b.de|b@b.de|b@b.de|b@b.de||||USER|||b@b.de',
      ]);
      expect(await fieldsOf('DEVICE', ...common)).toEqual(['Device 5|Device 5|Lab|Lab|default|C|CUSTOMER|DEVICE']);
      expect(await fieldsOf('ASSET', ...common)).toEqual(['Asset 6|Asset 6||Asset 6|building|T|TENANT|ASSET']);
      expect(await fieldsOf('ENTITY_VIEW', ...common)).toEqual(['View 7|View 7||View 7|window|T|TENANT|ENTITY_VIEW']);
      expect(await fieldsOf('DASHBOARD', ...common)).toEqual(['Dashboard 8|Dashboard 8||Dashboard 8||T|TENANT|DASHBOARD']);
      expect(await fieldsOf('RULE_CHAIN', ...common)).toEqual(['Root|||||||RULE_CHAIN']);
      expect(await fieldsOf('DEVICE_PROFILE', ...common)).toEqual(['Profile 10||||DEFAULT|||DEVICE_PROFILE']);
    });
  });
}

/** Devices 1 to 7 whose attribute and time series `v` are of each kind; 7 has none. */
const kinds = [
  { kind: long, value: 5 },
  { kind: double, value: 5 },
  { kind: double, value: -1.5 },
  { kind: boolean, value: true },
  { kind: string, value: 'Five' },
  { kind: json, value: '"Five"' },
] as const;

function filtersContract(open: OpenStore<QueriedStores>): void {
  describe('filters', () => {
    const opened = freshStore(open);
    const prepare = (): Promise<void> =>
      build(opened.store, {
        entities: [1, 2, 3, 4, 5, 6, 7].map((n) => put('device', deviceOf(n))),
        attributes: kinds.map((value, at) => attributeWrite({ entity: device(at + 1), key: 'v', ...value })),
        points: kinds.map((value, at) => ({ entity: device(at + 1), point: { key: 'v', tsMs: 1, ...value } })),
      });
    const text = (operation: Extract<Predicate, { type: 'STRING' }>['operation'], value: string, ignoreCase = false): Predicate => ({
      type: 'STRING',
      operation,
      value,
      ignoreCase,
    });
    const number = (operation: Extract<Predicate, { type: 'NUMERIC' }>['operation'], value: number): Predicate => ({
      type: 'NUMERIC',
      operation,
      value,
    });
    const cases: readonly (readonly [Predicate, readonly number[]])[] = [
      [text('EQUAL', 'Five'), [5]],
      [text('EQUAL', 'five'), []],
      [text('EQUAL', 'fIVE', true), [5]],
      [text('NOT_EQUAL', 'Six'), [5]],
      [text('NOT_EQUAL', 'Five'), []],
      [text('STARTS_WITH', 'Fi'), [5]],
      [text('STARTS_WITH', 'fi'), []],
      [text('STARTS_WITH', 'FI', true), [5]],
      [text('STARTS_WITH', '_i'), [5]],
      [text('ENDS_WITH', 've'), [5]],
      [text('ENDS_WITH', 'F%e'), [5]],
      [text('CONTAINS', 'iv'), [5]],
      [text('CONTAINS', '*'), []],
      [text('CONTAINS', '[F]'), []],
      [text('NOT_CONTAINS', 'iv'), []],
      [text('NOT_CONTAINS', 'ix'), [5]],
      [text('IN', "'Six', 'Five'"), [5]],
      [text('IN', 'Six,Five'), [5]],
      [text('IN', "'Six',Five"), [5]],
      [text('NOT_IN', 'Six,Seven'), [5]],
      [text('NOT_IN', 'SIX,FIVE', true), []],
      [number('EQUAL', 5), [1, 2]],
      [number('NOT_EQUAL', 5), [3]],
      [number('GREATER', -1.5), [1, 2]],
      [number('GREATER_OR_EQUAL', -1.5), [1, 2, 3]],
      [number('LESS', 5), [3]],
      [number('LESS_OR_EQUAL', 5), [1, 2, 3]],
      [{ type: 'BOOLEAN', operation: 'EQUAL', value: true }, [4]],
      [{ type: 'BOOLEAN', operation: 'EQUAL', value: false }, []],
      [{ type: 'BOOLEAN', operation: 'NOT_EQUAL', value: false }, [4]],
      [{ type: 'COMPLEX', operation: 'OR', predicates: [text('EQUAL', 'Five'), number('EQUAL', 5)] }, [1, 2, 5]],
      [{ type: 'COMPLEX', operation: 'AND', predicates: [number('GREATER', -2), number('LESS', 5)] }, [3]],
    ];

    test('each predicate looks at values of its type only, of attributes and of time series', async () => {
      await prepare();
      for (const [predicate, expected] of cases) {
        for (const type of ['ATTRIBUTE', 'SERVER_ATTRIBUTE', 'TIME_SERIES'] as const) {
          const filters = [where(key(type, 'v'), predicate)];
          expect([type, predicate, await found(opened.store.queries, { filters })]).toEqual([type, predicate, expected]);
          expect(await opened.store.queries.count(queryOf({ filters }))).toBe(expected.length);
        }
      }
    });

    test('what has no value fits nothing, in any combination', async () => {
      await prepare();
      const no = where(key('CLIENT_ATTRIBUTE', 'v'), text('NOT_EQUAL', 'x'));
      const never = where(key('ATTRIBUTE', 'nobody has this'), number('NOT_EQUAL', 0));
      const two = where(key('ATTRIBUTE', 'v'), number('EQUAL', 5));
      const named = where(field('name'), text('ENDS_WITH', '1'));
      expect(await found(opened.store.queries, { filters: [no] })).toEqual([]);
      expect(await found(opened.store.queries, { filters: [never], combine: 'OR' })).toEqual([]);
      expect(await found(opened.store.queries, { filters: [two, never] })).toEqual([]);
      expect(await found(opened.store.queries, { filters: [two, never], combine: 'OR' })).toEqual([1, 2]);
      expect(await found(opened.store.queries, { filters: [two, named] })).toEqual([1]);
      expect(
        await found(opened.store.queries, { filters: [no, named, where(key('TIME_SERIES', 'v'), text('EQUAL', 'Five'))], combine: 'OR' }),
      ).toEqual([1, 5]);
    });

    test('of several scopes the newest value counts, whatever the others are', async () => {
      const write = (n: number, scope: AttributeScope, value: number, lastUpdateMs: number) =>
        attributeWrite({ entity: device(n), scope, key: 'v', kind: long, value, lastUpdateMs });
      await build(opened.store, {
        entities: [1, 2, 3, 4].map((n) => put('device', deviceOf(n))),
        attributes: [
          ...[write(1, 'SERVER_SCOPE', 9, 1), write(1, 'CLIENT_SCOPE', 1, 2)],
          ...[write(2, 'SERVER_SCOPE', 9, 2), write(2, 'CLIENT_SCOPE', 1, 1)],
          ...[write(3, 'SERVER_SCOPE', 9, 2), write(3, 'SHARED_SCOPE', 1, 2)],
          write(4, 'SHARED_SCOPE', 9, 1),
        ],
      });
      const filters = [where(key('ATTRIBUTE', 'v'), number('GREATER', 5))];
      expect(await found(opened.store.queries, { filters })).toEqual([2, 4]);
      expect(await found(opened.store.queries, { filters, combine: 'OR' })).toEqual([2, 4]);
      expect(await found(opened.store.queries, { filters: [where(key('SERVER_ATTRIBUTE', 'v'), number('EQUAL', 9))] })).toEqual([1, 2, 3]);
      expect(await found(opened.store.queries, { sort: { key: key('ATTRIBUTE', 'v'), order: 'DESC' } })).toEqual([4, 2, 3, 1]);
    });

    test('keys are any texts, and a value that was removed is none', async () => {
      const names = ['a.b', '$x', '%2e', 'a', '__proto__', 'é\u{1F600}', 'v.a', ' '];
      const writes = names.map((name, at) => attributeWrite({ entity: device(at + 1), key: name, kind: long, value: at }));
      await build(opened.store, { entities: names.map((_, at) => put('device', deviceOf(at + 1))), attributes: writes });
      const having = (name: string): Promise<readonly number[]> =>
        found(opened.store.queries, { filters: [where(key('ATTRIBUTE', name), number('GREATER_OR_EQUAL', 0))] });
      for (const [at, name] of names.entries()) expect([name, await having(name)]).toEqual([name, [at + 1]]);
      await commit(opened.store.data, (unit) => unit.removeAttribute({ tenantId: tenantA, entity: device(1), scope: 'SERVER_SCOPE', key: 'a.b' }));
      expect(await having('a.b')).toEqual([]);
      expect(await having('a')).toEqual([4]);
    });

    test('the character NUL ends no text', async () => {
      const texts = ['a\u0000b', 'a', 'a\u0000c'];
      await build(opened.store, {
        entities: texts.map((_, at) => put('device', deviceOf(at + 1))),
        attributes: texts.map((value, at) => attributeWrite({ entity: device(at + 1), key: 'v', kind: string, value })),
      });
      const fitting = (predicate: Predicate): Promise<readonly number[]> =>
        found(opened.store.queries, { filters: [where(key('ATTRIBUTE', 'v'), predicate)] });
      expect(await fitting(text('STARTS_WITH', 'a\u0000'))).toEqual([1, 3]);
      expect(await fitting(text('CONTAINS', '\u0000C', true))).toEqual([3]);
      expect(await fitting(text('ENDS_WITH', 'b'))).toEqual([1]);
      expect(await fitting(text('NOT_CONTAINS', 'B', true))).toEqual([2, 3]);
      expect(await fitting(text('IN', 'a,a\u0000c'))).toEqual([2, 3]);
      expect(await fitting(text('EQUAL', 'a'))).toEqual([2]);
      const columns = [key('ATTRIBUTE', 'v')];
      expect(await found(opened.store.queries, { columns, textSearch: '\u0000B' })).toEqual([1]);
    });

    test('entity fields are texts, the creation time is a number', async () => {
      await prepare();
      expect(await found(opened.store.queries, { filters: [where(field('name'), text('IN', 'Device 2,Device 3'))] })).toEqual([2, 3]);
      expect(await found(opened.store.queries, { filters: [where(field('label'), text('NOT_EQUAL', 'x'))] })).toEqual([]);
      expect(await found(opened.store.queries, { filters: [where(field('createdTime'), number('GREATER', 5))] })).toEqual([6, 7]);
      expect(await found(opened.store.queries, { filters: [where(field('createdTime'), text('EQUAL', '5'))] })).toEqual([]);
      expect(await found(opened.store.queries, { filters: [where(field('name'), number('NOT_EQUAL', 5))] })).toEqual([]);
    });
  });
}

function orderContract(open: OpenStore<QueriedStores>): void {
  describe('order, pages and search', () => {
    const opened = freshStore(open);
    const prepare = (): Promise<void> =>
      build(opened.store, {
        entities: [
          ...kinds.map((_, at) => put('device', deviceOf(at + 1, { label: `L${9 - at}` }))),
          ...[7, 8].map((n) => put('device', deviceOf(n))),
        ],
        attributes: kinds.map((value, at) => attributeWrite({ entity: device(at + 1), key: 'v', ...value })),
        points: kinds.map((value, at) => ({ entity: device(at + 1), point: { key: 'v', tsMs: 1, ...value } })),
      });

    test.each(['ATTRIBUTE', 'TIME_SERIES'] as const)('%s: numbers, texts, nothing; equals by id; and exactly the reverse', async (type) => {
      await prepare();
      const order = [3, 4, 1, 2, 6, 5, 7, 8];
      expect(await found(opened.store.queries, { sort: { key: key(type, 'v'), order: 'ASC' } })).toEqual(order);
      expect(await found(opened.store.queries, { sort: { key: key(type, 'v'), order: 'DESC' } })).toEqual([...order].reverse());
    });

    test('by entity fields, by what nothing has, and by nothing', async () => {
      await prepare();
      const by = (of: QueryKey, order: 'ASC' | 'DESC' = 'ASC'): Promise<readonly number[]> =>
        found(opened.store.queries, { sort: { key: of, order } });
      expect(await by(field('label'))).toEqual([6, 5, 4, 3, 2, 1, 7, 8]);
      expect(await by(field('createdTime'), 'DESC')).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
      expect(await by(key('ATTRIBUTE', 'nobody has this'), 'DESC')).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
      expect(await found(opened.store.queries)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('pages with totals, and one past the end', async () => {
      await prepare();
      const page = async (number: number, pageSize: number): Promise<unknown> => {
        const { data, ...rest } = await opened.store.queries.find(queryOf({ page: number, pageSize }));
        return [data.map(({ entity: { id } }) => Number(id.slice(-2))), rest];
      };
      expect(await page(0, 3)).toEqual([[1, 2, 3], { totalElements: 8, totalPages: 3, hasNext: true }]);
      expect(await page(2, 3)).toEqual([[7, 8], { totalElements: 8, totalPages: 3, hasNext: false }]);
      expect(await page(1, 4)).toEqual([[5, 6, 7, 8], { totalElements: 8, totalPages: 2, hasNext: false }]);
      expect(await page(9, 3)).toEqual([[], { totalElements: 8, totalPages: 3, hasNext: false }]);
    });

    test('search looks in all columns put together, without case, and in nothing else', async () => {
      await prepare();
      const search = (textSearch: string, ...columns: readonly QueryKey[]): Promise<readonly number[]> =>
        found(opened.store.queries, { textSearch, columns });
      expect(await search('DEVICE 3', field('name'))).toEqual([3]);
      expect(await search('fiv', field('name'), key('ATTRIBUTE', 'v'))).toEqual([5, 6]);
      expect(await search('3-1.5', field('name'), key('TIME_SERIES', 'v'))).toEqual([3]);
      expect(await search('l95true', field('label'), field('nothing'), key('ATTRIBUTE', 'v'))).toEqual([]);
      expect(await search('l6true', field('label'), field('nothing'), key('ATTRIBUTE', 'v'))).toEqual([4]);
      expect(await search('five', field('name'))).toEqual([]);
      expect(await search('%', field('name'))).toEqual([]);
      expect(await search('x')).toHaveLength(8);
      expect(await search('x', field('additionalInfo'))).toHaveLength(8);
    });

    test('search looks in a thousand columns too, and a condition may have a thousand parts', async () => {
      await prepare();
      const columns = Array.from({ length: 1_000 }, (_, n) =>
        n === 999 ? key('ATTRIBUTE', 'v') : key(n % 2 === 0 ? 'ATTRIBUTE' : 'TIME_SERIES', `k${n}`),
      );
      expect(await found(opened.store.queries, { textSearch: 'FIVE', columns })).toEqual([5, 6]);
      const parts = (count: number, predicate: Predicate): Predicate => ({
        type: 'COMPLEX',
        operation: 'OR',
        predicates: Array(count).fill(predicate),
      });
      const predicate = parts(25, parts(40, { type: 'STRING', operation: 'IN', value: 'Five,Six', ignoreCase: true }));
      expect(await found(opened.store.queries, { filters: [where(key('ATTRIBUTE', 'v'), predicate)] })).toEqual([5]);
    });
  });
}
