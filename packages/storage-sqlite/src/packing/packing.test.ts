import { silentLog, type Log } from '@fieldline/kernel';
import { ValueKind, type StoredValue } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedFolder, type Logged, type LoggedPoint, type LoggedRemoval, type Stored } from './packed-folder.fixture.js';

// Goal: blocks and latest values are what the log did in its order, however often packing began, ended and died in between.
// Method: a plain map of points as the model; packers whose n-th request is lost, and all after it; the file opened anew.

const SERIES = 3;

const values: fc.Arbitrary<readonly [ValueKind, StoredValue]> = fc.oneof(
  fc.tuple(
    fc.constant(ValueKind.double),
    fc.oneof(
      fc.integer({ min: -50, max: 50 }).map((n) => n / 10),
      fc.constantFrom(-0, 1 / 3, 1e300),
    ),
  ),
  fc.tuple(fc.constant(ValueKind.long), fc.constantFrom<StoredValue>(-3, 0, 7, Number.MAX_SAFE_INTEGER, 2n ** 60n)),
  fc.tuple(fc.constant(ValueKind.boolean), fc.boolean()),
  fc.tuple(fc.constantFrom(ValueKind.string, ValueKind.json), fc.constantFrom('', 'on', 'ä"')),
);
const series = fc.integer({ min: 1, max: SERIES });
const time = fc.integer({ min: 0, max: 60 });
const point: fc.Arbitrary<LoggedPoint[]> = fc
  .record({
    seriesId: series,
    tsMs: fc.oneof(
      time,
      fc.integer({ min: 1, max: 9 }).map((n) => n * 1_000),
    ),
    value: values,
    ttlMs: fc.constantFrom(0, 0, 0, 1_000),
    uses: fc.constantFrom(ValueUse.all, ValueUse.all, ValueUse.all, ValueUse.history, ValueUse.latest),
  })
  .map(({ value: [kind, value], ...rest }) => [{ ...rest, kind, value }]);
/** A long run, so that blocks split and are joined. */
const run: fc.Arbitrary<LoggedPoint[]> = fc
  .record({
    seriesId: series,
    from: fc.integer({ min: -2_000, max: 2_000 }),
    count: fc.integer({ min: 1, max: 1_800 }),
    step: fc.constantFrom(1, 2, 7),
    value: values,
  })
  .map(({ seriesId, from, count, step, value: [kind, value] }) =>
    Array.from({ length: count }, (_, n) => ({ seriesId, tsMs: from + n * step, kind, value: typeof value === 'number' ? value + n : value })),
  );
const removal: fc.Arbitrary<LoggedRemoval[]> = fc
  .record({
    seriesId: series,
    startMs: fc.oneof(time, fc.constantFrom(-3_000, 500)),
    length: fc.constantFrom(0, 1, 5, 30, 700),
    latest: fc.constantFrom('keep', 'remove', 'rewrite'),
  })
  .map(({ length, startMs, ...rest }) => [{ ...rest, startMs, endMs: startMs + length }]);
const logRow = fc.array(fc.oneof({ weight: 5, arbitrary: point }, { weight: 1, arbitrary: run }, { weight: 2, arbitrary: removal }), {
  minLength: 1,
  maxLength: 6,
});

type Step =
  | { readonly do: 'log'; readonly records: readonly Logged[] }
  | { readonly do: 'pack'; readonly behind: number }
  | { readonly do: 'die'; readonly after: number }
  | { readonly do: 'join'; readonly dieAfter: number }
  | { readonly do: 'reopen' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: logRow.map((records): Step => ({ do: 'log', records: records.flat() })) },
    { weight: 2, arbitrary: fc.constantFrom(0, 0, 1).map((behind): Step => ({ do: 'pack', behind })) },
    { weight: 3, arbitrary: fc.nat(12).map((after): Step => ({ do: 'die', after })) },
    { weight: 2, arbitrary: fc.constantFrom(0, 1, 2, Infinity).map((dieAfter): Step => ({ do: 'join', dieAfter })) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'reopen' }) },
  ),
  { maxLength: 14 },
);

