import { ValueKind } from '@fieldline/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { testFolder } from '../test-folder.fixture.js';
import { makeFolder, writeBlocks } from './history.fixture.js';
import { newestBefore } from './newest-before.js';

// Goal: what takes the place of a latest value that is removed is the newest point that is left in blocks.

let folder: ReturnType<typeof testFolder>;
beforeEach(async () => {
  folder = testFolder();
  await makeFolder(folder.path);
});
afterEach(() => folder.remove());

const points = (...times: readonly number[]) => times.map((tsMs) => ({ tsMs, kind: ValueKind.long, value: tsMs }));
const forEver = { nowMs: 1_000, defaultTtlMs: 0 };

test('the newest point before a time is found in whichever block it is, unless it is removed or dead', () => {
  writeBlocks(folder.path, [
    { seriesId: 3, ttlMs: 0, blocks: [points(10, 20), points(30, 50)] },
    { seriesId: 3, ttlMs: 970, blocks: [points(25, 40)] },
    { seriesId: 4, ttlMs: 0, blocks: [points(49)] },
  ]);
  const database = openForReading(folder.path);
  const connection = { database, path: folder.path };
  const newest = (beforeMs: number, removed: readonly (readonly [number, number])[] = [], expiry = forEver): number | undefined => {
    const removedSpans = removed.map(([startMs, endMs]) => ({ startMs, endMs }));
    return newestBefore(connection, 3, beforeMs, removedSpans, expiry)?.tsMs;
  };
  expect(newest(51)).toBe(50);
  expect(newest(50)).toBe(40);
  expect(newest(50, [[35, 45]])).toBe(30);
  expect(newest(31, [[26, 31]])).toBe(20);
  expect(newest(31, [[26, 31]], { nowMs: 990, defaultTtlMs: 0 })).toBe(25);
  expect(newest(10)).toBeUndefined();
  expect(newest(50, [], { nowMs: 1_011, defaultTtlMs: 1_000 })).toBe(30);
  expect(newestBefore(connection, 4, Number.POSITIVE_INFINITY, [], forEver)).toEqual({ tsMs: 49, kind: ValueKind.long, value: 49 });
  database.close();
});
