import { ValueKind, type Alarm, type TenantId } from '@fieldline/model';
import { storageErrors, type CommitUnit, type DataStore } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MongoDatabase } from '../mongo-database.js';
import { ambient, describeWithMongo, diesAt, faultyDatabase, testDatabase, type FaultyDatabase } from '../mongo-server.fixture.js';
import { SETTLE_WAIT_MS } from '../limits.js';
import { openMongoDataStore } from './mongo-data-store.js';
import { ownerKey } from './mongo-unit.js';
import { queriedField, type QueriedDocument } from './queried-values.js';

// Goal: a unit is kept as a whole or not at all, wherever its commit is cut off, and what was answered is there.
// Method: let the calls of a commit fail from each place on, as if the process had died there, or only once.

const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
const entity = { entityType: 'DEVICE', id: 'device' } as const;
const removed = { entityType: 'DEVICE', id: 'removed' } as const;
const alarm: Alarm = {
  id: 'alarm',
  tenantId,
  createdAtMs: 1,
  type: 'Leak',
  originator: entity,
  severity: 'MAJOR',
  startMs: 1,
  endMs: 1,
  details: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
};

const trace = { tenantId, traceId: 't', originator: entity, messageType: 'T', ruleChainId: 'c', reason: 'first' } as const;
const path = { hasFailed: false, isStart: true, isCut: false, hops: [], messages: [] } as const;

/** Something of everything, told apart by `value`. */
function fill(unit: CommitUnit, value: number): void {
  for (let n = 0; n < 3; n += 1) unit.point(tenantId, entity, `key ${n}`, n, ValueKind.double, value, 0);
  unit.removePoints({ tenantId, entity, key: 'moved', startMs: 0, endMs: 100, latest: 'remove' });
  unit.point(tenantId, entity, 'moved', 100 - value, ValueKind.double, value, 0);
  unit.attribute({ tenantId, entity, scope: 'SERVER_SCOPE', key: 'a', kind: ValueKind.long, value, lastUpdateMs: value });
  unit.alarm({ ...alarm, endMs: value });
  unit.nodeState({ tenantId, ruleNodeId: 'node', entityId: '', state: value });
  unit.packet({ tenantId, deviceId: entity.id, packetId: 1, payloadHash: 1, tsMs: value });
  unit.point(tenantId, removed, 'key', 1, ValueKind.double, value, 0);
  unit.trace({ ...trace, ...path, id: `trace ${value}`, startedAtMs: value });
  unit.trimTraces(tenantId, { beforeMs: value, bytesMax: 1_000 });
}

async function everything(store: DataStore): Promise<readonly unknown[]> {
  const [attribute] = await store.attributes(tenantId, entity, 'SERVER_SCOPE');
  const range = await Promise.all(
    ['key 0', 'key 1', 'key 2', 'moved'].map((key) => store.range(tenantId, entity, { key, startMs: 0, endMs: 100, limit: 9, order: 'ASC' })),
  );
  return [
    ...range.map((points) => points.map(({ value }) => value).join()),
    (await store.latest(tenantId, entity)).map(({ value }) => value).join(),
    String(attribute?.value),
    String((await store.alarm(tenantId, alarm.id))?.endMs),
    JSON.stringify(await store.nodeStates(tenantId, 'node', 9)),
    store.acceptedAt(entity.id, 1, 1),
    (await store.latest(tenantId, removed)).map(({ value }) => value).join(),
    (await store.traceParts(tenantId, 't')).map(({ startedAtMs }) => startedAtMs).join(),
    (await store.traceUsage(tenantId)).parts,
  ];
}

/** What queries find: of an attribute and of a time series. */
async function queriedOf(database: MongoDatabase): Promise<readonly unknown[]> {
  const queried = await database.open<QueriedDocument>({ name: 'data_queried', indexes: [] });
  const { v } = (await queried.first({ _id: ownerKey(tenantId, entity) })) ?? {};
  return [v?.[queriedField('SERVER_SCOPE', 'a')], v?.[queriedField('series', 'key 2')], v?.[queriedField('series', 'moved')]];
}

const allOf = (value: number): readonly unknown[] => {
  const one = String(value);
  return [one, one, one, one, `${one},${one},${one},${one}`, one, one, `[{"entityId":"","state":${one}}]`, value, one, one, 1];
};

