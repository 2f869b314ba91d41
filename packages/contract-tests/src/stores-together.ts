import type { AlarmComment, AuditLog, TenantId } from '@fieldline/model';
import type { DataStore, EntityStore, RecordInsert } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { addDouble, alarmOf, commit, device, freshStore, tenantA, tenantB, uuid } from './data-store/fixtures.js';
import type { OpenStore } from './store-under-test.js';

/** A data store and the entity store of the same place. */
export interface StoresTogether {
  readonly data: DataStore;
  readonly entities: EntityStore;
}

/** Declares the tests of what the data plane writes into the control plane: records, and the end of the comments of alarms. */
export function storesTogetherContract(name: string, open: OpenStore<StoresTogether>): void {
  describe(`data store and entity store ${name}`, () => {
    const opened = freshStore(open);
    const commentsOf = async (alarmId: string, tenantId = tenantA): Promise<readonly string[]> =>
      (await opened.store.entities.findAll('alarmComment', tenantId, { alarmId }, 9)).map(({ id }) => id);

    test('records are there when the commit is, as version 1', async () => {
      const { data, entities } = opened.store;
      const unit = data.begin();
      expect(unit.isEmpty).toBe(true);
      unit.record(comment(1, uuid(900)));
      expect(unit.isEmpty).toBe(false);
      unit.record({ change: 'insert', kind: 'auditLog', entity: auditLog });
      addDouble(unit, 'temperature', 1, 1);
      expect(await commentsOf(uuid(900))).toEqual([]);
      await data.commit(unit);
      expect(await entities.find('alarmComment', tenantA, uuid(1))).toEqual({ ...comment(1, uuid(900)).entity, version: 1 });
      expect(await entities.find('auditLog', tenantA, auditLog.id)).toEqual({ ...auditLog, version: 1 });
      expect(await data.keys(tenantA, device())).toEqual(['temperature']);
    });

    test('comments go with their alarm', async () => {
      const { data } = opened.store;
      await commit(data, (unit) => {
        [1, 2].forEach((n) => unit.alarm(alarmOf({ id: uuid(n) })));
        [11, 12].forEach((n) => unit.record(comment(n, uuid(1))));
        unit.record(comment(13, uuid(2)));
      });
      await commit(data, (unit) => {
        unit.record(comment(14, uuid(1)));
        unit.removeAlarm(tenantA, uuid(1));
      });
      expect([await commentsOf(uuid(1)), await commentsOf(uuid(2))]).toEqual([[], [uuid(13)]]);
    });

    test('comments go with the originator of their alarm, and with their tenant', async () => {
      const { data } = opened.store;
      await commit(data, (unit) => {
        [1, 2, 3].forEach((n) => unit.alarm(alarmOf({ id: uuid(n), originator: device(n), propagatedTo: [device(1)] })));
        unit.alarm(alarmOf({ id: uuid(4), originator: device(1), clearedAtMs: 5 }));
        unit.alarm(alarmOf({ id: uuid(5), tenantId: tenantB }));
        [1, 2, 3, 4].forEach((n) => unit.record(comment(10 + n, uuid(n))));
        unit.record(comment(15, uuid(5), tenantB));
      });
      await commit(data, (unit) => unit.removeEntity(tenantA, device(1)));
      expect(await Promise.all([1, 2, 3, 4].map((n) => commentsOf(uuid(n))))).toEqual([[], [uuid(12)], [uuid(13)], []]);
      await commit(data, (unit) => unit.removeTenant(tenantA));
      expect(await Promise.all([2, 3].map((n) => commentsOf(uuid(n))))).toEqual([[], []]);
      expect(await commentsOf(uuid(5), tenantB)).toEqual([uuid(15)]);
    });
  });
}

function comment(n: number, alarmId: string, tenantId: TenantId = tenantA): RecordInsert & { readonly entity: AlarmComment } {
  const entity: AlarmComment = { id: uuid(n), tenantId, createdAtMs: n, version: 0, alarmId, type: 'SYSTEM', comment: { text: `comment ${n}` } };
  return { change: 'insert', kind: 'alarmComment', entity };
}

const auditLog: AuditLog = {
  id: uuid(20),
  tenantId: tenantA,
  createdAtMs: 5,
  version: 0,
  entityName: 'Boiler',
  userName: 'somebody@example.org',
  actionType: 'ALARM_ACK',
  actionData: { alarmId: uuid(1) },
  status: 'SUCCESS',
};
