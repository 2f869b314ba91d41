import { type Alarm, type EntityId, type TenantId, ValueKind } from '@fieldline/model';
import { ValueUse, type CommitUnit, type LiveAlarms, type LiveUpdate } from '@fieldline/ports';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { WATCHED_ENTITIES_MAX } from '../limits.js';
import { LivePublisher } from './live-publisher.js';
import { Subscriptions } from './subscriptions.js';

const tenantId = 'tenant' as TenantId;
const nothing = (): void => undefined;
const device = (id: string): EntityId => ({ entityType: 'DEVICE', id });

const alarm: Alarm = {
  id: 'a',
  tenantId,
  createdAtMs: 1,
  type: 'Leak',
  originator: device('c'),
  severity: 'MAJOR',
  startMs: 1,
  endMs: 1,
  details: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
};

/** A store whose commits reach subscriptions the way they do in the server, without the threads between. */
function setUp() {
  const store = memoryDataStore();
  const errors: unknown[] = [];
  const interest: string[] = [];
  const publisher = new LivePublisher((updates, alarms) => {
    for (const update of updates) feed.deliver(update);
    for (const changes of alarms) feed.deliverAlarms(changes);
  });
  const feed = new Subscriptions({
    interest: {
      begin: (entity) => (interest.push(`+${entity.id}`), publisher.watch(entity)),
      end: (entity) => (interest.push(`-${entity.id}`), publisher.unwatch(entity)),
      beginAlarms: (tenant) => (interest.push(`+alarms of ${tenant}`), publisher.watchAlarms(tenant)),
      endAlarms: (tenant) => (interest.push(`-alarms of ${tenant}`), publisher.unwatchAlarms(tenant)),
    },
    onListenerError: (error) => errors.push(error),
  });
  store.onCommitted((changes) => publisher.committed(changes));
  const save = async (...points: readonly [string, string, number][]) => {
    const unit = store.begin();
    for (const [id, key, value] of points) unit.point(tenantId, device(id), key, 1, ValueKind.long, value, 0);
    await store.commit(unit);
  };
  return { feed, store, save, errors, interest };
}

test('one update a batch and entity reaches those who watch it, and nobody else', async () => {
  const { feed, save } = setUp();
  const got: LiveUpdate[] = [];
  feed.subscribe(tenantId, device('a'), (update) => got.push(update));
  await save(['a', 'x', 1], ['b', 'x', 2], ['a', 'y', 3]);
  expect(got.map(({ entity, points }) => [entity.id, points.map(({ key, value }) => [key, value])])).toEqual([
    [
      'a',
      [
        ['x', 1],
        ['y', 3],
      ],
    ],
  ]);
});

test('attributes that are not to be pushed stay untold, and those that are not stored are told', async () => {
  const { feed, store } = setUp();
  const got: LiveUpdate[] = [];
  feed.subscribe(tenantId, device('a'), (update) => got.push(update));
  const unit = store.begin();
  const attribute = { tenantId, entity: device('a'), scope: 'SERVER_SCOPE', kind: ValueKind.long, value: 1, lastUpdateMs: 5 } as const;
  unit.attribute({ ...attribute, key: 'kept', uses: ValueUse.history });
  unit.attribute({ ...attribute, key: 'told', uses: ValueUse.push });
  await store.commit(unit);
  expect(got.map(({ attributes }) => attributes.map(({ key }) => key))).toEqual([['told']]);
});

test('removed attributes are told, and nothing about them where there are none', async () => {
  const { feed, store } = setUp();
  const got: LiveUpdate[] = [];
  feed.subscribe(tenantId, device('a'), (update) => got.push(update));
  const attribute = { tenantId, entity: device('a'), scope: 'SERVER_SCOPE', key: 'model' } as const;
  for (const fill of [
    (unit: CommitUnit) => unit.attribute({ ...attribute, kind: ValueKind.long, value: 1, lastUpdateMs: 5 }),
    (unit: CommitUnit) => unit.removeAttribute(attribute),
    (unit: CommitUnit) => unit.removeAttribute({ ...attribute, entity: device('b') }),
  ]) {
    const unit = store.begin();
    fill(unit);
    await store.commit(unit);
  }
  const value = { scope: 'SERVER_SCOPE', key: 'model', kind: ValueKind.long, value: 1, lastUpdateMs: 5 };
  expect(got).toEqual([
    { tenantId, entity: device('a'), points: [], attributes: [value] },
    { tenantId, entity: device('a'), points: [], attributes: [], removedAttributes: [{ scope: 'SERVER_SCOPE', key: 'model' }] },
  ]);
});

