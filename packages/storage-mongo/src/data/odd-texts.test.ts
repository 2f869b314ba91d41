import { ValueKind, type TenantId } from '@fieldline/model';
import type { CommitUnit, DataStore } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MongoDatabase } from '../mongo-database.js';
import { ambient, describeWithMongo, testDatabase } from '../mongo-server.fixture.js';
import { openMongoDataStore } from './mongo-data-store.js';

// Goal: no text that a device sends stops the store: neither one that UTF-8 cannot hold nor one that no document can.
// Method: keys and values with halves of surrogate pairs, which differ in nothing else; texts of more than 16 MB.

const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
const entity = { entityType: 'DEVICE', id: 'device' } as const;
const scope = 'SERVER_SCOPE';
const told = { key: 'a\ufffd', kind: ValueKind.string, value: 'x\ufffd' };

describeWithMongo('odd texts', (server) => {
  let place: ReturnType<typeof testDatabase>;
  let database: MongoDatabase;
  let store: DataStore;
  beforeEach(async () => {
    place = testDatabase(server());
    database = await place.open();
    store = await openMongoDataStore({ database, ...ambient() });
  });
  afterEach(async () => {
    await store.close();
    await database.close();
    await place.drop();
  });
  const commit = (fill: (unit: CommitUnit) => void): Promise<void> => {
    const unit = store.begin();
    fill(unit);
    return store.commit(unit);
  };
  const add = (unit: CommitUnit, key: string, value: string, tsMs = 1): void => unit.point(tenantId, entity, key, tsMs, ValueKind.string, value, 0);
  const attribute = (key: string, value = 'x\ud801') => ({ tenantId, entity, scope, key, kind: ValueKind.string, value, lastUpdateMs: 1 }) as const;

  test('a key that is no well-formed text is one with those that are read back as it', async () => {
    const given = commit((unit) => {
      add(unit, 'a\ud800', 'first');
      add(unit, 'a\ud801', 'x\ud800');
      for (const key of ['a\ud800', 'a\ud801']) unit.attribute(attribute(key));
    });
    for (const keys of [undefined, ['a\ufffd'], ['a\ud802']]) {
      // On its way, and stored.
      for (const before of [undefined, given]) {
        await before;
        expect(await store.latest(tenantId, entity, keys)).toEqual([{ ...told, tsMs: 1 }]);
        expect(await store.attributes(tenantId, entity, scope, keys)).toEqual([{ ...told, lastUpdateMs: 1 }]);
      }
    }
    await commit((unit) => {
      unit.attribute(attribute('a\ud800'));
      unit.removeAttribute(attribute('a\ud801'));
      unit.removePoints({ tenantId, entity, key: 'a\ud803', startMs: 0, endMs: 9, latest: 'remove' });
    });
    expect([await store.keys(tenantId, entity), await store.attributes(tenantId, entity, scope)]).toEqual([[], []]);
  });

  test('a text that no document holds is refused for good, alone', async () => {
    const text = 'x'.repeat(17 * 1024 * 1024);
    const message = { id: 'm', tenantId, type: 'T', originator: entity, tsMs: 1, metadata: {}, text };
    const at = { ruleChainId: 'c', ruleNodeId: 'n' };
    const fills: readonly ((unit: CommitUnit) => void)[] = [
      (unit) => add(unit, 'long', text),
      (unit) => unit.attribute(attribute('long', text)),
      (unit) => unit.handOver({ id: 'h', message: { ...message, text: '\0'.repeat(3 * 1024 * 1024) }, at, callers: [], nodesRun: 0 }),
      (unit) => unit.deadLetter({ id: 'd', message, ruleChainId: 'c', code: 'C', error: 'E', failedAtMs: 1 }),
    ];
    const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'MONGO_WRITE_TOO_LARGE', retry: 'never' }) as unknown };
    const commits = fills.flatMap((fill) => [commit(fill), commit((unit) => add(unit, 'short', 'x'))]);
    expect(await Promise.allSettled(commits)).toEqual(fills.flatMap(() => [refused, { status: 'fulfilled', value: undefined }]));
    expect(await store.keys(tenantId, entity)).toEqual(['short']);
  });
});
