// Goal: what packing left behind when it was interrupted is read back as if it had never begun.
// Method: the rows that an interrupted packing leaves, written by hand.
import { TestClock } from '@fieldline/contract-tests';
import { silentLog } from '@fieldline/kernel';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { expect, test } from 'vitest';
import { inProcessPacker } from '../packing/in-process-packer.js';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { openSqliteDataStore } from './open-data-store.js';

const tenantId = 'tenant' as TenantId;
const device: EntityId = { entityType: 'DEVICE', id: 'device' };

test('a latest value as of a later row of the log is in force after that row, whatever comes of it on the way', async () => {
  const folder = testFolder();
  let opened = await openDataStore(folder.path);
  const put = (tsMs: number): Promise<void> => {
    const unit = opened.store.begin();
    unit.point(tenantId, device, 'k', tsMs, ValueKind.long, tsMs, 0);
    return opened.store.commit(unit);
  };
  await put(25);
  await put(10);
  const removing = opened.store.begin();
  removing.removePoints({ tenantId, entity: device, key: 'k', startMs: 20, endMs: 30, latest: 'remove' });
  await opened.store.commit(removing);
  await put(5);
  // The first row was packed before; then the next two were, but for the mark that they are.
  const statements = [
    { sql: 'UPDATE packing SET through_seq = 1', rows: [[]] },
    { sql: 'INSERT INTO latest (series_id, ts_ms, kind, value, seq) VALUES (1, 0, 0, NULL, 3)', rows: [[]] },
  ];
  expect(await opened.writer.write({ statements })).toBeUndefined();
  await opened.close();
  opened = await openDataStore(folder.path);
  expect(await opened.store.latest(tenantId, device)).toEqual([{ key: 'k', tsMs: 5, kind: ValueKind.long, value: 5 }]);
  const points = await opened.store.range(tenantId, device, { key: 'k', startMs: 0, endMs: 100, limit: 9, order: 'ASC' });
  expect(points.map(({ tsMs }) => tsMs)).toEqual([5, 10]);
  await opened.close();
  folder.remove();
});

test('a key that is no well-formed text is the same after a restart, and one with a NUL as well', async () => {
  const folder = testFolder();
  let opened = await openDataStore(folder.path);
  for (let tsMs = 1; tsMs <= 3; tsMs += 1) {
    const unit = opened.store.begin();
    for (const key of ['a\ud800', 'b\0c']) unit.point(tenantId, device, key, tsMs, ValueKind.long, tsMs, 0);
    await opened.store.commit(unit);
    if (tsMs === 2) continue;
    await opened.close();
    opened = await openDataStore(folder.path);
  }
  expect(await opened.store.keys(tenantId, device)).toEqual(['a\ufffd', 'b\0c']);
  for (const key of ['a\ufffd', 'b\0c']) {
    const points = await opened.store.range(tenantId, device, { key, startMs: 0, endMs: 100, limit: 9, order: 'ASC' });
    expect(points.map(({ tsMs }) => tsMs)).toEqual([1, 2, 3]);
  }
  await opened.close();
  folder.remove();
});

test.each([
  [ValueKind.double, 1.5],
  [ValueKind.double, 3],
  [ValueKind.long, 2 ** 40],
  [ValueKind.long, 2n ** 62n],
  [ValueKind.boolean, true],
  [ValueKind.string, 'text'],
  [ValueKind.json, '{"a":1}'],
] as const)('a packed latest value of kind %i comes back as it was', async (kind, value) => {
  const folder = testFolder();
  let opened = await openDataStore(folder.path);
  const unit = opened.store.begin();
  unit.point(tenantId, device, 'k', 1, kind, value, 0);
  await opened.store.commit(unit);
  const packer = inProcessPacker({ path: folder.path, writer: opened.writer, clock: new TestClock(), log: silentLog });
  await packer.pack(opened.writer.lastLogSeq);
  await packer.close();
  await opened.close();
  opened = await openDataStore(folder.path);
  expect(await opened.store.latest(tenantId, device)).toEqual([{ key: 'k', tsMs: 1, kind, value }]);
  await opened.close();
  folder.remove();
});

test.each(["x'00'", "CAST(substr(body, 1, 6) || x'ff00' || substr(body, 9) AS BLOB)", "x'018def02d200'"])(
  'remembered publishes that are damaged (%s) are forgotten with a warning, and packing goes on with new ones',
  async (body) => {
    const folder = testFolder();
    let opened = await openDataStore(folder.path);
    const remember = async (packetId: number): Promise<void> => {
      const unit = opened.store.begin();
      unit.point(tenantId, device, 'k', packetId, ValueKind.long, packetId, 0);
      unit.packet({ tenantId, deviceId: device.id, packetId, payloadHash: 7, tsMs: packetId });
      await opened.store.commit(unit);
      const packer = inProcessPacker({ path: folder.path, writer: opened.writer, clock: new TestClock(), log: silentLog });
      await packer.pack(opened.writer.lastLogSeq);
      await packer.close();
    };
    await remember(1);
    expect(await opened.writer.write({ statements: [{ sql: `UPDATE packed_publish SET body = ${body}`, rows: [[]] }] })).toBeUndefined();
    await opened.close();
    const warned: [event: string, fields: unknown][] = [];
    const writer = inProcessWriter(folder.path);
    const log = { ...silentLog, warn: (event: string, fields: unknown) => void warned.push([event, fields]) };
    const store = await openSqliteDataStore({ path: folder.path, writer, log });
    opened = { store, writer, close: () => store.close().then(() => writer.close()) };
    expect(warned).toEqual([['publishes-forgotten', { problem: expect.objectContaining({ code: 'STORAGE_CORRUPT' }) as unknown }]]);
    expect(store.acceptedAt(device.id, 1, 7)).toBeUndefined();
    expect(await store.latest(tenantId, device)).toMatchObject([{ tsMs: 1 }]);
    await remember(2);
    await opened.close();
    opened = await openDataStore(folder.path);
    expect([1, 2].map((packetId) => opened.store.acceptedAt(device.id, packetId, 7))).toEqual([undefined, 2]);
    await opened.close();
    folder.remove();
  },
);
