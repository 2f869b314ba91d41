import { ValueKind, type Alarm, type EntityId } from '@fieldline/model';
import type { CommitUnit, DataStore } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { addDouble, alarmOf, attributeWrite, device, double, tenantA, uuid } from './fixtures.js';

// Goal: whatever is written and removed in whatever order, a store holds what a few maps hold.
// Method: units of random changes of few entities, keys and alarms, so that they meet; all reads compared after them.

/** An alarm is changed on top of what was read some commits ago. */
type Change =
  | { readonly what: 'point'; readonly entity: number; readonly key: string; readonly value: number }
  | { readonly what: 'attribute'; readonly entity: number; readonly key: string; readonly value: number }
  | { readonly what: 'removeAttribute'; readonly entity: number; readonly key: string }
  | { readonly what: 'alarm'; readonly alarm: number; readonly fields: Partial<Alarm> }
  | { readonly what: 'patch'; readonly alarm: number; readonly fields: Partial<Alarm>; readonly age: number }
  | { readonly what: 'removeAlarm'; readonly alarm: number }
  | { readonly what: 'removeEntity'; readonly entity: number };

const entities = [1, 2, 3];
const entity = fc.constantFrom(...entities);
const key = fc.constantFrom('a', 'b');
const value = fc.nat(9);
const alarm = fc.constantFrom(1, 2, 3, 4);
const fields: fc.Arbitrary<Partial<Alarm>> = fc.oneof(
  fc.record({ severity: fc.constantFrom('MAJOR', 'MINOR') }),
  fc.record({ acknowledgedAtMs: value }),
  fc.record({ clearedAtMs: value }),
  fc.record({ propagatedTo: fc.uniqueArray(entity, { maxLength: 2 }).map((numbers) => numbers.map(device)) }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('point'), entity, key, value }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('attribute'), entity, key, value }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('removeAttribute'), entity, key }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('alarm'), alarm, fields }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('patch'), alarm, fields, age: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('removeAlarm'), alarm }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('removeEntity'), entity }) },
);
const unit = fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 6 }), waits: fc.boolean(), reopens: fc.boolean() });

/** Any sequence of commits, over a plain model. */
export function randomCommitsContract(open: OpenStore<DataStore>): void {
  describe('any sequence of commits', () => {
    test('leaves what a plain model of it holds, also after it was opened again', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(unit, { minLength: 1, maxLength: 8 }), async (units) => {
          const { store: first, reopen, dispose } = await open();
          try {
            let store = first;
            const model = new Model();
            const commits: Promise<void>[] = [];
            for (const { changes, waits, reopens } of units) {
              const begun = store.begin();
              for (const one of changes) model.add(begun, one);
              model.commit(changes);
              const durable = store.commit(begun);
              commits.push(durable);
              expect(await everythingIn(store)).toEqual(model.everything());
              if (waits || reopens) await durable;
              if (reopens && reopen !== undefined) store = await reopen();
              expect(await everythingIn(store)).toEqual(model.everything());
            }
            await Promise.all(commits);
            if (reopen !== undefined) store = await reopen();
            expect(await everythingIn(store)).toEqual(model.everything());
          } finally {
            await dispose();
          }
        }),
        { numRuns: 40 },
      );
    }, 60_000);
  });
}

const alarmNumber = (n: number, changed: Partial<Alarm>): Alarm =>
  alarmOf({ id: uuid(n), createdAtMs: n, type: `type ${n}`, originator: device((n % entities.length) + 1), ...changed });

/** Points, attributes and alarms in maps. Every change of an alarm is made of the fields that its writer changed. */
class Model {
  readonly #points = new Map<string, number>();
  readonly #attributes = new Map<string, number>();
  #alarms = new Map<string, Alarm>();
  readonly #gone = new Set<string>();
  /** The alarms after each of the last commits, newest first. */
  #read: ReadonlyMap<string, Alarm>[] = [new Map()];

  /** Adds a change to a unit of a store. */
  add(begun: CommitUnit, one: Change): void {
    const {
      value: _value,
      kind: _kind,
      lastUpdateMs: _time,
      ...attribute
    } = attributeWrite('key' in one ? { entity: device(one.entity), key: one.key } : {});
    if (one.what === 'point') addDouble(begun, one.key, 1, one.value, device(one.entity));
    if (one.what === 'attribute') begun.attribute({ ...attribute, kind: ValueKind.long, value: one.value, lastUpdateMs: 1 });
    if (one.what === 'removeAttribute') begun.removeAttribute(attribute);
    if (one.what === 'alarm') begun.alarm(alarmNumber(one.alarm, one.fields));
    if (one.what === 'removeAlarm') begun.removeAlarm(tenantA, uuid(one.alarm));
    if (one.what === 'removeEntity') begun.removeEntity(tenantA, device(one.entity));
    const base = one.what === 'patch' ? this.#baseOf(one) : undefined;
    if (one.what === 'patch' && base !== undefined) begun.alarm({ ...base, ...one.fields }, base);
  }

