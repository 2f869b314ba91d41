import { attributeScopes, pointsOfColumns, ValueKind, type DataPoint, type EntityId, type StoredValue, type TenantId } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type CommitUnit, type DataStore, type PointRemoval } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { alarmOf, attributeWrite, device, handOverOf, tenantA, tenantB, uuid } from './fixtures.js';
import { deadLetterOf } from './left-to-do.js';
import { tracePartOf } from './traces.js';

// Goal: whatever units say, and however they meet, a store answers and tells what another one does.
// Method: the same random units of everything a unit takes, given to both; all answers compared after each, while units
// are on their way and after the store was opened again. Times are hours around the clock of the store.

const hour = 3_600_000;
const nowMs = 1_700_000_000_000;
const timeOf = (hours: number): number => nowMs + (hours - 8) * hour;
const tenants = [tenantA, tenantB];
const entities: readonly EntityId[] = [device(1), device(2), { entityType: 'ASSET', id: device(3).id }];
const ofOther: readonly EntityId[] = [device(11), { entityType: 'ASSET', id: device(13).id }];
const keys = ['a', 'a.b', '$set', '__proto__', 'ü \0%'];
const numbers = [1, 2, 3];

interface Owner {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
}
type Change = (unit: CommitUnit) => void;

const owners: readonly Owner[] = [
  ...entities.map((entity) => ({ tenantId: tenantA, entity })),
  ...ofOther.map((entity) => ({ tenantId: tenantB, entity })),
];
const owner = fc.constantFrom(...owners);
const key = fc.constantFrom(...keys);
const hours = fc.nat(12);
const number = fc.constantFrom(...numbers);
const long = fc.constantFrom<number | bigint>(0, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n);
const double = fc.constantFrom(0, 42, -0.1, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 1e300, 5e-324, Number.MAX_VALUE);
const typed: fc.Arbitrary<{ readonly kind: ValueKind; readonly value: StoredValue }> = fc.oneof(
  fc.record({ kind: fc.constant(ValueKind.boolean), value: fc.boolean() }),
  fc.record({ kind: fc.constant(ValueKind.long), value: long }),
  fc.record({ kind: fc.constant(ValueKind.double), value: double }),
  fc.record({ kind: fc.constant(ValueKind.string), value: fc.constantFrom('', '42', '$a.b', 'x\0y', 'grüße 🌡', 'x'.repeat(5_000)) }),
  fc.record({ kind: fc.constant(ValueKind.json), value: fc.constantFrom('{"$a":{"b.c":[[1],null]}}', '[]', '42') }),
);

const { all, history, latest, push } = ValueUse;
const point = fc
  .tuple(owner, key, hours, typed, fc.constantFrom(0, 0, 0, 2, 50), fc.constantFrom(all, all, all, history, latest, push))
  .map(([{ tenantId, entity }, name, at, { kind, value }, ttl, uses]): Change => {
    return (unit) => unit.point(tenantId, entity, name, timeOf(at), kind, value, ttl * hour, uses);
  });
const removal = fc
  .tuple(owner, key, hours, fc.nat(8), fc.constantFrom<PointRemoval['latest']>('keep', 'remove', 'rewrite'))
  .map(([whose, name, at, length, mode]): Change => {
    return (unit) => unit.removePoints({ ...whose, key: name, startMs: timeOf(at), endMs: timeOf(at + length), latest: mode });
  });
const attribute = fc
  .tuple(owner, key, fc.constantFrom(...attributeScopes), fc.option(typed, { freq: 3 }), fc.constantFrom(undefined, undefined, history, push), hours)
  .map(([whose, name, scope, value, uses, at]): Change => {
    const place = { ...whose, scope, key: name };
    if (value === null) return (unit) => unit.removeAttribute(place);
    return (unit) => unit.attribute(attributeWrite({ ...place, ...value, lastUpdateMs: timeOf(at), ...(uses === undefined ? {} : { uses }) }));
  });
const alarm = fc
  .tuple(owner, number, fc.constantFrom('Leak', '$type'), fc.option(hours), fc.boolean())
  .map(([{ tenantId, entity }, n, type, cleared, isGone]): Change => {
    // An alarm stays with its originator.
    const id = `${tenantId.slice(0, 8)}-0000-7000-8000-${entity.id.slice(-6)}${String(n).padStart(6, '0')}`;
    if (isGone && n === 1) return (unit) => unit.removeAlarm(tenantId, id);
    const state = cleared === null ? {} : { clearedAtMs: timeOf(cleared) };
    return (unit) => unit.alarm(alarmOf({ tenantId, id, type, originator: entity, createdAtMs: n, details: { '$a.b': [null] }, ...state }));
  });
