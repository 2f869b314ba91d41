// Goal: whatever bit of a block changes on the disk, reads give what was written or fail with a coded error that says so. Method: every
// bit of some bytes of each page of the table, drawn by a property test; reads that look at points and reads that believe summaries.
import { ValueKind } from '@fieldline/model';
import type { AggregateQuery, RangeQuery } from '@fieldline/ports';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { testFolder } from '../test-folder.fixture.js';
import { makeFolder, piecesOf, seriesRead, writeBlocks } from './history.fixture.js';
import { inProcessHistory } from './in-process-history.js';

const PAGE_BYTES = 4_096;
const BLOCKS = 12;
const POINTS = 50;
const all: RangeQuery = { key: 'k', startMs: 0, endMs: BLOCKS * POINTS, limit: Number.POSITIVE_INFINITY, order: 'ASC' };
const aggregate: Omit<AggregateQuery, 'aggregation'> = { key: 'k', startMs: 0, endMs: BLOCKS * POINTS, intervalMs: 4 * POINTS };
const blockOf = (n: number) =>
  Array.from({ length: POINTS }, (_, i) => ({ tsMs: n * POINTS + i, kind: ValueKind.double, value: Math.sin(n * POINTS + i) * 100 }));

let folder: ReturnType<typeof testFolder>;
beforeEach(async () => {
  folder = testFolder();
  await makeFolder(folder.path);
  const blocks = Array.from({ length: BLOCKS }, (_, n) => blockOf(n));
  writeBlocks(
    folder.path,
    [1, 2].map((seriesId) => ({ seriesId, ttlMs: 0, blocks })),
  );
});
afterEach(() => folder.remove());

const hashOf = (answer: unknown): string => createHash('sha256').update(JSON.stringify(answer)).digest('hex');

/** Everything that can be asked of a series: each answer, or the code of its error. */
async function answersOf(seriesId: number): Promise<string[]> {
  const history = inProcessHistory({ path: folder.path });
  const read = (): ReturnType<typeof seriesRead> => seriesRead(seriesId);
  const asked = [
    piecesOf(history.columns(read, all)).then((pieces) =>
      pieces.map(({ times, numbers, count }) => [times.slice(0, count), numbers.slice(0, count)]),
    ),
    ...(['COUNT', 'SUM', 'MIN', 'MAX'] as const).map((aggregation) => history.aggregate(read, { ...aggregate, aggregation })),
  ];
  const answers = await Promise.all(asked.map((answer) => answer.then(hashOf, ({ code }: { code: unknown }) => String(code))));
  await history.close();
  return answers;
}

test('a bit that changed in the table of blocks is told of, or changes no answer', { timeout: 60_000 }, async () => {
  const database = new DatabaseSync(databaseFile(folder.path));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  const pages = database.prepare("SELECT pageno FROM dbstat WHERE name = 'block' AND pagetype = 'leaf'").all();
  database.close();
  const written = await answersOf(1);
  const bytes = readFileSync(databaseFile(folder.path));
  const offsets = pages.flatMap(({ pageno }) => [...Array(PAGE_BYTES).keys()].map((n) => (Number(pageno) - 1) * PAGE_BYTES + n));
  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...offsets), fc.nat(7), async (offset, bit) => {
      const flipped = Uint8Array.from(bytes);
      flipped[offset] = (flipped[offset] as number) ^ (1 << bit);
      for (const ending of ['-wal', '-shm']) rmSync(`${databaseFile(folder.path)}${ending}`, { force: true });
      writeFileSync(databaseFile(folder.path), flipped);
      for (const seriesId of [1, 2]) {
        for (const [place, answer] of (await answersOf(seriesId)).entries()) {
          if (answer === 'STORAGE_CORRUPT') told += 1;
          else expect(answer).toBe(written[place]);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(100);
});
