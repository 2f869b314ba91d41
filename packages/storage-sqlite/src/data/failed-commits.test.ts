import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { ValueUse, type CommitUnit, type DataStore } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import type { WriteFailure, WriterLink } from '../writer/writer-link.js';
import { withFaultyWriter } from './faulty-writer.fixture.js';

const tenantId = 'tenant' as TenantId;
const device = (n = 1): EntityId => ({ entityType: 'DEVICE', id: `device ${n}` });
const add = (unit: CommitUnit, key: string, tsMs: number, value: number, uses: number = ValueUse.all): void =>
  unit.point(tenantId, device(), key, tsMs, ValueKind.double, value, 0, uses);
const query = { startMs: 0, endMs: 1_000, limit: 1_000, order: 'ASC' } as const;

describe('a commit that fails', () => {
  test('leaves nothing of itself, nor of the units that were given after it and not answered', async () => {
    await withFaultyWriter(async (store, writer, reopen) => {
      const before = store.begin();
      add(before, 'temperature', 1, 1);
      before.attribute({ tenantId, entity: device(), scope: 'SERVER_SCOPE', key: 'a', kind: ValueKind.long, value: 1, lastUpdateMs: 1 });
      before.packet({ tenantId, deviceId: 'device 1', packetId: 1, payloadHash: 1, tsMs: 1 });
      await store.commit(before);
      const heard: number[] = [];
      store.onCommitted((changes) =>
        changes.points(
          () => true,
          (...[, , , tsMs]) => heard.push(tsMs),
        ),
      );
      const units = [store.begin(), store.begin(), store.begin()];
      for (const [n, unit] of units.entries()) {
        add(unit, 'temperature', 1, 10 + n);
        add(unit, 'temperature', 2 + n, 10 + n);
        add(unit, `new ${n}`, 5, 5);
        unit.attribute({ tenantId, entity: device(), scope: 'SERVER_SCOPE', key: 'a', kind: ValueKind.long, value: 10 + n, lastUpdateMs: 1 });
        unit.attribute({ tenantId, entity: device(), scope: 'SERVER_SCOPE', key: 'b', kind: ValueKind.long, value: 10 + n, lastUpdateMs: 1 });
        unit.packet({ tenantId, deviceId: 'device 1', packetId: 1, payloadHash: 1, tsMs: 10 + n });
      }
      const commits: Promise<string>[] = [];
      for (const [n, unit] of units.entries()) {
        writer.failNext = n === 1;
        commits.push(
          store.commit(unit).then(
            () => 'kept',
            async (error: unknown) => {
              // Whoever is told of the failure must not see anything of it any more.
              expect(store.acceptedAt('device 1', 1, 1)).toBe(10);
              return (error as { code: string }).code;
            },
          ),
        );
      }
      expect(store.acceptedAt('device 1', 1, 1)).toBe(12);
      expect(await Promise.all(commits)).toEqual(['kept', 'STORAGE_UNAVAILABLE', 'STORAGE_UNAVAILABLE']);
      expect(heard).toEqual([1, 2, 5]);
      const check = async (from: DataStore): Promise<void> => {
        const points = await from.range(tenantId, device(), { key: 'temperature', ...query });
        expect(points.map(({ tsMs, value }) => [tsMs, value])).toEqual([
          [1, 10],
          [2, 10],
        ]);
        expect(await from.keys(tenantId, device())).toEqual(['new 0', 'temperature']);
        expect((await from.attributes(tenantId, device(), 'SERVER_SCOPE')).map(({ key, value }) => [key, value])).toEqual([
          ['a', 10],
          ['b', 10],
        ]);
        expect(from.acceptedAt('device 1', 1, 1)).toBe(10);
      };
      await check(store);
      await check(await reopen());
    });
  });

  test('does not hold up what comes after it, not even units that use names it would have written', async () => {
    await withFaultyWriter(async (store, writer, reopen) => {
      const [failing, next] = [store.begin(), store.begin()];
      add(failing, 'new', 1, 1);
      add(next, 'new', 2, 2);
      writer.failNext = true;
      await expect(store.commit(failing)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retry: 'later' });
      await store.commit(next);
      const again = await reopen();
      expect((await again.range(tenantId, device(), { key: 'new', ...query })).map(({ tsMs }) => tsMs)).toEqual([2]);
    });
  });

  test('takes an alarm back to what it was', async () => {
    await withFaultyWriter(async (store, writer) => {
      const alarm = {
        id: 'alarm 1',
        tenantId,
        createdAtMs: 1,
        type: 'Leak',
        originator: device(),
        severity: 'MAJOR',
        startMs: 1,
        endMs: 1,
        details: null,
        propagate: false,
        propagateToOwner: false,
        propagateToTenant: false,
        propagateRelationTypes: [],
      } as const;
      const commit = (...changes: readonly object[]): Promise<void> => {
        const unit = store.begin();
        for (const change of changes) unit.alarm({ ...alarm, propagateRelationTypes: [], ...change });
        return store.commit(unit);
      };
      await commit({});
      writer.failNext = true;
      await expect(commit({ clearedAtMs: 5 }, { id: 'alarm 2' })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect(await store.activeAlarm(tenantId, device(), 'Leak')).toEqual(alarm);
      expect(await store.alarm(tenantId, 'alarm 2')).toBeUndefined();
      expect((await store.alarms(tenantId, { page: 0, pageSize: 9 })).totalElements).toBe(1);
    });
  });

  test('is forgotten: the late answers to what was lost with it touch nothing newer', async () => {
    const folder = testFolder();
    const real = inProcessWriter(folder.path);
    const answers: ((failure: WriteFailure | undefined) => void)[] = [];
    const writer: WriterLink = {
      lastLogSeq: 0,
      ready: () => real.ready(),
      close: () => real.close(),
      write: () => new Promise((answer) => answers.push(answer)),
    };
    const { store, close } = await openDataStore(folder.path, undefined, writer);
    const commit = (tsMs: number): Promise<string> => {
      const unit = store.begin();
      add(unit, 'k', tsMs, 1);
      return store.commit(unit).then(
        () => 'kept',
        () => 'lost',
      );
    };
    const [first, second] = [commit(1), commit(2)];
    const failure = { kind: 'taken', columns: 'whatever' } as const;
    answers[0]?.(failure);
    expect(await Promise.all([first, second])).toEqual(['lost', 'lost']);
    const third = commit(3);
    answers[1]?.(failure);
    // Two turns let the late answer arrive before the good one.
    await Promise.resolve().then(() => undefined);
    answers[2]?.(undefined);
    expect(await third).toBe('kept');
    expect((await store.range(tenantId, device(), { key: 'k', ...query })).map(({ tsMs }) => tsMs)).toEqual([3]);
    await close();
    folder.remove();
  });

  test('for want of room is STORAGE_FULL, and the same points are taken once there is room', async () => {
    await withFaultyWriter(async (store, writer) => {
      const fill = (): CommitUnit => {
        const unit = store.begin();
        unit.point(tenantId, device(), 'text', 1, ValueKind.string, 'x'.repeat(200_000), 0);
        return unit;
      };
      await writer.write({ statements: [{ sql: 'PRAGMA max_page_count = 64', rows: [[]] }] });
      await expect(store.commit(fill())).rejects.toMatchObject({ code: 'STORAGE_FULL', retry: 'later' });
      expect(await store.keys(tenantId, device())).toEqual([]);
      await writer.write({ statements: [{ sql: 'PRAGMA max_page_count = 100000', rows: [[]] }] });
      await store.commit(fill());
      expect(await store.keys(tenantId, device())).toEqual(['text']);
    });
  });

  test('whatever fails when: memory and disk agree on what was acknowledged', async () => {
    const { all, history, latest } = ValueUse;
    const uses = fc.constantFrom(all, all, all, history, latest);
    const point = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 8 }), fc.integer({ min: -3, max: 3 }), uses);
    const step = fc.record({ points: fc.array(point, { minLength: 1, maxLength: 6 }), fails: fc.boolean(), waits: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await withFaultyWriter(async (store, writer, reopen) => {
          const expected = new Map<string, Map<number, number>>();
          const latestOf = new Map<string, readonly [tsMs: number, value: number]>();
          const keep = (key: string, tsMs: number, value: number, use: number): void => {
            if ((use & history) !== 0) expected.set(key, (expected.get(key) ?? new Map<number, number>()).set(tsMs, value));
            if ((use & latest) !== 0 && tsMs >= (latestOf.get(key)?.[0] ?? 0)) latestOf.set(key, [tsMs, value]);
          };
          const outcomes: Promise<unknown>[] = [];
          for (const { points, fails, waits } of steps) {
            const unit = store.begin();
            for (const given of points) add(unit, ...given);
            writer.failNext = fails;
            const done = store.commit(unit).then(
              () => points.forEach((given) => keep(...given)),
              (error: unknown) => expect(error).toMatchObject({ retry: 'later' }),
            );
            outcomes.push(done);
            if (waits) await done;
          }
          await Promise.all(outcomes);
          for (const from of [store, await reopen()]) {
            expect(await from.keys(tenantId, device())).toEqual([...latestOf.keys()].sort());
            for (const { key, tsMs, value } of await from.latest(tenantId, device())) expect([tsMs, value]).toEqual(latestOf.get(key));
            for (const [key, points] of expected) {
              const stored = await from.range(tenantId, device(), { key, ...query });
              expect(stored.map(({ tsMs, value }) => [tsMs, value])).toEqual([...points].sort(([a], [b]) => a - b));
            }
          }
        });
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
