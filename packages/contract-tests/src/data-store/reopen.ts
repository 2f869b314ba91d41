import { ValueKind } from '@fieldline/model';
import type { DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, alarmOf, attributeWrite, commit, device, double, freshStore, handOverOf, tenantA, tenantB, uuid } from './fixtures.js';
import { deadLetterOf } from './left-to-do.js';
import { tracePartOf } from './traces.js';

/** What outlives a store that calls itself durable. */
export function reopenContract(open: OpenStore<DataStore>): void {
  describe('after it was closed and opened again', () => {
    const opened = freshStore(open);

    test('everything that was committed is there', async () => {
      await commit(opened.store, (unit) => {
        addDouble(unit, 'temperature', 2, 21.5);
        addDouble(unit, 'temperature', 1, 20.5);
        unit.point(tenantA, device(), 'mode', 1, ValueKind.string, 'äuto', 0);
        unit.point(tenantA, device(2), 'count', 1, ValueKind.long, 2n ** 60n, 86_400_000);
        unit.attribute(attributeWrite());
        unit.alarm(alarmOf());
        unit.handOver(handOverOf(1));
        unit.deadLetter(deadLetterOf(2));
        unit.trace(tracePartOf(3));
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: '', state: { count: 1 } });
        unit.packet({ tenantId: tenantA, deviceId: device(3).id, packetId: 4, payloadHash: 5, tsMs: 6 });
      });
      await commit(opened.store, (unit) => addDouble(unit, 'temperature', 2, 22.5));
      const store = await opened.reopen();
      const query = { key: 'temperature', startMs: 0, endMs: 9, limit: 9, order: 'ASC' } as const;
      expect(await store.range(tenantA, device(), query)).toEqual([double('temperature', 1, 20.5), double('temperature', 2, 22.5)]);
      expect((await store.latest(tenantA, device(), ['mode'])).map(({ value }) => value)).toEqual(['äuto']);
      expect((await store.latest(tenantA, device(2))).map(({ value }) => value)).toEqual([2n ** 60n]);
      expect(await store.keys(tenantA, device())).toEqual(['mode', 'temperature']);
      expect(await store.attributes(tenantA, device(), 'SERVER_SCOPE')).toHaveLength(1);
      expect(await store.activeAlarm(tenantA, device(), 'High temperature')).toEqual(alarmOf());
      expect(await store.openHandOvers()).toEqual([handOverOf(1)]);
      expect((await store.deadLetters(tenantA, { page: 0, pageSize: 9 })).data).toEqual([deadLetterOf(2)]);
      expect(await store.traceParts(tenantA, uuid(3))).toEqual([tracePartOf(3)]);
      expect((await store.traces(tenantA, { page: 0, pageSize: 9 })).totalElements).toBe(1);
      expect(await store.nodeStates(tenantA, uuid(1), 9)).toEqual([{ entityId: '', state: { count: 1 } }]);
      expect(store.acceptedAt(device(3).id, 4, 5)).toBe(6);
    });

    test('old and new series take new points, and more of them after the next time', async () => {
      await commit(opened.store, (unit) => addDouble(unit, 'a', 1, 1));
      let store = await opened.reopen();
      await commit(store, (unit) => {
        addDouble(unit, 'b', 1, 2);
        addDouble(unit, 'a', 2, 3);
      });
      await commit(store, (unit) => addDouble(unit, 'b', 1, 4, device(2)));
      store = await opened.reopen();
      expect(await store.latest(tenantA, device())).toEqual([double('a', 2, 3), double('b', 1, 2)]);
      expect(await store.latest(tenantA, device(2))).toEqual([double('b', 1, 4)]);
    });

    test('what was removed stays away, also from what is added after it, and the others have everything', async () => {
      const { value: _, ...attribute } = attributeWrite({ key: 'gone' });
      await commit(opened.store, (unit) => {
        for (const n of [1, 2, 3]) {
          addDouble(unit, 'temperature', n, n, device(n));
          addDouble(unit, 'humidity', n, n, device(n));
          unit.attribute(attributeWrite({ entity: device(n) }));
          unit.alarm(alarmOf({ id: uuid(n), originator: device(n) }));
        }
        unit.attribute(attributeWrite({ key: 'gone' }));
        unit.point(tenantB, device(4), 'temperature', 1, ValueKind.long, 1, 0);
      });
      await commit(opened.store, (unit) => {
        unit.removeEntity(tenantA, device(2));
        unit.removeTenant(tenantB);
        unit.removeAlarm(tenantA, uuid(3));
        unit.removeAttribute(attribute);
      });
      await commit(opened.store, (unit) => addDouble(unit, 'late', 3, 3, device(3)));
      for (let times = 0; times < 2; times += 1) {
        const store = await opened.reopen();
        await commit(store, (unit) => {
          addDouble(unit, 'temperature', 9, 9, device(2));
          unit.attribute(attributeWrite({ entity: device(2) }));
          unit.alarm(alarmOf({ id: uuid(50), originator: device(2) }));
          unit.point(tenantB, device(5), 'temperature', 1, ValueKind.long, 1, 0);
        });
        expect([await store.keys(tenantA, device(2)), await store.keys(tenantB, device(4)), await store.keys(tenantB, device(5))]).toEqual([
          [],
          [],
          [],
        ]);
        expect(await store.attributes(tenantA, device(2), 'SERVER_SCOPE')).toEqual([]);
        expect((await store.alarms(tenantA, { page: 0, pageSize: 9 })).data.map(({ id }) => id)).toEqual([uuid(1)]);
        expect(await store.activeAlarm(tenantA, device(2), alarmOf().type)).toBeUndefined();
        expect((await store.attributes(tenantA, device(1), 'SERVER_SCOPE')).map(({ key }) => key)).toEqual(['model']);
        expect(await store.latest(tenantA, device(1))).toEqual([double('humidity', 1, 1), double('temperature', 1, 1)]);
        expect(await store.keys(tenantA, device(3))).toEqual(['humidity', 'late', 'temperature']);
      }
    });
  });
}
