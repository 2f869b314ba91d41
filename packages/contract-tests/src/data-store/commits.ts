import { ValueKind, type EntityId } from '@fieldline/model';
import type { CommittedChanges, CommitUnit, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import {
  addDouble,
  alarmOf,
  attributeWrite,
  commit,
  device,
  double,
  freshStore,
  handOverOf,
  storedMessage,
  tenantA,
  tenantB,
  uuid,
} from './fixtures.js';
import { tracePartOf } from './traces.js';

/** Units: what reads see and when, what listeners hear. */
export function commitsContract(open: OpenStore<DataStore>): void {
  describe('a unit', () => {
    const opened = freshStore(open);

    test('is empty until something is added, whatever it is', () => {
      const fillers: ((unit: CommitUnit) => void)[] = [
        (unit) => addDouble(unit, 'a', 1, 1),
        (unit) => unit.attribute(attributeWrite()),
        (unit) => unit.removeAttribute(attributeWrite()),
        (unit) => unit.alarm(alarmOf()),
        (unit) => unit.removeAlarm(tenantA, uuid(1)),
        (unit) => unit.removeEntity(tenantA, device()),
        (unit) => unit.removeTenant(tenantA),
        (unit) => unit.deadLetter({ id: uuid(1), message: storedMessage(), ruleChainId: uuid(2), code: 'C', error: 'e', failedAtMs: 1 }),
        (unit) => unit.trace(tracePartOf(1)),
        (unit) => unit.trimTraces(tenantA, { beforeMs: 0, bytesMax: 0 }),
        (unit) => unit.handOver(handOverOf(1)),
        (unit) => unit.handOverDone(uuid(1)),
        (unit) => unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: '' }),
        (unit) => unit.packet({ tenantId: tenantA, deviceId: uuid(1), packetId: 1, payloadHash: 1, tsMs: 1 }),
      ];
      for (const fill of fillers) {
        const unit = opened.store.begin();
        expect(unit.isEmpty).toBe(true);
        fill(unit);
        expect(unit.isEmpty).toBe(false);
      }
    });

    test('is seen by nobody before it is given to commit, and by all reads after, durable or not', async () => {
      const { store } = opened;
      const unit = store.begin();
      addDouble(unit, 'temperature', 1, 1);
      unit.attribute(attributeWrite());
      unit.alarm(alarmOf());
      unit.packet({ tenantId: tenantA, deviceId: device().id, packetId: 1, payloadHash: 1, tsMs: 9 });
      expect(await store.latest(tenantA, device())).toEqual([]);
      expect(await store.attributes(tenantA, device(), 'SERVER_SCOPE')).toEqual([]);
      expect(await store.activeAlarm(tenantA, device(), 'High temperature')).toBeUndefined();
      expect(store.acceptedAt(device().id, 1, 1)).toBeUndefined();
      const durable = store.commit(unit);
      expect(store.acceptedAt(device().id, 1, 1)).toBe(9);
      const reads = [
        store.latest(tenantA, device()),
        store.attributes(tenantA, device(), 'SERVER_SCOPE'),
        store.activeAlarm(tenantA, device(), 'High temperature'),
        store.alarm(tenantA, alarmOf().id),
        store.alarms(tenantA, { page: 0, pageSize: 1 }),
        store.keys(tenantA, device()),
        store.range(tenantA, device(), { key: 'temperature', startMs: 0, endMs: 9, limit: 9, order: 'ASC' }),
      ];
      const point = double('temperature', 1, 1);
      const attribute = { key: 'model', kind: ValueKind.string, value: 'T-1000', lastUpdateMs: 1 };
      const page = { data: [alarmOf()], totalElements: 1, totalPages: 1, hasNext: false };
      expect(await Promise.all(reads)).toEqual([[point], [attribute], alarmOf(), alarmOf(), page, ['temperature'], [point]]);
      await durable;
    });

    test('is read through `reading` together with everything before it', async () => {
      const { store } = opened;
      await commit(store, (unit) => {
        addDouble(unit, 'temperature', 10, 1);
        addDouble(unit, 'humidity', 10, 2);
        unit.attribute(attributeWrite({ key: 'a' }));
        unit.attribute(attributeWrite({ key: 'b' }));
        unit.alarm(alarmOf());
      });
      const unit = store.begin();
      const reading = store.reading(unit);
      expect(await reading.latest(tenantA, device())).toEqual([double('humidity', 10, 2), double('temperature', 10, 1)]);
      addDouble(unit, 'temperature', 10, 7);
      expect(await reading.latest(tenantA, device(), ['temperature'])).toEqual([double('temperature', 10, 7)]);
      addDouble(unit, 'temperature', 11, 3);
      addDouble(unit, 'humidity', 9, 4);
      addDouble(unit, 'pressure', 1, 5);
      unit.attribute(attributeWrite({ key: 'b', value: 'new' }));
      unit.attribute(attributeWrite({ key: 'c' }));
      unit.alarm(alarmOf({ clearedAtMs: 5 }));
      unit.alarm(alarmOf({ id: uuid(901), type: 'Leak' }));
      const all = [double('humidity', 10, 2), double('pressure', 1, 5), double('temperature', 11, 3)];
      expect(await reading.latest(tenantA, device())).toEqual(all);
      expect(await reading.latest(tenantA, device(), ['temperature', 'missing'])).toEqual([double('temperature', 11, 3)]);
      addDouble(unit, 'temperature', 11, 6);
      expect(await reading.latest(tenantA, device(), ['temperature'])).toEqual([double('temperature', 11, 6)]);
      const valuesOf = async (keys?: readonly string[]): Promise<unknown[]> =>
        (await reading.attributes(tenantA, device(), 'SERVER_SCOPE', keys)).map(({ key, value }) => [key, value]);
      expect(await valuesOf()).toEqual([
        ['a', 'T-1000'],
        ['b', 'new'],
        ['c', 'T-1000'],
      ]);
      expect(await valuesOf(['b'])).toEqual([['b', 'new']]);
      expect(await reading.activeAlarm(tenantA, device(), 'High temperature')).toBeUndefined();
      expect((await reading.activeAlarm(tenantA, device(), 'Leak'))?.id).toBe(uuid(901));
      expect((await reading.alarm(tenantA, alarmOf().id))?.clearedAtMs).toBe(5);
      expect(await reading.latest(tenantB, device())).toEqual([]);
      expect(await reading.alarm(tenantB, uuid(901))).toBeUndefined();
      expect(await store.latest(tenantA, device(), ['pressure'])).toEqual([]);
      await store.commit(unit);
      expect(await store.latest(tenantA, device())).toEqual([double('humidity', 10, 2), double('pressure', 1, 5), double('temperature', 11, 6)]);
    });

    test('may be dropped, and units may be committed in another order than begun', async () => {
      const { store } = opened;
      const [first, dropped, second] = [store.begin(), store.begin(), store.begin()];
      addDouble(second, 'temperature', 1, 2);
      addDouble(dropped, 'dropped', 1, 3);
      addDouble(first, 'temperature', 1, 1);
      await Promise.all([store.commit(second), store.commit(first)]);
      expect(await store.latest(tenantA, device())).toEqual([double('temperature', 1, 1)]);
      expect(await store.keys(tenantA, device())).toEqual(['temperature']);
    });

    test('is refused after the store was closed, while close waits for what was given before', async () => {
      const { store } = opened;
      const [before, after] = [store.begin(), store.begin()];
      addDouble(before, 'temperature', 1, 1);
      addDouble(after, 'temperature', 2, 2);
      const settled: string[] = [];
      const durable = store.commit(before).then(() => settled.push('committed'));
      const closed = store.close().then(() => settled.push('closed'));
      await Promise.all([durable, closed]);
      expect(settled).toEqual(['committed', 'closed']);
      await expect(store.commit(after)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retry: 'later' });
      await store.close();
    });
  });
  listenersContract(open);
}