describeWithMongo('commits', (server) => {
  let place: ReturnType<typeof testDatabase>;
  let database: MongoDatabase;
  let faulty: FaultyDatabase;
  const stores: DataStore[] = [];
  const open = async (on: MongoDatabase): Promise<DataStore> => {
    const store = await openMongoDataStore({ database: on, ...ambient() });
    stores.push(store);
    return store;
  };
  const commit = (store: DataStore, run: (unit: CommitUnit) => void): Promise<string> => {
    const unit = store.begin();
    run(unit);
    return store.commit(unit).then(
      () => 'kept',
      (error: { readonly code: string }) => error.code,
    );
  };
  const failing = (): never => {
    throw storageErrors.UNAVAILABLE({ reason: 'the test says so' });
  };
  beforeEach(async () => {
    place = testDatabase(server());
    database = await place.open();
    faulty = faultyDatabase(database);
  });
  afterEach(async () => {
    faulty.onChange = () => undefined;
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await database.close();
    await place.drop();
  });

  test('are whole or nothing for the next process, wherever this one died, and whole once they were answered', async () => {
    const first = await open(database);
    expect(await commit(first, (unit) => fill(unit, 1))).toBe('kept');
    await first.close();
    const seen = new Set<string>();
    let value = 1;
    for (let calls = 0, isCutOff = true; isCutOff; calls += 1) {
      const dying = await open(faulty);
      let start: number | undefined;
      isCutOff = false;
      faulty.onChange = (n) => {
        start ??= n;
        isCutOff ||= n >= start + calls;
        if (isCutOff) diesAt(0)(n);
      };
      const committed = commit(dying, (unit) => fill(unit, value + 1));
      // The process that died does not go on trying: closing is how a test ends it.
      const outcome = await Promise.race([committed, dying.close().then(() => committed)]);
      faulty.onChange = () => undefined;
      const next = await open(database);
      const found = await everything(next);
      const isWhole = found[0] === String(value + 1);
      if (isWhole) value += 1;
      expect(found).toEqual(allOf(value));
      expect(await queriedOf(database)).toEqual([value, value, value]);
      if (outcome === 'kept') expect(isWhole).toBe(true);
      seen.add(`${outcome} ${String(isWhole)}`);
      await next.close();
    }
    // Told that it failed and kept all the same: the commit came to its end, the answer did not. Writing it again changes nothing.
    expect(seen).toEqual(new Set(['STORAGE_UNAVAILABLE false', 'STORAGE_UNAVAILABLE true', 'kept true']));
  });

  test('that cannot be journalled take those given after them along, and leave nothing behind', async () => {
    const store = await open(faulty);
    expect(await commit(store, (unit) => fill(unit, 1))).toBe('kept');
    const heard: number[] = [];
    store.onCommitted(({ attributes }) => heard.push(...attributes.map(({ value }) => Number(value))));
    faulty.onChange = () => {
      faulty.onChange = () => undefined;
      failing();
    };
    const commits = [
      commit(store, (unit) => fill(unit, 2)),
      commit(store, (unit) => {
        unit.removeEntity(tenantId, removed);
        fill(unit, 3);
      }),
    ];
    expect(store.acceptedAt(entity.id, 1, 1)).toBe(3);
    expect(await Promise.all(commits)).toEqual(['STORAGE_UNAVAILABLE', 'STORAGE_UNAVAILABLE']);
    expect(await everything(store)).toEqual(allOf(1));
    expect(await commit(store, (unit) => fill(unit, 4))).toBe('kept');
    expect(await everything(store)).toEqual(allOf(4));
    expect(heard).toEqual([4]);
  });

  test('that are journalled go through once the server is back, and are seen until then', async () => {
    const store = await open(faulty);
    let calls = 0;
    faulty.onChange = () => {
      calls += 1;
      if (calls === 3) failing();
    };
    const committed = commit(store, (unit) => fill(unit, 5));
    expect((await store.latest(tenantId, entity)).map(({ value }) => value)).toEqual([5, 5, 5, 5]);
    expect(await committed).toBe('kept');
    expect(await everything(store)).toEqual(allOf(5));
  });

  test('that cannot be applied keep nobody waiting for ever who reads', async () => {
    const late: (() => void)[] = [];
    const { clock } = ambient();
    const after = (name: string, delayMs: number, fn: () => void): (() => void) => {
      if (delayMs !== SETTLE_WAIT_MS) return clock.after(name, delayMs, fn);
      late.push(fn);
      return () => undefined;
    };
    const store = await openMongoDataStore({ database: faulty, ...ambient(), clock: { ...clock, after } });
    stores.push(store);
    let calls = 0;
    faulty.onChange = () => {
      calls += 1;
      if (calls > 1) failing();
    };
    const committed = commit(store, (unit) => fill(unit, 6));
    const reads = [store.keys(tenantId, entity), store.alarms(tenantId, { page: 0, pageSize: 1 }), store.tenantOfAlarm(alarm.id)];
    const outcomes = Promise.allSettled(reads);
    expect(late).toHaveLength(reads.length);
    for (const end of late) end();
    const unavailable = { status: 'rejected', reason: expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' }) as unknown };
    expect(await outcomes).toEqual(reads.map(() => unavailable));
    faulty.onChange = () => undefined;
    expect(await committed).toBe('kept');
    expect(await store.keys(tenantId, entity)).toContain('moved');
  });

  test('of more than a journal document holds are whole too', async () => {
    const store = await open(database);
    const text = 'x'.repeat(400_000);
    const added = await commit(store, (unit) => {
      for (let n = 0; n < 60; n += 1) unit.point(tenantId, entity, 'long', n, ValueKind.string, text, 0);
    });
    expect(added).toBe('kept');
    const points = await store.range(tenantId, entity, { key: 'long', startMs: 0, endMs: 99, limit: 99, order: 'ASC' });
    expect([points.length, points.every(({ value }) => value === text)]).toEqual([60, true]);
  });
});