test('a removed latest value is told, with what took its place', async () => {
  const { feed, store } = setUp();
  const got: LiveUpdate[] = [];
  const fill = store.begin();
  for (const [id, key] of [
    ['a', 'kept'],
    ['a', 'gone'],
    ['b', 'gone'],
  ] as const) {
    for (const tsMs of [1, 2]) fill.point(tenantId, device(id), key, tsMs, ValueKind.long, tsMs, 0);
  }
  await store.commit(fill);
  feed.subscribe(tenantId, device('a'), (update) => got.push(update));
  const removal = store.begin();
  const range = { tenantId, startMs: 2, endMs: 3 };
  removal.removePoints({ ...range, entity: device('a'), key: 'kept', latest: 'rewrite' });
  removal.removePoints({ ...range, entity: device('a'), key: 'gone', latest: 'remove' });
  removal.removePoints({ ...range, entity: device('b'), key: 'gone', latest: 'remove' });
  await store.commit(removal);
  const kept = { key: 'kept', latest: { key: 'kept', tsMs: 1, kind: ValueKind.long, value: 1 } };
  expect(got).toEqual([{ tenantId, entity: device('a'), points: [], attributes: [], removedLatest: [kept, { key: 'gone' }] }]);
});

test('another tenant with the same entity id sees nothing', async () => {
  const { feed, save } = setUp();
  const got: LiveUpdate[] = [];
  feed.subscribe('other' as TenantId, device('a'), (update) => got.push(update));
  await save(['a', 'x', 1]);
  expect(got).toEqual([]);
});

test('the engine is told of the first and of the last watcher of an entity only', () => {
  const { feed, interest } = setUp();
  const first = feed.subscribe(tenantId, device('a'), () => undefined);
  const second = feed.subscribe(tenantId, device('a'), () => undefined);
  first();
  first();
  expect(interest).toEqual(['+a']);
  second();
  expect(interest).toEqual(['+a', '-a']);
  expect(feed.size).toBe(0);
});

test('a listener that throws does not keep the update from the others', async () => {
  const { feed, save, errors } = setUp();
  let count = 0;
  feed.subscribe(tenantId, device('a'), () => {
    throw new Error('broken');
  });
  feed.subscribe(tenantId, device('a'), () => (count += 1));
  await save(['a', 'x', 1]);
  expect(count).toBe(1);
  expect(errors).toHaveLength(1);
});

test('nothing is delivered after the subscription was ended', async () => {
  const { feed, save } = setUp();
  let count = 0;
  const end = feed.subscribe(tenantId, device('a'), () => (count += 1));
  end();
  await save(['a', 'x', 1]);
  expect(count).toBe(0);
});

test('one entity more than the bound is refused, an entity that is watched already is not', () => {
  const feed = new Subscriptions({
    interest: { begin: nothing, end: nothing, beginAlarms: nothing, endAlarms: nothing },
    onListenerError: () => undefined,
  });
  for (let n = 0; n < WATCHED_ENTITIES_MAX; n += 1) feed.subscribe(tenantId, device(`d${n}`), () => undefined);
  expect(() => feed.subscribe(tenantId, device('more'), () => undefined)).toThrow(expect.objectContaining({ code: 'TELEMETRY_WATCH_LIMIT' }));
  feed.subscribe(tenantId, device('d0'), () => undefined);
  expect(feed.size).toBe(WATCHED_ENTITIES_MAX);
});

test('changes of alarms reach those who watch the alarms of the tenant, removals included', async () => {
  const { feed, store, interest } = setUp();
  const got: LiveAlarms[] = [];
  const end = feed.subscribeAlarms(tenantId, (changes) => got.push(changes));
  feed.subscribeAlarms('other' as TenantId, (changes) => got.push(changes))();
  const unit = store.begin();
  unit.alarm(alarm);
  unit.alarm({ ...alarm, id: 'b', tenantId: 'other' });
  await store.commit(unit);
  const removal = store.begin();
  removal.removeAlarm(tenantId, 'a');
  removal.removeEntity(tenantId, device('d'));
  await store.commit(removal);
  end();
  const late = store.begin();
  late.removeAlarm(tenantId, 'a');
  await store.commit(late);
  expect(got).toEqual([
    { tenantId, alarms: [alarm], removed: [] },
    {
      tenantId,
      alarms: [],
      removed: [
        { tenantId, id: 'a' },
        { tenantId, originator: device('d') },
      ],
    },
  ]);
  expect(interest).toEqual(['+alarms of tenant', '+alarms of other', '-alarms of other', '-alarms of tenant']);
});
