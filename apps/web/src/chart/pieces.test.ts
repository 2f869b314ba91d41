// Goal: a chart knows exactly which readings it does not have, and gets them without a gap or a repeat. Method: pieces of
// series in memory, read as from the server: the newest of a span, up to a limit.
import { expect, test } from 'vitest';
import { joinPieces, loadPiece, type Missing, type Piece, type ReadNewest } from './pieces.js';

/** Readings of some keys at these times; their value is the time. */
const stored =
  (times: Record<string, readonly number[]>): ReadNewest =>
  ({ keys, startTs, endTs, limit }) => {
    const newestOf = (key: string) => [...(times[key] ?? [])].filter((ts) => ts >= startTs && ts < endTs).sort((a, b) => b - a);
    return Promise.resolve(
      Object.fromEntries(
        keys.map((key) => [
          key,
          newestOf(key)
            .slice(0, limit)
            .map((ts) => ({ ts, value: ts })),
        ]),
      ),
    );
  };

const timesOf = ({ points }: Pick<Piece, 'points'>, key: string) => points.get(key)?.map(({ tsMs }) => tsMs);

test('as many readings as are taken are all there are', async () => {
  const piece = await loadPiece(stored({ open: [10, 20, 30] }), { keys: ['open'], startTs: 0, endTs: 40 }, 3);
  expect([timesOf(piece, 'open'), piece.missing]).toEqual([[10, 20, 30], undefined]);
});

test('of more, the newest are taken, and the rest is what lies before them', async () => {
  const piece = await loadPiece(stored({ open: [10, 20, 30, 39] }), { keys: ['open'], startTs: 0, endTs: 40 }, 3);
  expect([timesOf(piece, 'open'), piece.missing]).toEqual([[20, 30, 39], { keys: ['open'], startTs: 0, endTs: 20 }]);
});

test('what is missing ends where the first of several keys was cut; a key that came whole is not asked for again', async () => {
  const read = stored({ slow: [1, 30], quick: [20, 22, 24, 26], quicker: [23, 24, 25, 26] });
  const { missing } = await loadPiece(read, { keys: ['slow', 'quick', 'quicker'], startTs: 0, endTs: 40 }, 2);
  expect(missing).toEqual({ keys: ['quick', 'quicker'], startTs: 0, endTs: 25 });
});

test('piece after piece, every reading comes once', async () => {
  const series = { slow: [1, 30], quick: [2, 20, 22, 24, 26], quicker: [3, 4, 21, 23, 24, 25, 26] };
  const pieces: Piece[] = [];
  let missing: Missing | undefined = { keys: Object.keys(series), startTs: 0, endTs: 40 };
  for (; missing !== undefined; missing = pieces.at(-1)?.missing) pieces.push(await loadPiece(stored(series), missing, 2));
  const points = joinPieces(pieces);
  expect(Object.keys(series).map((key) => timesOf({ points }, key))).toEqual(Object.values(series));
});

test('texts between the numbers of a key count as readings, though they are not drawn', async () => {
  const read = () => Promise.resolve({ level: [3, 2, 1].map((ts) => ({ ts, value: ts === 2 ? 'off' : ts })) });
  const piece = await loadPiece(read, { keys: ['level'], startTs: 0, endTs: 4 }, 2);
  expect([timesOf(piece, 'level'), piece.missing?.endTs]).toEqual([[3], 2]);
});
