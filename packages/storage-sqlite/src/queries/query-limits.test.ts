// Goal: a query ends at its bounds with an error that says so, and the next one works. Method: bounds small enough to reach.
import type { EntityDataQuery, RelationWalk, TenantId } from '@fieldline/model';
import { relationKey, ValueKind } from '@fieldline/model';
import { expect, test } from 'vitest';
import { QUERIES_AT_ONCE, QUERIES_WAITING_MAX } from '../limits.js';
import { testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { EntityStatement } from './entity-query-sql.js';
import { openQueriedStores } from './queried-stores.fixture.js';
import { goesOn, QueryConnection, QueryDeadline } from './query-connection.js';
import { selectionSql } from './selection-sql.js';
import { raw, sql } from './sql.js';

const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const query: EntityDataQuery = {
  scope: { tenantId },
  selector: { kind: 'type', entityType: 'DEVICE', name: '' },
  filters: [],
  combine: 'AND',
  columns: [{ type: 'ENTITY_FIELD', key: 'name' }],
  pageSize: 10,
  page: 0,
};
const byTemperature = { key: { type: 'TIME_SERIES', key: 'temperature' }, order: 'DESC' } as const;
const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    ({ code }: { code: string }) => code,
  );

type Stores = Awaited<ReturnType<typeof openQueriedStores>>['store'];

async function addDevices({ entities }: Stores, count: number): Promise<void> {
  const profile = { deviceProfileId: uuid(0), type: 'default', version: 1, tenantId };
  const ids = Array.from({ length: count }, (_, n) => n + 1);
  await entities.write(
    ids.map((n) => ({ change: 'insert', kind: 'device', entity: { ...profile, id: uuid(n), name: `Device ${n}`, createdAtMs: n } })),
  );
}

test('a statement that does not end is interrupted, and leaves the connection as it was', async () => {
  const folder = testFolder();
  const writer = inProcessWriter(folder.path);
  const connection = new QueryConnection(folder.path);
  try {
    const endless = sql`WITH RECURSIVE e(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM e) SELECT count(*) FROM e WHERE ${goesOn}`;
    expect(() => connection.all(endless, new QueryDeadline(20))).toThrow(expect.objectContaining({ code: 'QUERY_TOO_SLOW' }));
    expect(connection.all(sql`SELECT 5`, new QueryDeadline(1_000))).toEqual([[5n]]);
  } finally {
    connection.close();
    await writer.close();
    folder.remove();
  }
});

test('every statement over entities asks whether it may go on', () => {
  const selection = selectionSql(query.scope, query.selector, undefined);
  const source = { entityTypes: selection.entityTypes, keyNumbers: () => [1], latest: () => undefined };
  expect(new EntityStatement(selection, source, query).sorted(() => raw('1'), byTemperature).text).toContain(goesOn.text);
});

test('a deadline that passes while latest values are fetched ends the query', async () => {
  let release = (): void => undefined;
  const waited = new Promise<void>((resolve) => (release = resolve));
  const opened = await openQueriedStores({
    limits: { deadlineMs: 20 },
    latest: {
      latestOfMany: async (_, entities) => {
        await waited;
        const until = performance.now() + 25;
        while (performance.now() < until);
        return entities.map(() => [{ key: 'temperature', tsMs: 1, kind: ValueKind.long, value: 1 }]);
      },
      range: async () => [],
    },
  });
  try {
    await addDevices(opened.store, 1);
    const answer = codeOf(opened.store.queries.find({ ...query, sort: byTemperature }));
    release();
    expect(await answer).toBe('QUERY_TOO_SLOW');
  } finally {
    await opened.dispose();
  }
});

test('so does one that passes while points of views are read whose time has ended', async () => {
  const point = { key: 'temperature', tsMs: 9, kind: ValueKind.long, value: 1 };
  let reads = 0;
  const opened = await openQueriedStores({
    limits: { deadlineMs: 200 },
    latest: {
      latestOfMany: async (_, entities) => entities.map(() => [point]),
      range: async () => {
        reads += 1;
        await new Promise((resolve) => setTimeout(resolve, 80));
        return [{ ...point, tsMs: 1 }];
      },
    },
  });
  const keys = { timeseries: ['temperature'], attributes: { cs: [], ss: [], sh: [] } };
  const view = { tenantId, version: 1, createdAtMs: 1, type: 'v', targetType: 'DEVICE', targetId: uuid(1), keys, startMs: 0, endMs: 5 } as const;
  const ids = Array.from({ length: 200 }, (_, n) => n + 1);
  try {
    await opened.store.entities.write(
      ids.map((n) => ({ change: 'insert', kind: 'entityView', entity: { ...view, id: uuid(n), name: `View ${n}` } })),
    );
    const asked = { ...query, selector: { kind: 'type', entityType: 'ENTITY_VIEW', name: '' }, sort: byTemperature } as const;
    expect(await codeOf(opened.store.queries.find(asked))).toBe('QUERY_TOO_SLOW');
    expect(reads).toBeLessThan(ids.length);
  } finally {
    await opened.dispose();
  }
});

test('queries beyond those that may wait are refused', async () => {
  const opened = await openQueriedStores();
  try {
    const asked = Array.from({ length: QUERIES_AT_ONCE + QUERIES_WAITING_MAX + 1 }, () => codeOf(opened.store.queries.find(query)));
    const codes = await Promise.all(asked);
    expect(codes.filter((code) => code === 'answered')).toHaveLength(QUERIES_AT_ONCE + QUERIES_WAITING_MAX);
    expect(codes.at(-1)).toBe('QUERY_BUSY');
  } finally {
    await opened.dispose();
  }
});

test('temporary tables go with their query, whether it is answered or not', async () => {
  let fails = false;
  const opened = await openQueriedStores({
    latest: {
      latestOfMany: async (_, entities) => (fails ? Promise.reject(new Error('the engine is gone')) : entities.map(() => [])),
      range: async () => [],
    },
  });
  try {
    const { entities, queries } = opened.store;
    await addDevices(opened.store, 2);
    const [from, to] = [{ entityType: 'DEVICE', id: uuid(1) } as const, { entityType: 'DEVICE', id: uuid(2) } as const];
    const ends = { fromType: from.entityType, fromId: from.id, toType: to.entityType, toId: to.id, type: 'Contains', typeGroup: 'COMMON' } as const;
    const relation = { id: uuid(3), tenantId, createdAtMs: 1, version: 1, ...ends, key: relationKey(from, to, 'COMMON', 'Contains') };
    await entities.write([{ change: 'insert', kind: 'relation', entity: relation }]);
    const walk: RelationWalk = { roots: [from], direction: 'FROM', maxLevel: 1, lastLevelOnly: false, steps: [], isNegated: false };
    const asked = { ...query, selector: { kind: 'relations', walk, entityTypes: [] } as const, sort: byTemperature };
    fails = true;
    await expect(queries.find(asked)).rejects.toThrow('the engine is gone');
    fails = false;
    for (let n = 0; n < 3; n += 1) expect((await queries.find(asked)).totalElements).toBe(1);
  } finally {
    await opened.dispose();
  }
});
