// Goal: data folders that earlier versions wrote open with all that is in them. Method: the files of formats/, each written by the last
// version that had the format: points of all kinds, some of them replaced, and an attribute; from format 7 on packed in part, and
// ten points removed.
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
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

describe.each(files)('%s', (file) => {
  const isPacked = Number(/\d+/.exec(file)?.[0]) >= 7;

  test('opens with its points and attributes, can be written and packed, and is whole', async () => {
    writeFileSync(databaseFile(folder.path), gunzipSync(readFileSync(`${formats}${file}`)));
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
