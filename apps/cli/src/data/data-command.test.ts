// Goal: what a data folder holds can be backed up, checked, asked and exported from the command line while a store is at work on it.
// Method: the command as a person types it, on a folder with packed and unpacked points.
import { epochMs, silentLog } from '@fieldline/kernel';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import type { DataStore, EntityStore } from '@fieldline/ports';
import { inProcessPacker, inProcessWriter, openSqliteDataStore, openSqliteEntityStore } from '@fieldline/storage-sqlite';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;
const meter: EntityId = { entityType: 'DEVICE', id: '00000000-0000-4000-8000-000000000001' };
let folder: string;
let store: DataStore;
let entities: EntityStore;
let close: () => Promise<void>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fieldline-cli-data-'));
  const writer = inProcessWriter(folder);
  entities = await openSqliteEntityStore({ path: folder, writer });
  store = await openSqliteDataStore({ path: folder, writer, log: silentLog });
  close = () => Promise.all([store.close(), entities.close()]).then(() => writer.close());
  const entity = { id: meter.id, tenantId, createdAtMs: 1, version: 1, name: 'Meter, "main"', deviceProfileId: meter.id, type: 'default' };
  await entities.write([{ change: 'insert', kind: 'device', entity }]);
  const unit = store.begin();
  unit.point(tenantId, meter, 'energy', 1_700_000_000_000, ValueKind.long, 9_007_199_254_740_993n, 0);
  unit.point(tenantId, meter, 'energy', 1_700_000_001_000, ValueKind.double, 1.5, 0);
  unit.point(tenantId, meter, 'note', 1_700_000_000_000, ValueKind.string, 'two\nlines, "quoted"', 0);
  unit.point(tenantId, meter, 'place', 1_700_000_000_000, ValueKind.json, '{"lat":1}', 0);
  await store.commit(unit);
});

afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a command line prints, and its exit code. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string; stdout: string }> {
  const stdout = new PassThrough();
  const printed = text(stdout);
  const ended = await runInto(stdout, ...args);
  stdout.end();
  return { ...ended, stdout: await printed };
}

