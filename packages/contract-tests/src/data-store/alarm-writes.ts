import type { Alarm } from '@fieldline/model';
import type { CommittedChanges, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { alarmOf, commit, device, freshStore, tenantA, tenantB, uuid } from './fixtures.js';

/** Changes of alarms by several writers at once, and their removal. */
export function alarmWritesContract(open: OpenStore<DataStore>): void {
  describe('an alarm that is written with what its writer read', () => {
    const opened = freshStore(open);
    const stored = (): Promise<Alarm | undefined> => opened.store.alarm(tenantA, alarmOf().id);

    test.each([
      ['in the order they were begun', [0, 1]],
      ['in the other order', [1, 0]],
    ])('keeps the parts of two who read it at the same time, committed %s', async (_, order) => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf({ assigneeId: uuid(4) })));
      const base = (await stored()) as Alarm;
      const { assigneeId: _assignee, ...unassigned } = base;
      const units = [store.begin(), store.begin()];
      units[0]?.alarm({ ...base, acknowledgedAtMs: 5 }, base);
      units[1]?.alarm({ ...unassigned, severity: 'MINOR', endMs: 9 }, base);
      await Promise.all(order.map((place) => store.commit(units[place] as (typeof units)[0])));
      expect(await stored()).toEqual({ ...unassigned, acknowledgedAtMs: 5, severity: 'MINOR', endMs: 9 });
    });

    test('takes the last word where both changed the same field', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf()));
      for (const severity of ['MINOR', 'MAJOR'] as const) await commit(store, (unit) => unit.alarm(alarmOf({ severity }), alarmOf()));
      expect((await stored())?.severity).toBe('MAJOR');
    });

    test('changes in steps within one unit, each seen by the next', async () => {
      const { store } = opened;
      const unit = store.begin();
      unit.alarm(alarmOf());
      unit.alarm(alarmOf({ acknowledgedAtMs: 5 }), alarmOf());
      const base = (await store.reading(unit).alarm(tenantA, alarmOf().id)) as Alarm;
      expect(base).toEqual(alarmOf({ acknowledgedAtMs: 5 }));
      unit.alarm({ ...base, clearedAtMs: 6 }, base);
      expect(await store.reading(unit).activeAlarm(tenantA, device(), alarmOf().type)).toBeUndefined();
      await store.commit(unit);
      expect(await stored()).toEqual(alarmOf({ acknowledgedAtMs: 5, clearedAtMs: 6 }));
    });

    test('is read in a unit together with what others committed meanwhile', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf()));
      const unit = store.begin();
      unit.alarm(alarmOf({ severity: 'MINOR' }), alarmOf());
      await commit(store, (other) => other.alarm(alarmOf({ acknowledgedAtMs: 5 }), alarmOf()));
      const both = alarmOf({ severity: 'MINOR', acknowledgedAtMs: 5 });
      expect(await store.reading(unit).alarm(tenantA, alarmOf().id)).toEqual(both);
      expect(await store.reading(unit).activeAlarm(tenantA, device(), alarmOf().type)).toEqual(both);
    });

    test('may become active again, or active under another type', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf({ clearedAtMs: 5 })));
      await commit(store, (unit) => unit.alarm(alarmOf(), alarmOf({ clearedAtMs: 5 })));
      expect(await store.activeAlarm(tenantA, device(), 'High temperature')).toEqual(alarmOf());
      await commit(store, (unit) => unit.alarm(alarmOf({ type: 'Leak' }), alarmOf()));
      expect(await store.activeAlarm(tenantA, device(), 'High temperature')).toBeUndefined();
      expect((await store.activeAlarm(tenantA, device(), 'Leak'))?.id).toBe(alarmOf().id);
    });

    test('stays removed where it was removed meanwhile', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf()));
      const update = store.begin();
      update.alarm(alarmOf({ severity: 'MINOR' }), alarmOf());
      await commit(store, (unit) => unit.removeAlarm(tenantA, alarmOf().id));
      expect(await store.reading(update).alarm(tenantA, alarmOf().id)).toBeUndefined();
      await store.commit(update);
      expect(await stored()).toBeUndefined();
      expect((await store.alarms(tenantA, { page: 0, pageSize: 9 })).totalElements).toBe(0);
    });

    test('is told to listeners as it is stored', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf({ acknowledgedAtMs: 5 })));
      const heard: unknown[] = [];
      store.onCommitted(({ alarms }: CommittedChanges) => heard.push([...alarms]));
      await commit(store, (unit) => unit.alarm(alarmOf({ severity: 'MINOR' }), alarmOf()));
      await commit(store, (unit) => {
        unit.alarm(alarmOf({ id: uuid(901) }));
        unit.removeAlarm(tenantA, uuid(901));
        unit.alarm(alarmOf({ id: uuid(902) }), alarmOf({ id: uuid(902) }));
      });
      expect(heard).toEqual([[alarmOf({ acknowledgedAtMs: 5, severity: 'MINOR' })], []]);
    });
  });

  describe('a removed alarm', () => {
    const opened = freshStore(open);

    test('is gone, everywhere and again; the next of its type takes its place', async () => {
      const { store } = opened;
      await commit(store, (unit) => [1, 2].forEach((n) => unit.alarm(alarmOf({ id: uuid(n), type: `type ${n}`, propagatedTo: [device(9)] }))));
      for (let again = 0; again < 2; again += 1) await commit(store, (unit) => unit.removeAlarm(tenantA, uuid(1)));
      expect(await store.alarm(tenantA, uuid(1))).toBeUndefined();
      expect(await store.activeAlarm(tenantA, device(), 'type 1')).toBeUndefined();
      for (const affected of [device(), device(9)]) {
        expect((await store.alarms(tenantA, { page: 0, pageSize: 9, affected })).data.map(({ id }) => id)).toEqual([uuid(2)]);
      }
      expect((await store.alarmTypes(tenantA, { page: 0, pageSize: 9 })).data).toEqual(['type 2']);
      await commit(store, (unit) => unit.alarm(alarmOf({ id: uuid(3), type: 'type 1' })));
      expect((await store.activeAlarm(tenantA, device(), 'type 1'))?.id).toBe(uuid(3));
    });

    test('is told to listeners, and so is an entity that goes with its alarms', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf()));
      const heard: unknown[] = [];
      store.onCommitted(({ alarms, removedAlarms }: CommittedChanges) => heard.push([[...alarms], [...removedAlarms]]));
      await commit(store, (unit) => unit.removeAlarm(tenantA, alarmOf().id));
      await commit(store, (unit) => unit.removeEntity(tenantA, device(9)));
      expect(heard).toEqual([
        [[], [{ tenantId: tenantA, id: alarmOf().id }]],
        [[], [{ tenantId: tenantA, originator: device(9) }]],
      ]);
    });

    test('is removed within a unit too, and only by its own tenant', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf()));
      await commit(store, (unit) => unit.removeAlarm(tenantB, alarmOf().id));
      const unit = store.begin();
      unit.removeAlarm(tenantA, alarmOf().id);
      expect(await store.reading(unit).alarm(tenantA, alarmOf().id)).toBeUndefined();
      expect(await store.reading(unit).activeAlarm(tenantA, device(), alarmOf().type)).toBeUndefined();
      expect(await store.alarm(tenantA, alarmOf().id)).toEqual(alarmOf());
      unit.alarm(alarmOf({ id: uuid(901) }));
      expect((await store.reading(unit).activeAlarm(tenantA, device(), alarmOf().type))?.id).toBe(uuid(901));
    });
  });
}