/** What a store without blocks would hold. */
class Model {
  readonly #points = Array.from({ length: SERIES + 1 }, () => new Map<number, Stored>());
  readonly #latest: (readonly [number, number, StoredValue] | undefined)[] = [];

  apply(record: LoggedPoint | LoggedRemoval): void {
    const { seriesId } = record;
    const points = this.#points[seriesId] as Map<number, Stored>;
    const latest = this.#latest[seriesId];
    if ('startMs' in record) {
      for (const tsMs of [...points.keys()]) if (tsMs >= record.startMs && tsMs < record.endMs) points.delete(tsMs);
      const isGone = latest !== undefined && latest[0] >= record.startMs && latest[0] < record.endMs;
      if (isGone && record.latest !== 'keep') this.#latest[seriesId] = undefined;
      return;
    }
    const { tsMs, kind, value, ttlMs = 0, uses = ValueUse.all } = record;
    if ((uses & ValueUse.history) !== 0) points.set(tsMs, [tsMs, kind, value, ttlMs]);
    if ((uses & ValueUse.latest) !== 0 && tsMs >= (latest?.[0] ?? -Infinity)) this.#latest[seriesId] = [tsMs, kind, value];
  }

  points(seriesId: number): Stored[] {
    return [...(this.#points[seriesId] ?? []).values()].sort(([a], [b]) => a - b);
  }

  latest(seriesId: number): unknown {
    const latest = this.#latest[seriesId];
    if (latest === undefined) return undefined;
    const [tsMs, kind, value] = latest;
    const isWhole = kind === ValueKind.long || kind === ValueKind.boolean;
    return [tsMs, kind, isWhole ? `${BigInt(value)}n` : value];
  }
}

/** Nothing here is damaged. */
const strict: Log = { ...silentLog, error: (event, fields) => expect.fail(`${event} ${JSON.stringify(fields)}`) };

async function take(folder: PackedFolder, step: Step, model: Model): Promise<void> {
  if (step.do === 'log') {
    await folder.log(...step.records);
    for (const record of step.records) model.apply(record as LoggedPoint | LoggedRemoval);
  } else if (step.do === 'reopen') await folder.reopen();
  else {
    const lastRequest = step.do === 'die' ? step.after : step.do === 'join' ? step.dieAfter : Infinity;
    const packer = folder.packer((request) => request >= lastRequest, strict);
    const throughSeq = folder.writer.lastLogSeq - (step.do === 'pack' ? step.behind : 0);
    await (step.do === 'join' ? packer.join() : packer.pack(throughSeq)).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'TEST_DEAD' });
    });
    await packer.close();
  }
}

test('blocks and latest values are what the log did in its order, whatever died in between', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(undefined, { rowsAWrite: 1 }, { rowsAWrite: 1, pointsMax: 1 }), async (given, limits) => {
      const folder = new PackedFolder();
      folder.limits = limits;
      try {
        await folder.nameSeries(SERIES);
        const model = new Model();
        for (const step of given) await take(folder, step, model);
        await folder.packAll(strict);
        for (let id = 1; id <= SERIES; id += 1) {
          expect(folder.stored(id)).toEqual(model.points(id));
          expect(folder.latest(id)).toEqual(model.latest(id));
        }
        expect(folder.rows('SELECT seq FROM batch_log')).toEqual([]);
      } finally {
        await folder.remove();
      }
    }),
    { numRuns: 60 },
  );
});

const long = (seriesId: number, tsMs: number): LoggedPoint => ({ seriesId, tsMs, kind: ValueKind.long, value: tsMs });
const longs = (seriesId: number, from: number, count: number, step = 1): LoggedPoint[] =>
  Array.from({ length: count }, (_, n) => long(seriesId, from + n * step));

async function inFolder(check: (folder: PackedFolder) => Promise<void>): Promise<void> {
  const folder = new PackedFolder();
  await folder.nameSeries(SERIES);
  await check(folder).finally(() => folder.remove());
}

