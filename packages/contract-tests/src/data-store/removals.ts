import { ValueKind } from '@fieldline/model';
import type { CommittedChanges, CommitUnit, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, alarmOf, attributeWrite, commit, device, double, freshStore, handOverOf, tenantA, tenantB, uuid } from './fixtures.js';
import { deadLetterOf } from './left-to-do.js';
import { tracePartOf } from './traces.js';

/** What is removed is gone, at once and for good. */
export function removalsContract(open: OpenStore<DataStore>): void {
  removedAttributesContract(open);
  removedEntitiesContract(open);
  removedTenantsContract(open);
}

function removedAttributesContract(open: OpenStore<DataStore>): void {
  describe('a removed attribute', () => {
    const opened = freshStore(open);
    const keys = async (): Promise<readonly string[]> =>
      (await opened.store.attributes(tenantA, device(), 'SERVER_SCOPE')).map(({ key, value }) => `${key} ${String(value)}`);
    const { value: _value, kind: _kind, lastUpdateMs: _time, ...modelAttribute } = attributeWrite();

    test('is gone, again and again, and its neighbours stay', async () => {
      await commit(opened.store, (unit) => {
        unit.attribute(attributeWrite());
        unit.attribute(attributeWrite({ key: 'other' }));
        unit.attribute(attributeWrite({ scope: 'CLIENT_SCOPE' }));
        unit.attribute(attributeWrite({ entity: device(2) }));
      });
      for (let again = 0; again < 2; again += 1) await commit(opened.store, (unit) => unit.removeAttribute(modelAttribute));
      expect(await keys()).toEqual(['other T-1000']);
      expect(await opened.store.attributes(tenantA, device(), 'CLIENT_SCOPE')).toHaveLength(1);
      expect(await opened.store.attributes(tenantA, device(2), 'SERVER_SCOPE')).toHaveLength(1);
      expect((await opened.store.everyAttribute('SERVER_SCOPE', 'model')).map(({ entity }) => entity)).toEqual([device(2)]);
    });

    test('follows the order within a unit, for readers of the unit and for listeners', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.attribute(attributeWrite({ key: 'b' })));
      const heard: unknown[] = [];
      store.onCommitted(({ attributes, removedAttributes }: CommittedChanges) =>
        heard.push([attributes.map(({ key, value }) => [key, value]), removedAttributes.map(({ key }) => key)]),
      );
      const unit = store.begin();
      unit.attribute(attributeWrite({ key: 'a' }));
      unit.removeAttribute({ ...modelAttribute, key: 'a' });
      unit.removeAttribute({ ...modelAttribute, key: 'b' });
      unit.attribute(attributeWrite({ key: 'b', value: 'new' }));
      unit.attribute(attributeWrite({ key: 'c' }));
      unit.removeAttribute({ ...modelAttribute, key: 'd' });
      const read = await store.reading(unit).attributes(tenantA, device(), 'SERVER_SCOPE');
      expect(read.map(({ key, value }) => [key, value])).toEqual([
        ['b', 'new'],
        ['c', 'T-1000'],
      ]);
      expect(await store.reading(unit).attributes(tenantA, device(), 'SERVER_SCOPE', ['a'])).toEqual([]);
      expect(await keys()).toEqual(['b T-1000']);
      await store.commit(unit);
      expect(await keys()).toEqual(['b new', 'c T-1000']);
      const told = [
        ['b', 'new'],
        ['c', 'T-1000'],
      ];
      expect(heard).toEqual([[told, ['a', 'd']]]);
    });
  });
}

/** Adds something of each kind about an entity. */
function addEverything(unit: CommitUnit, n: number, tenantId = tenantA): void {
  unit.point(tenantId, device(n), 'temperature', n, ValueKind.double, n, 0);
  unit.attribute(attributeWrite({ tenantId, entity: device(n) }));
  unit.alarm(alarmOf({ tenantId, id: uuid(100 + n), originator: device(n) }));
  unit.packet({ tenantId, deviceId: device(n).id, packetId: 1, payloadHash: 1, tsMs: 9 });
  unit.trace(tracePartOf(n, { tenantId, originator: device(n) }));
}