  commit(changes: readonly Change[]): void {
    for (const one of changes) if (one.what === 'removeEntity') this.#remove(device(one.entity));
    for (const one of changes) {
      if ('entity' in one && this.#gone.has(device(one.entity).id)) continue;
      if (one.what === 'point') this.#points.set(`${one.entity} ${one.key}`, one.value);
      if (one.what === 'attribute') this.#attributes.set(`${one.entity} ${one.key}`, one.value);
      if (one.what === 'removeAttribute') this.#attributes.delete(`${one.entity} ${one.key}`);
      if (one.what === 'removeAlarm') this.#alarms.delete(uuid(one.alarm));
      if (one.what === 'alarm') this.#put(alarmNumber(one.alarm, one.fields));
      if (one.what === 'patch') this.#patch(one);
    }
    this.#read = [new Map(this.#alarms), ...this.#read].slice(0, 3);
  }

  everything(): unknown {
    const ofEntity = (values: ReadonlyMap<string, number>, n: number): [string, number][] =>
      ['a', 'b'].flatMap((name) => (values.has(`${n} ${name}`) ? [[name, values.get(`${n} ${name}`) as number]] : []));
    const alarms = [...this.#alarms.values()].sort((a, b) => b.createdAtMs - a.createdAtMs);
    return {
      points: entities.map((n) => ofEntity(this.#points, n).map(([name, stored]) => double(name, 1, stored))),
      attributes: entities.map((n) => ofEntity(this.#attributes, n)),
      alarms,
      affected: entities.map((n) =>
        alarms.filter(({ originator, propagatedTo = [] }) => [originator, ...propagatedTo].some(({ id }) => id === device(n).id)).map(({ id }) => id),
      ),
      active: [1, 2, 3, 4].map((n) => alarms.find(({ id, clearedAtMs }) => id === uuid(n) && clearedAtMs === undefined)?.id),
    };
  }

  #baseOf({ alarm: n, age }: { readonly alarm: number; readonly age: number }): Alarm | undefined {
    return (this.#read[age] ?? this.#read.at(-1))?.get(uuid(n));
  }

  #patch(one: { readonly alarm: number; readonly age: number; readonly fields: Partial<Alarm> }): void {
    const base = this.#baseOf(one);
    const stored = this.#alarms.get(uuid(one.alarm));
    if (base === undefined || stored === undefined) return;
    const isChanged = (field: string): boolean => JSON.stringify(base[field as keyof Alarm]) !== JSON.stringify(one.fields[field as keyof Alarm]);
    this.#put({ ...stored, ...Object.fromEntries(Object.entries(one.fields).filter(([field]) => isChanged(field))) });
  }

  #put(changed: Alarm): void {
    if (!this.#gone.has(changed.originator.id)) this.#alarms.set(changed.id, changed);
  }

  #remove({ id }: EntityId): void {
    this.#gone.add(id);
    const number = Number(id.slice(-3));
    for (const values of [this.#points, this.#attributes]) for (const name of ['a', 'b']) values.delete(`${number} ${name}`);
    this.#alarms = new Map([...this.#alarms].filter(([, { originator }]) => originator.id !== id));
  }
}

/** The same, as a store tells it. */
async function everythingIn(store: DataStore): Promise<unknown> {
  const all = { page: 0, pageSize: 100 };
  const attributesOf = async (n: number): Promise<unknown> =>
    (await store.attributes(tenantA, device(n), 'SERVER_SCOPE')).map(({ key: name, value: stored }) => [name, stored]);
  const affected = async (n: number): Promise<unknown> => (await store.alarms(tenantA, { ...all, affected: device(n) })).data.map(({ id }) => id);
  return {
    points: await store.latestOfMany(tenantA, entities.map(device), ['a', 'b']),
    attributes: await Promise.all(entities.map(attributesOf)),
    alarms: (await store.alarms(tenantA, all)).data,
    affected: await Promise.all(entities.map(affected)),
    active: await Promise.all([1, 2, 3, 4].map(async (n) => (await store.activeAlarm(tenantA, device((n % entities.length) + 1), `type ${n}`))?.id)),
  };
}
