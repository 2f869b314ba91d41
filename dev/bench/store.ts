// npm run bench -- store [--smoke] [--many-only]
// The time series store through its port, with the threads it has in the server, against the table one would write by hand (design.md
// §6), same points in the same order, same pragmas, same run: appended points a second in durable batches of 1,000 over 10,000
// interleaved series, with packing in step; bytes a point of data as installations send it, after packing; and 100,000 series of 200
// points each that arrive interleaved: bytes a point, memory, and how soon the store is ready after SIGKILL.
import { temporaryFolder } from '@fieldline/e2e';
import { appendOurs, appendToBaseline, type AppendPlan } from './store-append.ts';
import { manySeries } from './store-many.ts';
import { sizes } from './store-size.ts';

const isSmoke = process.argv.includes('--smoke');
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Number(value.toFixed(2));
const perSecond = ({ points, seconds }: { points: number; seconds: number }): number => points / seconds;

async function inFolder<T>(name: string, act: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = await temporaryFolder(`bench-store-${name}`);
  try {
    return await act(folder.path);
  } finally {
    await folder.remove();
  }
}

async function append() {
  const plan: AppendPlan = { series: 10_000, seconds: isSmoke ? 6 : 60 };
  const baseline = await inFolder('baseline', (folder) => appendToBaseline(folder, plan));
  say(`append: baseline ${Math.round(perSecond(baseline))} points/s`);
  const ours = await inFolder('append', (folder) => appendOurs(folder, plan));
  say(
    `append: store ${Math.round(perSecond(ours))} points/s; log ${ours.logMbAfterTen} MB in the 20 s after the first 10, ${ours.logMbAtEnd} MB in the last 20`,
  );
  return {
    ratio: round(perSecond(ours) / perSecond(baseline)),
    figures: {
      pointsPerSecond: Math.round(perSecond(ours)),
      baselinePerSecond: Math.round(perSecond(baseline)),
      logMbAfterTen: ours.logMbAfterTen,
      logMbAtEnd: ours.logMbAtEnd,
    },
  };
}

const isWhole = !process.argv.includes('--many-only');
const appended = isWhole ? await append() : { ratio: 1, figures: {} };
const sized = isWhole
  ? await inFolder('size', (folder) => sizes(folder, isSmoke ? { series: 200, points: 200_000 } : { series: 1_000, points: 3_000_000 }))
  : {};
const many = await inFolder('many', (folder) =>
  manySeries(folder, isSmoke ? { series: 5_000, points: 40, waits: false } : { series: 100_000, points: 200, waits: true }),
);
const name = 'one table (series, ts, value) WITHOUT ROWID, 1,000 points a transaction';
process.stdout.write(
  `${JSON.stringify({ bench: 'store', ratio: appended.ratio, baseline: name, figures: { ...appended.figures, ...sized, ...many } })}\n`,
);