/** The same, with the stream that takes what is asked for. */
async function runInto(stdout: Writable, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const lines = { out: [] as string[], err: [] as string[] };
  const code = await runCommand(args, {
    version: '1',
    out: (line) => void lines.out.push(line),
    err: (line) => void lines.err.push(line),
    monotonicMs: () => 0,
    environment: { FIELDLINE_DATA_DIR: folder },
    stdout,
  });
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

const device = 'DEVICE,00000000-0000-4000-8000-000000000001,"Meter, ""main"""';

test('points are exported as CSV that a spreadsheet reads, with names of entities', async () => {
  const { code, stdout, err } = await run('export');
  expect({ code, err }).toEqual({ code: 0, err: '4 points of 3 time series exported.' });
  expect(stdout).toBe(
    [
      'entity_type,entity_id,entity_name,key,ts,time,value',
      `${device},energy,1700000000000,2023-11-14T22:13:20.000Z,9007199254740993`,
      `${device},energy,1700000001000,2023-11-14T22:13:21.000Z,1.5`,
      `${device},note,1700000000000,2023-11-14T22:13:20.000Z,"two\nlines, ""quoted"""`,
      `${device},place,1700000000000,2023-11-14T22:13:20.000Z,"{""lat"":1}"`,
      '',
    ].join('\n'),
  );
});

test('an export has points from the first and the last time there is', async () => {
  const unit = store.begin();
  for (const tsMs of [-8.64e15, -1, 8.64e15]) unit.point(tenantId, meter, 'note', tsMs, ValueKind.long, 1, 0);
  await store.commit(unit);
  expect((await run('export', '--key', 'note')).err).toBe('4 points of 1 time series exported.');
});

test('an export chooses by name, key and time, and goes to a file', async () => {
  const file = join(folder, 'points.ndjson');
  const choice = ['--entity', 'Meter, "main"', '--key', 'energy', '--key', 'place', '--to', '2023-11-14T22:13:21Z', '--file', file];
  expect((await run('export', '--format', 'ndjson', ...choice)).err).toBe(`2 points of 2 time series exported to ${file}.`);
  const start = '{"entityType":"DEVICE","entityId":"00000000-0000-4000-8000-000000000001","entityName":"Meter, \\"main\\""';
  expect(readFileSync(file, 'utf8')).toBe(
    `${start},"key":"energy","ts":1700000000000,"value":9007199254740993}\n${start},"key":"place","ts":1700000000000,"value":{"lat":1}}\n`,
  );
});

/** Packs what the store was given, and does something to the file when nobody uses it any more. */
async function packedAnd(sql: string): Promise<void> {
  await close();
  close = () => Promise.resolve();
  const writer = inProcessWriter(folder);
  await writer.ready();
  const packer = inProcessPacker({ path: folder, writer, clock: { nowMs: () => epochMs(0) }, log: silentLog });
  await packer.pack(writer.lastLogSeq);
  await packer.close();
  await writer.close();
  const database = new DatabaseSync(join(folder, 'fieldline.db'));
  database.exec(sql);
  database.close();
}

test('an export leaves out damaged blocks, names each, and has all others', async () => {
  await packedAnd("UPDATE block SET body = zeroblob(20) WHERE series_id IN (SELECT id FROM series WHERE key <> 'note')");
  const { code, stdout, err } = await run('export');
  const note = `${device},note,1700000000000,2023-11-14T22:13:20.000Z,"two\nlines, ""quoted"""`;
  expect({ code, stdout }).toEqual({ code: 1, stdout: `entity_type,entity_id,entity_name,key,ts,time,value\n${note}\n` });
  expect(err.split('\n')).toEqual([
    expect.stringMatching(/block of series \d+ from 2023-11-14T22:13:20\.000Z to 2023-11-14T22:13:21\.000Z cannot be read/),
    expect.stringMatching(/block of series \d+ from 2023-11-14T22:13:20\.000Z to 2023-11-14T22:13:20\.000Z cannot be read/),
    '1 points of 3 time series exported.',
    `${folder} is damaged; places whose points were left out, listed above: 2.`,
    expect.any(String),
    '[CLI_EXPORT_INCOMPLETE]',
  ]);
  expect(await run('export', '--key', 'note')).toMatchObject({ code: 0 });
});

test('SQL is answered as a table, CSV or JSON', async () => {
  const query = "SELECT key, max(ts) AS newest, value FROM point WHERE key = 'energy' GROUP BY key";
  expect((await run('sql', query)).stdout).toBe('key     newest         value\nenergy  1700000001000  1.5\n');
  expect((await run('sql', query, '--format', 'csv')).stdout).toBe('key,newest,value\nenergy,1700000001000,1.5\n');
  expect((await run('sql', query, '--format', 'ndjson')).stdout).toBe('{"key":"energy","newest":1700000001000,"value":1.5}\n');
});

test.each([
  ['table', 'b  1  b\nx  2\n'],
  ['csv', 'b,1,b\nx,2,\n'],
  ['ndjson', '{"b":"x","1":2,"b:1":null}\n'],
])('columns stay where the query has them, also alike ones: %s', async (format, expected) => {
  expect((await run('sql', `SELECT 'x' AS b, 2 AS "1", NULL AS b`, '--format', format)).stdout).toBe(expected);
});

test('a table on the screen is never steered by what devices send', async () => {
  const query = `SELECT 'a' || char(27) || '[31mb' || char(0x9b, 10) || 'c' AS "x${'\u001b'}y", '${'😀'.repeat(70)}' AS long`;
  expect((await run('sql', query)).stdout).toBe(`x y        long\na [31mb c  ${'😀'.repeat(59)}…\n`);
});

test('every statement is answered, a blank line between answers with headings; text and comments end none', async () => {
  const query = ` -- all; of them
    CREATE TEMP TABLE chosen AS SELECT ';' AS a; SELECT a, 1 AS n FROM chosen; SELECT 2 AS "b;" /* ; */; SELECT 3 AS c WHERE false; SELECT 4 AS d;; -- end`;
  expect((await run('sql', query)).stdout).toBe('a  n\n;  1\n\nb;\n2\n\nd\n4\n');
  expect((await run('sql', query, '--format', 'csv')).stdout).toBe('a,n\n;,1\n\nb;\n2\n\nd\n4\n');
  expect((await run('sql', query, '--format', 'ndjson')).stdout).toBe('{"a":";","n":1}\n{"b;":2}\n{"d":4}\n');
});

test('a query may begin with a comment, as those in files do', async () => {
  expect((await run('sql', '-- how many\nSELECT 1 AS n')).stdout).toBe('n\n1\n');
});

test('the statements before one that is wrong are answered, and those behind it are not', async () => {
  const { code, stdout, err } = await run('sql', 'SELECT 1 AS a; SELECT wrong; SELECT 2 AS b');
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'a\n1\n' });
  expect(err).toContain('[SQLITE_QUERY_WRONG]');
});