const leftToDo = fc.tuple(owner, number, fc.nat(6)).map(([{ tenantId, entity }, n, what]): Change => {
  const id = uuid(tenantId === tenantA ? n : n + 10);
  const message = { ...handOverOf(n).message, tenantId };
  return (unit) => {
    if (what === 0) unit.handOver({ ...handOverOf(n), id, message, dueMs: n === 1 ? undefined : n });
    if (what === 1) unit.handOverDone(id);
    if (what === 2) unit.nodeState({ tenantId, ruleNodeId: uuid(1), entityId: entity.id, state: { '$a.b': n } });
    if (what === 3) unit.nodeState({ tenantId, ruleNodeId: uuid(1), entityId: entity.id });
    if (what === 4) unit.packet({ tenantId, deviceId: entity.id, packetId: n, payloadHash: n, tsMs: n });
    if (what === 5) unit.trimTraces(tenantId, { beforeMs: n, bytesMax: 1_000 });
    if (what === 6) unit.removeDeadLetters(tenantId, [id]);
  };
});
const removedOwner = fc.tuple(owner, fc.nat(3)).map(([{ tenantId, entity }, n]): Change => {
  return (unit) => (n === 0 ? unit.removeTenant(tenantId) : unit.removeEntity(tenantId, entity));
});
const change = fc.oneof(
  { weight: 12, arbitrary: point },
  { weight: 4, arbitrary: removal },
  { weight: 5, arbitrary: attribute },
  { weight: 3, arbitrary: alarm },
  { weight: 4, arbitrary: leftToDo },
  { weight: 1, arbitrary: removedOwner },
);

const step = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 10 }),
  waits: fc.boolean(),
  reopens: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  /** Of the first tenant; it only becomes shorter, because what it took may or may not come back. */
  defaultTtl: fc.constantFrom(0, 0, 0, 20, 9, 5),
  passes: fc.constantFrom(0, 0, 1),
});

/** Any sequence of units, over another store. */
export function randomUnitsContract(
  name: string,
  open: OpenStore<DataStore>,
  { reference, runs }: { readonly reference: OpenStore<DataStore>; readonly runs: number },
): void {
  describe(`data store ${name} and any units`, () => {
    test('answers and tells what the reference does', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
          const [tried, known] = [await open(), await reference()];
          try {
            await compare(tried, known, steps);
          } finally {
            await Promise.all([tried.dispose(), known.dispose()]);
          }
        }),
        { numRuns: runs },
      );
    }, 180_000);
  });
}

type Opened = Awaited<ReturnType<OpenStore<DataStore>>>;