function listenersContract(open: OpenStore<DataStore>): void {
  describe('listeners', () => {
    const opened = freshStore(open);
    const everyPoint = (changes: CommittedChanges, isWanted: (entity: EntityId) => boolean = () => true): unknown[] => {
      const points: unknown[] = [];
      changes.points(isWanted, (tenantId, entity, key, tsMs, kind, value) => points.push([tenantId, entity, key, tsMs, kind, value]));
      return points;
    };

    test('hear of each commit once, in order, before its promise resolves, with everything in the order it was added', async () => {
      const { store } = opened;
      const heard: unknown[] = [];
      store.onCommitted((changes) => heard.push([everyPoint(changes), changes.attributes.map(({ key }) => key), changes.alarms.map(({ id }) => id)]));
      const units = [store.begin(), store.begin()];
      units.forEach((unit, n) => {
        addDouble(unit, 'b', 2, n);
        addDouble(unit, 'a', 3, 0.5, device(2));
        unit.point(tenantA, device(), 'b', 1, ValueKind.string, 'text', 0);
        unit.point(tenantB, device(), 'b', 1, ValueKind.long, 2n ** 60n, 0);
        unit.attribute(attributeWrite({ key: `key ${n}` }));
        unit.alarm(alarmOf({ id: uuid(n) }));
      });
      const commits = units.map(async (unit, n) => {
        await store.commit(unit);
        expect(heard.length).toBeGreaterThan(n);
      });
      expect(heard).toEqual([]);
      await Promise.all(commits);
      const pointsOf = (n: number): unknown[] => [
        [tenantA, device(), 'b', 2, ValueKind.double, n],
        [tenantA, device(2), 'a', 3, ValueKind.double, 0.5],
        [tenantA, device(), 'b', 1, ValueKind.string, 'text'],
        [tenantB, device(), 'b', 1, ValueKind.long, 2n ** 60n],
      ];
      expect(heard).toEqual([0, 1].map((n) => [pointsOf(n), [`key ${n}`], [uuid(n)]]));
    });

    test('get only the points of entities they want', async () => {
      const { store } = opened;
      const heard: unknown[] = [];
      store.onCommitted((changes) => heard.push(...everyPoint(changes, ({ id }) => id === device(2).id)));
      await commit(store, (unit) => {
        for (const n of [1, 2, 3, 2]) ['a', 'b'].forEach((key) => addDouble(unit, key, n, n, device(n)));
      });
      expect(heard).toEqual(['a', 'b', 'a', 'b'].map((key) => [tenantA, device(2), key, 2, ValueKind.double, 2]));
    });
  });
}
