import type { Alarm, TenantId } from '@fieldline/model';
import type { AlarmRequest, CommitUnit, DataStore, RecordInsert } from '@fieldline/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { alarmLifeCycle, alarmToJson } from './index.js';

const tenantId = 't' as TenantId;
const originator = { entityType: 'DEVICE', id: 'd' } as const;
const request: AlarmRequest = {
  tenantId,
  originator,
  customerId: undefined,
  type: 'Hot',
  severity: 'CRITICAL',
  startMs: 50,
  details: { limit: 20 },
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
};

describe('the life cycle of an alarm', () => {
  let kept: Map<string, Alarm>;
  let recorded: RecordInsert[];
  let unit: CommitUnit;
  let alarms: ReturnType<typeof alarmLifeCycle>;

  beforeEach(() => {
    kept = new Map();
    // A unit and a store of alarms only, whose reads take a turn of the event loop as real ones may.
    recorded = [];
    unit = { alarm: (alarm: Alarm) => kept.set(alarm.id, alarm), record: (insert: RecordInsert) => recorded.push(insert) } as unknown as CommitUnit;
    const read = async <T>(find: () => T): Promise<T> => Promise.resolve().then(find);
    const store = {
      reading: () => ({
        alarm: (_: TenantId, id: string) => read(() => kept.get(id)),
        activeAlarm: (_: TenantId, from: { id: string }, type: string) =>
          read(() => [...kept.values()].find((a) => a.originator.id === from.id && a.type === type && a.clearedAtMs === undefined)),
      }),
    } as unknown as DataStore;
    let next = 0;
    alarms = alarmLifeCycle({ store, propagation: async () => [], ids: { next: () => `alarm-${++next}` } });
  });

  it('starts with the time of the reading and the time of our clock', async () => {
    const { alarm, change } = await alarms.raise(unit, request, 100);
    expect(change).toBe('created');
    expect(alarm).toMatchObject({ id: 'alarm-1', startMs: 50, endMs: 50, createdAtMs: 100, severity: 'CRITICAL' });
    expect(alarm.clearedAtMs).toBeUndefined();
  });

  it('keeps its start and acknowledgement when it is raised again', async () => {
    const first = await alarms.raise(unit, request, 100);
    kept.set(first.alarm.id, { ...first.alarm, acknowledgedAtMs: 105 });
    const again = await alarms.raise(unit, { ...request, startMs: 90, severity: 'MINOR', details: { limit: 30 } }, 110);
    expect(again.change).toBe('updated');
    expect(again.alarm).toMatchObject({ id: 'alarm-1', startMs: 50, endMs: 110, severity: 'MINOR', details: { limit: 30 }, acknowledgedAtMs: 105 });
    expect(recorded).toMatchObject([{ kind: 'alarmComment', entity: { type: 'SYSTEM', comment: { subtype: 'SEVERITY_CHANGED' } } }]);
  });

  it('is unchanged where nothing at all differs', async () => {
    await alarms.raise(unit, { ...request, startMs: 100 }, 100);
    expect((await alarms.raise(unit, { ...request, startMs: 100 }, 100)).change).toBe('unchanged');
    expect((await alarms.raise(unit, { ...request, startMs: 100 }, 101)).change).toBe('updated');
  });

  it('is one, though many messages raise it at the same time', async () => {
    const changes = await Promise.all(Array.from({ length: 20 }, (_, n) => alarms.raise(unit, request, 100 + n)));
    expect(changes.map((c) => c.change)).toEqual(['created', ...Array.from({ length: 19 }, () => 'updated')]);
    expect(kept.size).toBe(1);
  });

  it('is cleared once, keeps its details unless told others, and a new one follows', async () => {
    const { alarm } = await alarms.raise(unit, request, 100);
    const [cleared, twice] = await Promise.all([alarms.clear(unit, alarm, undefined, 120), alarms.clear(unit, alarm, { late: true }, 121)]);
    expect(cleared?.alarm).toMatchObject({ clearedAtMs: 120, details: { limit: 20 } });
    expect(twice).toBeUndefined();
    expect(await alarms.active(unit, tenantId, originator, 'Hot')).toBeUndefined();
    expect((await alarms.raise(unit, request, 130)).alarm.id).toBe('alarm-2');
    expect(await alarms.byId(unit, tenantId, alarm.id)).toMatchObject({ clearedAtMs: 120 });
  });

  it('is not held up by an earlier call that failed', async () => {
    const broken = alarmLifeCycle({
      propagation: async () => [],
      store: { reading: () => ({ activeAlarm: () => Promise.reject(new Error('disk')) }) } as unknown as DataStore,
      ids: { next: () => 'x' },
    });
    await expect(broken.raise(unit, request, 1)).rejects.toThrow('disk');
    await expect(broken.raise(unit, request, 2)).rejects.toThrow('disk');
  });

  it('reads as ThingsBoard prints it', async () => {
    const { alarm } = await alarms.raise(unit, request, 100);
    expect(alarmToJson(alarm)).toEqual({
      id: { entityType: 'ALARM', id: 'alarm-1' },
      createdTime: 100,
      tenantId: { entityType: 'TENANT', id: 't' },
      customerId: null,
      type: 'Hot',
      originator: { entityType: 'DEVICE', id: 'd' },
      severity: 'CRITICAL',
      acknowledged: false,
      cleared: false,
      assigneeId: null,
      startTs: 50,
      endTs: 50,
      ackTs: 0,
      clearTs: 0,
      assignTs: 0,
      details: { limit: 20 },
      propagate: false,
      propagateToOwner: false,
      propagateToTenant: false,
      propagateRelationTypes: [],
      name: 'Hot',
      status: 'ACTIVE_UNACK',
    });
  });
});
