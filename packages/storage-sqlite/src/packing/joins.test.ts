import { silentLog, type Log } from '@fieldline/kernel';
import { ValueKind } from '@fieldline/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PackedFolder, type LoggedPoint } from './packed-folder.fixture.js';

// Goal: what is joined in quiet times is the same points in fewer blocks, wherever it dies. Method: folders with small blocks by several
// packings, joined by packers whose n-th request is lost; a block that the packer takes for damaged fails the test.

let folder: PackedFolder;
beforeEach(async () => {
  folder = new PackedFolder();
  await folder.nameSeries(4);
});
afterEach(() => folder.remove());

const strict: Log = { ...silentLog, error: (event, fields) => expect.fail(`${event} ${JSON.stringify(fields)}`) };
const points = (seriesId: number, from: number, count: number, ttlMs = 0): LoggedPoint[] =>
  Array.from({ length: count }, (_, n) => ({ seriesId, tsMs: from + n, kind: ValueKind.long, value: from + n, ttlMs }));
const counts = (seriesId: number): unknown[] =>
  folder.rows('SELECT ttl_ms, count FROM block WHERE series_id = ? ORDER BY ttl_ms, start_ms', seriesId);
const everything = (): unknown => [1, 2, 3, 4].map((id) => [folder.stored(id), folder.latest(id)]);

/** Series 1 small ones of two times to live, series 2 a whole one and small ones behind it, series 3 one and series 4 texts. */
async function pack(): Promise<void> {
  for (let n = 0; n < 5; n += 1) {
    const from = n * 1_000;
    const texts = [1, 2].map((at) => ({ seriesId: 4, tsMs: from + at, kind: ValueKind.string, value: `at ${from + at}` }));
    await folder.log(...points(1, from, 40 + n), ...points(1, from + 500, 7, 9_999), ...points(2, from, n === 1 ? 600 : 20), ...texts);
    if (n === 2) await folder.log(...points(3, from, 9));
    await folder.packAll(strict);
  }
}

async function join(isLost?: (request: number) => boolean): Promise<unknown> {
  const packer = folder.packer(isLost, strict);
  const done = await packer.join().catch((error: unknown) => error);
  await packer.close();
  return done;
}

test('small blocks at the end become one for each time to live, and those before a whole one stay', async () => {
  await pack();
  const before = everything();
  expect([counts(1).length, counts(2).length]).toEqual([10, 4]);
  expect(await join()).toBeUndefined();
  expect([counts(1), counts(2), counts(3), counts(4)]).toEqual([
    [
      [0, 210],
      [9_999, 35],
    ],
    [
      [0, 620],
      [0, 60],
    ],
    [[0, 9]],
    [[0, 10]],
  ]);
  expect(everything()).toEqual(before);
});

test.each([1, 3, 600])('wherever it dies nothing is missing or doubled, and the next one ends it, at %i rows a request', async (rowsAWrite) => {
  await pack();
  const before = everything();
  folder.limits = { rowsAWrite };
  for (let after = 0, isDone = false; !isDone; after += 1) {
    isDone = (await join((request) => request >= after)) === undefined;
    expect(after).toBeLessThan(20);
    expect(everything()).toEqual(before);
    // What comes in between goes to where it belongs.
    await folder.log(...points(1, 1_010, 1), ...points(4, 60_000, 0));
    await folder.packAll(strict);
    expect(everything()).toEqual(before);
  }
  expect([counts(1).length, counts(2).length, counts(3).length, counts(4).length]).toEqual([2, 2, 1, 1]);
});