/** Everything a store says about an entity; `nothing` is what it says about one it never heard of. */
async function everythingAbout(store: DataStore, n: number, tenantId = tenantA): Promise<unknown> {
  const entity = device(n);
  return {
    keys: await store.keys(tenantId, entity),
    keysOfMany: await store.keysOfMany(tenantId, [entity]),
    latest: await store.latest(tenantId, entity),
    latestOfMany: await store.latestOfMany(tenantId, [entity], ['temperature', 'late']),
    range: await store.range(tenantId, entity, { key: 'temperature', startMs: 0, endMs: 99, limit: 9, order: 'ASC' }),
    attributes: await store.attributes(tenantId, entity, 'SERVER_SCOPE'),
    attributeKeys: (await store.attributeKeysOfMany(tenantId, [entity])).SERVER_SCOPE,
    everyAttribute: (await store.everyAttribute('SERVER_SCOPE', 'model')).filter((found) => found.entity.id === entity.id),
    alarm: await store.alarm(tenantId, uuid(100 + n)),
    tenantOfAlarm: await store.tenantOfAlarm(uuid(100 + n)),
    active: await store.activeAlarm(tenantId, entity, alarmOf().type),
    alarms: (await store.alarms(tenantId, { page: 0, pageSize: 9, originator: entity })).totalElements,
    affected: (await store.alarms(tenantId, { page: 0, pageSize: 9, affected: entity })).totalElements,
    accepted: store.acceptedAt(entity.id, 1, 1),
    traces: (await store.traces(tenantId, { page: 0, pageSize: 9, originator: entity })).data,
    traceParts: await store.traceParts(tenantId, uuid(n)),
  };
}

function removedEntitiesContract(open: OpenStore<DataStore>): void {
  describe('a removed entity', () => {
    const opened = freshStore(open);
    const nothing = (): Promise<unknown> => everythingAbout(opened.store, 999);

    test('leaves nothing behind, at once and when it is durable, and its neighbours stay', async () => {
      const { store } = opened;
      await commit(store, (unit) => [1, 2].forEach((n) => addEverything(unit, n)));
      const others = await everythingAbout(store, 2);
      const unit = store.begin();
      unit.removeEntity(tenantA, device(1));
      const durable = store.commit(unit);
      expect(await everythingAbout(store, 1)).toEqual(await nothing());
      await durable;
      expect(await everythingAbout(store, 1)).toEqual(await nothing());
      expect(await everythingAbout(store, 2)).toEqual(others);
      await commit(store, (again) => again.removeEntity(tenantA, device(1)));
      await commit(store, (unknown) => unknown.removeEntity(tenantA, device(77)));
    });

    test('takes nothing any more: not in its unit, not from units in the making, not later', async () => {
      const { store } = opened;
      await commit(store, (unit) => addEverything(unit, 1));
      const [removal, inTheMaking] = [store.begin(), store.begin()];
      addEverything(inTheMaking, 1);
      addDouble(inTheMaking, 'late', 1, 1, device(1));
      addDouble(inTheMaking, 'temperature', 1, 1, device(2));
      addDouble(removal, 'late', 1, 1, device(1));
      removal.removeEntity(tenantA, device(1));
      addEverything(removal, 1);
      const heard: unknown[] = [];
      store.onCommitted((changes) => {
        changes.points(
          () => true,
          (...[, entity, key]) => heard.push([entity.id, key]),
        );
        heard.push([changes.attributes, changes.removedAttributes, changes.alarms]);
      });
      for (const unit of [removal, inTheMaking]) {
        expect(await store.reading(removal).latest(tenantA, device(1))).toEqual([]);
        expect(await store.reading(removal).attributes(tenantA, device(1), 'SERVER_SCOPE')).toEqual([]);
        expect(await store.reading(removal).alarm(tenantA, uuid(101))).toBeUndefined();
        expect(await store.reading(removal).activeAlarm(tenantA, device(1), alarmOf().type)).toBeUndefined();
        await store.commit(unit);
      }
      const later = store.begin();
      addEverything(later, 1);
      expect(later.isEmpty).toBe(false);
      expect(await store.reading(later).latest(tenantA, device(1))).toEqual([]);
      expect(await store.reading(later).attributes(tenantA, device(1), 'SERVER_SCOPE')).toEqual([]);
      expect(await store.reading(later).alarm(tenantA, uuid(101))).toBeUndefined();
      expect(await store.reading(later).activeAlarm(tenantA, device(1), alarmOf().type)).toBeUndefined();
      const durable = store.commit(later);
      expect(await everythingAbout(store, 1)).toEqual(await nothing());
      await durable;
      expect(await everythingAbout(store, 1)).toEqual(await nothing());
      expect(await store.latest(tenantA, device(2))).toEqual([double('temperature', 1, 1)]);
      expect(heard).toEqual([
        [[], [], []],
        [device(2).id, 'temperature'],
        [[], [], []],
        [[], [], []],
      ]);
    });

    test('of another tenant or type with the same id is another', async () => {
      const { store } = opened;
      const asset = { entityType: 'ASSET', id: device(1).id } as const;
      await commit(store, (unit) => {
        [asset, device(1)].forEach((entity) => addDouble(unit, 'temperature', 1, 1, entity));
        addEverything(unit, 1, tenantB);
      });
      const ofB = await everythingAbout(store, 1, tenantB);
      await commit(store, (unit) => unit.removeEntity(tenantA, device(1)));
      expect(await store.keys(tenantA, device(1))).toEqual([]);
      expect(await store.keys(tenantA, asset)).toEqual(['temperature']);
      expect(await everythingAbout(store, 1, tenantB)).toEqual(ofB);
    });

    test('stays in the list of alarms of others that were propagated to it', async () => {
      const { store } = opened;
      await commit(store, (unit) => unit.alarm(alarmOf({ propagatedTo: [device(2)] })));
      await commit(store, (unit) => unit.removeEntity(tenantA, device(2)));
      expect(await store.alarm(tenantA, alarmOf().id)).toEqual(alarmOf({ propagatedTo: [device(2)] }));
    });
  });
}