test('what a log row did to a latest value does not happen to it again after packing died', async () => {
  await inFolder(async (folder) => {
    await folder.log(long(1, 2_000));
    await folder.packAll();
    // It comes under one that is higher, which goes: packed once more, it would find nothing above it.
    await folder.log(long(1, 1_000), { seriesId: 1, startMs: 1_900, endMs: 2_100, latest: 'remove' });
    await folder.log(long(1, 100));
    folder.limits = { rowsAWrite: 1 };
    for (let after = 0; after < 6; after += 1) {
      const packer = folder.packer((request) => request >= after);
      await packer.pack(folder.writer.lastLogSeq).catch(() => undefined);
      await packer.close();
      if (folder.latest(1)?.[0] !== 2_000) expect(folder.latest(1)).toEqual([100, ValueKind.long, '100n']);
    }
    expect([folder.latest(1)?.[0], folder.rows('SELECT through_seq FROM packing')]).toEqual([100, [[3]]]);
  });
});

const counts = (folder: PackedFolder): unknown[] => folder.rows('SELECT count FROM block WHERE series_id = 1 ORDER BY start_ms').flat();

test('small blocks at the end are joined when they make a whole one, or are many', async () => {
  await inFolder(async (folder) => {
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      await folder.log(...longs(1, n * 1_000, 200));
      await folder.packAll();
      seen.push(counts(folder));
    }
    expect(seen).toEqual([[200], [200, 200], [600]]);
    for (let n = 3; n < 12; n += 1) {
      await folder.log(long(1, n * 1_000));
      await folder.packAll();
    }
    expect(counts(folder)).toEqual([600, 9]);
    await folder.log(...longs(1, 12_000, 1_600));
    await folder.packAll();
    expect(counts(folder)).toEqual([600, 536, 536, 537]);
  });
});

test('a small block that late points fall into is not joined with those after it in the same packing', async () => {
  await inFolder(async (folder) => {
    for (const points of [longs(1, 1_000, 200, 2), longs(1, 3_000, 200), [long(1, 1_001), ...longs(1, 5_000, 300)]]) {
      await folder.log(...points);
      await folder.packAll();
    }
    expect([counts(folder), folder.stored(1).length]).toEqual([[201, 500], 701]);
  });
});

test('late points go to the block of their time, which splits when it becomes large, and to small neighbours', async () => {
  await inFolder(async (folder) => {
    await folder.log(...longs(1, 10_000, 600, 10), ...longs(1, 30_000, 600, 10));
    await folder.packAll();
    expect(counts(folder)).toEqual([600, 600]);
    await folder.log(long(1, 9_000), ...longs(1, 10_005, 500, 10), long(1, 30_001));
    await folder.packAll();
    expect(counts(folder)).toEqual([1, 550, 550, 601]);
    await folder.log(long(1, 8_000), long(1, 20_000), long(1, 21_000));
    await folder.packAll();
    expect(counts(folder)).toEqual([2, 550, 550, 2, 601]);
    await folder.log(long(1, 22_000), long(1, 36_500), long(1, 8_500), long(1, 9_500));
    await folder.packAll();
    expect(counts(folder)).toEqual([4, 550, 550, 3, 601, 1]);
  });
});

test('the first and the last time of a whole block are its own', async () => {
  await inFolder(async (folder) => {
    for (const from of [0, 10_000, 20_000]) await folder.log(...longs(1, from, 600));
    await folder.packAll();
    for (const tsMs of [0, 599, 10_000, 10_599, 20_000, 20_599]) {
      await folder.log({ ...long(1, tsMs), value: -1 });
      await folder.packAll();
    }
    expect(counts(folder)).toEqual([600, 600, 600]);
    expect(folder.stored(1).filter(([, , value]) => value === -1).length).toBe(6);
    await folder.log({ seriesId: 1, startMs: 599, endMs: 600, latest: 'keep' }, { seriesId: 1, startMs: 10_000, endMs: 10_001, latest: 'keep' });
    await folder.packAll();
    expect(counts(folder)).toEqual([599, 599, 600]);
  });
});

