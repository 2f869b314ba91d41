// Goal: data folders that earlier versions wrote open with all that is in them. Method: the files of formats/, each written by the last
// version that had the format: points of all kinds, some of them replaced, and an attribute; from format 7 on packed in part, and
// ten points removed.
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { backupFolder, restoreFolder } from '../folder/backup-folder.js';
import { checkFolder } from '../folder/check-folder.js';
import { FORMAT_VERSION } from '../schema.js';
import { openPackedStore, testFolder } from '../test-folder.fixture.js';

const formats = fileURLToPath(new URL('../../formats/', import.meta.url));
const files = readdirSync(formats).sort();
const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;
const meter: EntityId = { entityType: 'DEVICE', id: '00000000-0000-4000-8000-000000000001' };
const BASE_MS = 1_700_000_000_000;
const everything = { startMs: 0, endMs: 8e15, limit: 1_000, order: 'ASC' } as const;
let folder: ReturnType<typeof testFolder>;

beforeEach(() => (folder = testFolder()));
afterEach(() => folder.remove());

const temperatures = Array.from({ length: 300 }, (_, n) => [BASE_MS + n * 1_000, n === 5 ? -1.5 : 20 + (n % 17) / 10] as const);
const counters = [
  ...Array.from({ length: 100 }, (_, n) => [BASE_MS + n * 60_000, n * n] as const),
  [BASE_MS + 6_000_000, 9_007_199_254_740_993n] as const,
];

test('there is a file of this format', () => expect(files).toContain(`format-${FORMAT_VERSION}.db.gz`));

const formatOf = (path: string): unknown => {
  const database = new DatabaseSync(databaseFile(path), { readOnly: true });
  const [format] = Object.values(database.prepare('PRAGMA user_version').get() ?? {});
  database.close();
  return format;
};

describe.each(files)('%s', (file) => {
  const format = Number(/\d+/.exec(file)?.[0]);
  const isPacked = format >= 7;
  beforeEach(() => writeFileSync(databaseFile(folder.path), gunzipSync(readFileSync(`${formats}${file}`))));

  test('is found whole, backed up and restored as it is, and upgraded when it is opened', async () => {
    const [backup, target] = [join(folder.path, 'backup'), join(folder.path, 'target')];
    expect([...checkFolder(folder.path)]).toEqual([]);
    backupFolder({ from: folder.path, to: backup });
    restoreFolder({ from: backup, to: target, setAside: 'now' });
    expect([backup, target].map(formatOf)).toEqual([format, format]);
    const { store, close } = await openPackedStore(target, 10);
    expect((await store.range(tenantId, meter, { key: 'counter', ...everything })).map(({ tsMs, value }) => [tsMs, value])).toEqual(counters);
    await close();
    expect(formatOf(target)).toBe(FORMAT_VERSION);
  });

  test.each([
    ['a log row', 'UPDATE batch_log SET body = substr(body, 1, length(body) - 1)', /Log row \d+ does not match its checksum/],
    ['a number of a series', 'UPDATE series SET entity_number = 99', /There are \d+ series of entities that have no number/],
  ])('is not restored with damage to %s', (_, sql, reason) => {
    const database = new DatabaseSync(databaseFile(folder.path));
    database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    database.close();
    expect(() => restoreFolder({ from: folder.path, to: join(folder.path, 'target'), setAside: 'now' })).toThrow(
      expect.objectContaining({ code: 'SQLITE_BACKUP_DAMAGED', message: expect.stringMatching(reason) as string }),
    );
    expect(readdirSync(folder.path)).not.toContain('target');
  });

  test('opens with its points and attributes, can be written and packed, and is whole', async () => {
    const { store, close } = await openPackedStore(folder.path, 10);
    const range = async (key: string): Promise<unknown> =>
      (await store.range(tenantId, meter, { key, ...everything })).map(({ tsMs, value }) => [tsMs, value]);
    expect(await range('temperature')).toEqual(isPacked ? temperatures.filter((_, n) => n < 100 || n >= 110) : temperatures);
    expect(await range('counter')).toEqual(counters);
    expect(await store.latest(tenantId, meter, ['open', 'place', 'state'])).toEqual([
      { key: 'open', tsMs: BASE_MS, kind: ValueKind.boolean, value: true },
      { key: 'place', tsMs: BASE_MS, kind: ValueKind.json, value: '{"lat":52.5}' },
      { key: 'state', tsMs: BASE_MS, kind: ValueKind.string, value: 'gut — “ok”' },
    ]);
    expect(await store.attributes(tenantId, meter, 'SERVER_SCOPE')).toMatchObject([{ key: 'model', value: 'EM 340', lastUpdateMs: BASE_MS }]);
    const unit = store.begin();
    for (let n = 0; n < 20; n += 1) unit.point(tenantId, meter, 'new', n, ValueKind.long, n, 0);
    await store.commit(unit);
    await close();
    const reopened = await openPackedStore(folder.path, 10);
    expect((await reopened.store.range(tenantId, meter, { key: 'counter', ...everything })).length).toBe(counters.length);
    await reopened.close();
    expect([...checkFolder(folder.path)]).toEqual([]);
  });
});