function removedTenantsContract(open: OpenStore<DataStore>): void {
  describe('a removed tenant', () => {
    const opened = freshStore(open);
    const addLeftToDo = (unit: CommitUnit, tenantId: typeof tenantA, n: number): void => {
      const ofTenant = <T extends { readonly message: object }>(work: T): T => ({ ...work, message: { ...work.message, tenantId } });
      unit.nodeState({ tenantId, ruleNodeId: uuid(1), entityId: '', state: 1 });
      unit.handOver(ofTenant(handOverOf(n)));
      unit.deadLetter(ofTenant(deadLetterOf(n)));
    };

    test('leaves nothing of any entity and nothing to do, and takes nothing any more', async () => {
      const { store } = opened;
      await commit(store, (unit) => {
        [1, 2].forEach((n) => addEverything(unit, n));
        addEverything(unit, 3, tenantB);
        addLeftToDo(unit, tenantA, 1);
        addLeftToDo(unit, tenantB, 2);
      });
      const ofB = await everythingAbout(store, 3, tenantB);
      const late = store.begin();
      [1, 4].forEach((n) => addEverything(late, n));
      addLeftToDo(late, tenantA, 3);
      await commit(store, (unit) => unit.removeTenant(tenantA));
      await store.commit(late);
      for (const n of [1, 2, 4]) expect(await everythingAbout(store, n)).toEqual(await everythingAbout(store, 999));
      expect((await store.alarms(tenantA, { page: 0, pageSize: 9 })).totalElements).toBe(0);
      expect(await store.nodeStates(tenantA, uuid(1), 9)).toEqual([]);
      expect((await store.deadLetters(tenantA, { page: 0, pageSize: 9 })).totalElements).toBe(0);
      expect(await store.traceUsage(tenantA)).toEqual({ bytes: 0, parts: 0 });
      expect(await everythingAbout(store, 3, tenantB)).toEqual(ofB);
      expect((await store.openHandOvers()).map(({ id }) => id)).toEqual([uuid(2)]);
      expect(await store.nodeStates(tenantB, uuid(1), 9)).toHaveLength(1);
      expect((await store.deadLetters(tenantB, { page: 0, pageSize: 9 })).totalElements).toBe(1);
      expect((await store.traceUsage(tenantB)).parts).toBe(1);
    });
  });
}