test('a table of many rows is written as it comes, as wide as its first rows need it', async () => {
  const query = (count: number): string =>
    `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${count}) SELECT n, 'x' AS x FROM c`;
  const lines = (await run('sql', query(150_000))).stdout.split('\n');
  expect([lines.length, lines[0], lines[1], lines[1_500], lines[150_000]]).toEqual([150_002, 'n     x', '1     x', '1500  x', '150000  x']);
});

test.each([['export'], ['sql', 'SELECT * FROM point', '--format', 'csv']])('%s ends quietly when who reads it has enough', async (...args) => {
  const stdout = new Writable({ write: (_, __, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })) });
  expect(await runInto(stdout, ...args)).toMatchObject({ code: 0, err: '' });
});

test('a folder is backed up while it is in use, found whole, and restored where nobody uses it', async () => {
  const [backup, target] = [join(folder, 'backup'), join(folder, 'target')];
  expect((await run('backup', backup)).out).toMatch(/ backed up to .*: \d+\.\d MB\./);
  expect(await run('check', '--data', backup)).toMatchObject({ code: 0, out: `${backup} is whole.` });
  expect(await run('restore', backup)).toMatchObject({ code: 1, err: expect.stringContaining('[SQLITE_FOLDER_IN_USE]') as string });
  expect((await run('restore', backup, '--data', target)).out).toBe(`${backup} restored to ${target}. Start the server to use it.`);
  expect((await run('export', '--data', target)).err).toBe('4 points of 3 time series exported.');
});

test('a backup of a damaged folder is made, and tells of the damage', async () => {
  await packedAnd("UPDATE block SET body = zeroblob(20) WHERE series_id IN (SELECT id FROM series WHERE key = 'note')");
  const [backup, target] = [join(folder, 'backup'), join(folder, 'target')];
  const { code, out, err } = await run('backup', backup);
  expect({ code, out, err }).toEqual({
    code: 1,
    out: expect.stringMatching(/^The block of series \d+ .* cannot be read/) as string,
    err: expect.stringContaining('[CLI_BACKUP_DAMAGED]') as string,
  });
  expect((await run('restore', backup, '--data', target)).err).toContain('[SQLITE_BACKUP_DAMAGED]');
  expect((await run('export', '--data', backup, '--key', 'energy')).err).toBe('2 points of 1 time series exported.');
});

test.each([
  ['export', ['--format', 'xml'], 2, 'CLI_USAGE'],
  ['export', ['--from', 'yesterday'], 2, 'CLI_USAGE'],
  ['export', ['--from', '5', '--to', '5'], 2, 'CLI_USAGE'],
  ['export', ['surplus'], 2, 'CLI_USAGE'],
  ['export', ['--entity', 'nobody'], 1, 'CLI_ENTITY_UNKNOWN'],
  ['export', ['--file', '/nowhere/points.csv'], 1, 'CLI_FILE_UNUSABLE'],
  ['export', ['--data', '/nowhere'], 1, 'SQLITE_NO_DATA'],
  ['check', ['--format', 'csv'], 2, 'CLI_USAGE'],
  ['backup', [], 2, 'CLI_USAGE'],
  ['restore', [], 2, 'CLI_USAGE'],
  ['sql', [], 2, 'CLI_USAGE'],
  ['sql', [' ; -- nothing'], 1, 'SQLITE_QUERY_WRONG'],
  ['sql', ['SELECT wrong'], 1, 'SQLITE_QUERY_WRONG'],
  ['sql', ['SELECT 1; DELETE FROM batch_log'], 1, 'SQLITE_QUERY_WRONG'],
  ['sql', ['DELETE FROM batch_log'], 1, 'SQLITE_QUERY_WRONG'],
])('%s %j fails with a code and a remedy', async (name, args, code, problem) => {
  const { code: given, err } = await run(name, ...args);
  expect({ given, err }).toEqual({ given: code, err: expect.stringContaining(`[${problem}]`) as string });
});