async function compare(tried: Opened, known: Opened, steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Promise<void> {
  let store = tried.store;
  const told: [unknown[], unknown[]] = [[], []];
  listen(store, told[0]);
  listen(known.store, told[1]);
  const commits: Promise<void>[] = [];
  const same = async (): Promise<void> => expect(await everythingIn(store)).toEqual(await everythingIn(known.store));
  let ttl = Number.POSITIVE_INFINITY;
  for (const [n, { changes, waits, reopens, defaultTtl, passes }] of steps.entries()) {
    for (const { clock } of [tried, known]) clock?.advanceMs(passes * hour);
    if (defaultTtl > 0 && defaultTtl < ttl) {
      ttl = defaultTtl;
      for (const one of [store, known.store]) await one.setDefaultTtl(tenantA, ttl * hour + 1);
    }
    const units = [store, known.store].map((one) => filled(one, n, changes)) as [CommitUnit, CommitUnit];
    expect(await readingOf(store, units[0])).toEqual(await readingOf(known.store, units[1]));
    commits.push(store.commit(units[0]), known.store.commit(units[1]));
    await same();
    if (waits || reopens) await Promise.all(commits);
    if (!reopens || tried.reopen === undefined) continue;
    store = await tried.reopen();
    listen(store, told[0]);
    await same();
  }
  await Promise.all(commits);
  expect(told[0]).toEqual(told[1]);
}

/** What can be added once only is added by its place. */
function filled(store: DataStore, n: number, changes: readonly Change[]): CommitUnit {
  const unit = store.begin();
  for (const one of changes) one(unit);
  unit.deadLetter({ ...deadLetterOf(n + 1), ruleChainId: uuid(n % 2) });
  unit.trace(tracePartOf(n + 1, { tenantId: tenantA, originator: entities[n % 2] as EntityId }));
  return unit;
}

function listen(store: DataStore, told: unknown[]): void {
  store.onCommitted(({ points, attributes, removedAttributes, alarms, removedAlarms, removedLatest }) => {
    const pushed: unknown[] = [];
    points(
      () => true,
      (...one) => pushed.push(one),
    );
    told.push({ pushed, attributes, removedAttributes, alarms, removedAlarms, removedLatest: sorted(removedLatest) });
  });
}

const shown = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
const sorted = (things: readonly unknown[]): readonly unknown[] =>
  things.toSorted((a, b) => (JSON.stringify(a, shown) < JSON.stringify(b, shown) ? -1 : 1));

async function readingOf(store: DataStore, unit: CommitUnit): Promise<unknown> {
  const reading = store.reading(unit);
  return Promise.all(
    owners.map(async ({ tenantId, entity }) => [
      await reading.latest(tenantId, entity),
      await reading.latest(tenantId, entity, ['a', 'none', '$set']),
      await Promise.all(attributeScopes.map((scope) => reading.attributes(tenantId, entity, scope))),
      await reading.activeAlarm(tenantId, entity, 'Leak').then((found) => found !== undefined),
    ]),
  );
}

async function everythingIn(store: DataStore): Promise<unknown> {
  return {
    owners: await Promise.all(owners.map((one) => everythingOf(store, one))),
    tenants: await Promise.all(tenants.map((tenantId) => everythingOfTenant(store, tenantId))),
    handOvers: await store.openHandOvers(),
    counts: sorted(await store.handOverCounts()),
    ready: await store.readyHandOvers(handOverOf(1).at.ruleNodeId, 9),
    held: await store.heldHandOvers(9),
    every: sorted(await store.everyAttribute('SERVER_SCOPE', 'a.b')),
    packets: owners.flatMap(({ entity }) => numbers.map((n) => store.acceptedAt(entity.id, n, n))),
  };
}

async function everythingOf(store: DataStore, { tenantId, entity }: Owner): Promise<unknown> {
  return {
    keys: await store.keys(tenantId, entity),
    latest: await store.latest(tenantId, entity),
    attributes: await Promise.all(attributeScopes.map((scope) => store.attributes(tenantId, entity, scope))),
    series: await Promise.all(keys.map((name) => historyOf(store, { tenantId, entity }, name))),
  };
}

async function everythingOfTenant(store: DataStore, tenantId: TenantId): Promise<unknown> {
  const page = { page: 0, pageSize: 100 };
  const ofTenant = tenantId === tenantA ? entities : ofOther;
  return {
    keys: await store.keysOfMany(tenantId, ofTenant),
    attributeKeys: await store.attributeKeysOfMany(tenantId, ofTenant),
    latest: await store.latestOfMany(tenantId, ofTenant, keys),
    alarms: await store.alarms(tenantId, page),
    types: await store.alarmTypes(tenantId, page),
    severity: await store.highestSeverity(tenantId, {}),
    states: sorted(await store.nodeStates(tenantId, uuid(1), 100)),
    letters: await store.deadLetters(tenantId, page),
    letterCounts: sorted(await store.deadLetterCounts(tenantId)),
    traces: await store.traces(tenantId, page),
    parts: (await store.traceUsage(tenantId)).parts,
  };
}

const intervals: readonly Pick<AggregateQuery, 'intervalMs' | 'startsMs'>[] = [
  { intervalMs: 5 * hour },
  { intervalMs: 1, startsMs: [timeOf(2), timeOf(3), timeOf(9)] },
];
const aggregations = ['MIN', 'MAX', 'AVG', 'SUM', 'COUNT'] as const;

async function historyOf(store: DataStore, { tenantId, entity }: Owner, name: string): Promise<unknown> {
  const range = { key: name, startMs: timeOf(0), endMs: timeOf(11), order: 'ASC', limit: 100 } as const;
  const columns: DataPoint[] = [];
  for await (const piece of store.columns(tenantId, entity, range)) columns.push(...pointsOfColumns(piece, name));
  return {
    columns,
    newest: await store.range(tenantId, entity, { ...range, order: 'DESC', limit: 3 }),
    aggregates: await Promise.all(
      aggregations.flatMap((aggregation) => intervals.map((interval) => store.aggregate(tenantId, entity, { ...range, ...interval, aggregation }))),
    ),
  };
}