test('nor what the last of the rows did', async () => {
  await inFolder(async (folder) => {
    await folder.log(long(1, 2_000));
    await folder.packAll();
    await folder.log(long(1, 1_000), { seriesId: 1, startMs: 1_900, endMs: 2_100, latest: 'remove' });
    folder.limits = { rowsAWrite: 1 };
    for (let after = 0; after < 6; after += 1) {
      const packer = folder.packer((request) => request >= after);
      await packer.pack(folder.writer.lastLogSeq).catch(() => undefined);
      await packer.close();
    }
    expect([folder.latest(1), folder.stored(1).length]).toEqual([undefined, 1]);
  });
});

test('a block goes only together with all that holds its points', async () => {
  await inFolder(async (folder) => {
    await folder.log(...longs(1, 0, 600, 2));
    await folder.packAll();
    // The second of the two blocks that come of it begins with the last point of the first.
    await folder.log(long(1, 1), ...longs(1, 2_000, 599));
    folder.limits = { rowsAWrite: 1 };
    for (let after = 0; after < 6; after += 1) {
      const packer = folder.packer((request) => request >= after);
      await packer.pack(folder.writer.lastLogSeq).catch(() => undefined);
      await packer.close();
      expect(folder.stored(1).filter(([tsMs]) => tsMs % 2 === 0 && tsMs < 1_200).length).toBe(600);
    }
    expect(counts(folder)).toEqual([600, 600]);
  });
});

test('no request holds more rows than may be, or the packing more points at once', async () => {
  await inFolder(async (folder) => {
    const throughs: unknown[] = [];
    const rows: number[] = [];
    const write = folder.writer.write.bind(folder.writer);
    folder.writer.write = (request) => {
      const through = request.statements.find(({ sql }) => sql.includes('through_seq'))?.rows[0]?.[0];
      if (through !== undefined) throughs.push(through);
      rows.push(request.statements.reduce((sum, statement) => sum + statement.rows.length, 0));
      return write(request);
    };
    for (let n = 0; n < 5; n += 1) await folder.log(...longs(1 + (n % SERIES), n * 10_000, 3_000));
    folder.limits = { rowsAWrite: 3, pointsMax: 5_000 };
    await folder.packAll();
    expect(throughs).toEqual([2, 4, 5]);
    expect(Math.max(...rows)).toBe(3);
  });
});

test('rows that are still to come are not taken for packed', async () => {
  await inFolder(async (folder) => {
    await folder.log(long(1, 1));
    const packer = folder.packer();
    expect(await packer.pack(1_000)).toMatchObject({ throughSeq: 1, points: 1 });
    await folder.log(long(1, 2));
    expect(await packer.pack(1_000)).toMatchObject({ throughSeq: 2, points: 1 });
    await packer.close();
    expect(folder.stored(1).length).toBe(2);
  });
});

test('blocks of long texts hold fewer points, and are not joined to what is too long', async () => {
  await inFolder(async (folder) => {
    const texts = (from: number, count: number): LoggedPoint[] =>
      Array.from({ length: count }, (_, n) => ({
        seriesId: 1,
        tsMs: from + n,
        kind: ValueKind.json,
        value: `"${'x'.repeat(1_000_000)}${from + n}"`,
      }));
    await folder.log(...texts(0, 10));
    await folder.packAll();
    expect(counts(folder)).toEqual([4, 4, 2]);
    for (let n = 1; n < 10; n += 1) {
      await folder.log(...texts(n * 100, 1));
      await folder.packAll();
    }
    const packer = folder.packer();
    await packer.join();
    await packer.close();
    expect(folder.rows('SELECT max(count), sum(count) FROM block')).toEqual([[4, 19]]);
    expect(folder.stored(1).map(([tsMs]) => tsMs)).toEqual([...Array(10).keys(), ...Array.from({ length: 9 }, (_, n) => (n + 1) * 100)]);
  });
});
