import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { GROUP_REQUESTS_MAX } from '../limits.js';
import { testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from './in-process-writer.js';
import { SqliteWriter, type WriteSource } from './sqlite-writer.js';
import type { WriteRequest } from './writer-link.js';

let folder: ReturnType<typeof testFolder>;
let writer: SqliteWriter;
beforeEach(() => {
  folder = testFolder();
  writer = new SqliteWriter(folder.path);
});
afterEach(() => {
  writer.close();
  folder.remove();
});

const insertSql = 'INSERT INTO hand_over (id, document) VALUES (?, ?)';
const insert = (id: string, document = '{}'): WriteRequest => ({ statements: [{ sql: insertSql, rows: [[id, document]] }] });
const source = (): WriteSource => ({ failedEpoch: -1 });
const commit = (...requests: readonly WriteRequest[]): unknown[] => {
  const from = source();
  return writer.commit(requests.map((request) => ({ request, source: from })));
};
const rows = (sql: string): unknown[] => {
  const database = openForReading(folder.path);
  const found = database
    .prepare(sql)
    .all()
    .flatMap((row) => Object.values(row));
  database.close();
  return found;
};
const ids = (): unknown[] => rows('SELECT id FROM hand_over ORDER BY seq');

test('a request that breaks a rule fails alone, as a whole, and says which', () => {
  const both: WriteRequest = {
    points: Uint8Array.of(9),
    statements: [
      {
        sql: insertSql,
        rows: [
          ['c', '{}'],
          ['a', '{}'],
        ],
      },
    ],
  };
  const conflict: WriteRequest = {
    statements: [...insert('d').statements, { sql: 'DELETE FROM hand_over WHERE id = ?', rows: [['none']], changes: 1 }],
  };
  expect(commit(insert('a'), both, conflict, insert('b'))).toEqual([
    undefined,
    { kind: 'taken', columns: 'hand_over.id' },
    { kind: 'unchanged', statement: 1 },
    undefined,
  ]);
  expect(ids()).toEqual(['a', 'b']);
  expect(rows('SELECT seq FROM batch_log')).toEqual([]);
});

test('a statement that SQLite does not take fails alone', () => {
  const wrong: WriteRequest = { statements: [{ sql: 'INSERT INTO no_such_table VALUES (1)', rows: [[]] }] };
  expect(commit(insert('a'), wrong, insert('b'))).toMatchObject([
    undefined,
    { kind: 'problem', problem: { code: 'STORAGE_UNAVAILABLE' } },
    undefined,
  ]);
  expect(ids()).toEqual(['a', 'b']);
});

test('on a full disk nothing of the whole transaction is kept, and the writer works on when there is room', () => {
  expect(commit(insert('before'))).toEqual([undefined]);
  const pages = Number(rows('PRAGMA page_count')[0]);
  expect(commit({ statements: [{ sql: `PRAGMA max_page_count = ${pages + 2}`, rows: [[]] }] })).toEqual([undefined]);
  const full = { kind: 'problem', problem: { code: 'STORAGE_FULL', retry: 'later' } };
  expect(commit(insert('a'), insert('large', 'x'.repeat(100_000)), insert('b'))).toMatchObject([full, full, full]);
  expect(ids()).toEqual(['before']);
  expect(commit(insert('small'))).toEqual([undefined]);
  expect(commit({ statements: [{ sql: 'PRAGMA max_page_count = 100000', rows: [[]] }] })).toEqual([undefined]);
  expect(commit(insert('large', 'x'.repeat(100_000)))).toEqual([undefined]);
  expect(ids()).toEqual(['before', 'small', 'large']);
});

test('when the transaction itself fails nothing of it is kept, and the writer works on', () => {
  // It ends the savepoint of its own request, which the writer then misses.
  const saboteur: WriteRequest = { statements: [{ sql: 'RELEASE request', rows: [[]] }] };
  const failed = { kind: 'problem', problem: { code: 'STORAGE_UNAVAILABLE', retry: 'later' } };
  expect(commit(insert('a'), saboteur, insert('b'))).toMatchObject([failed, failed, failed]);
  expect(commit(insert('c'))).toEqual([undefined]);
  expect(ids()).toEqual(['c']);
});

test('a value that cannot be stored fails its request alone', () => {
  const wrong: WriteRequest = { statements: [{ sql: insertSql, rows: [['x', 2n ** 70n]] }] };
  expect(commit(insert('a'), wrong, insert('b'))).toMatchObject([undefined, { kind: 'problem' }, undefined]);
  expect(ids()).toEqual(['a', 'b']);
});

test('after a failure the later requests of that epoch and source are refused, and of no other', () => {
  const [one, other] = [source(), source()];
  const waiting = (id: string, epoch: number | undefined, from: WriteSource) => ({ request: { ...insert(id), epoch }, source: from });
  writer.commit([waiting('a', 0, one)]);
  const failures = writer.commit([
    waiting('a', 0, one),
    waiting('b', 0, one),
    waiting('c', 0, other),
    waiting('d', undefined, one),
    waiting('e', 1, one),
  ]);
  expect(failures.map((failure) => failure?.kind)).toEqual(['taken', 'problem', undefined, undefined, undefined]);
  expect(writer.commit([waiting('f', 0, one), waiting('g', 1, one)]).map((failure) => failure?.kind)).toEqual(['problem', undefined]);
  expect(ids()).toEqual(['a', 'c', 'd', 'e', 'g']);
});

test('more requests than a transaction may have are written in several, in order', async () => {
  const own = testFolder();
  const link = inProcessWriter(own.path);
  const writes = Array.from({ length: GROUP_REQUESTS_MAX + 1 }, (_, n) => link.write({ points: Uint8Array.of(n & 0x7f), statements: [] }));
  expect(new Set(await Promise.all(writes))).toEqual(new Set([undefined]));
  const database = openForReading(own.path);
  expect(
    database
      .prepare('SELECT length(body) AS bytes FROM batch_log ORDER BY seq')
      .all()
      .map(({ bytes }) => bytes),
  ).toEqual([5 + GROUP_REQUESTS_MAX, 6]);
  database.close();
  await link.close();
  own.remove();
});
