// Goal: a file holds every reading once, in order, whatever pages the server gives, and no more than a browser should hold.
// Method: a server of random series with a clock of its own, compared with a table made the plain way; bounds reached by size.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../api/telemetry-api.js';
import { exportName } from './export-name.js';
import { type ExportLayout, ExportTooLarge, exportReadings } from './export-readings.js';
import { EXPORT_PAGE_MAX } from './limits.js';
import type { ReadPage } from './series-reader.js';

type Stored = Readonly<Record<string, readonly Reading[]>>;

function server(stored: Stored) {
  const asked: number[] = [];
  const read: ReadPage = (key, { startTs, endTs, limit }) => {
    asked.push(limit);
    return Promise.resolve((stored[key] ?? []).filter(({ ts }) => ts >= startTs && ts < endTs).slice(0, limit));
  };
  return { read, asked };
}

async function fileOf(stored: Stored, layout: ExportLayout, { startTs = 0, endTs = 10_000_000 } = {}) {
  let text = '';
  let counted = 0;
  for await (const piece of exportReadings({ keys: Object.keys(stored), layout, startTs, endTs }, server(stored).read)) {
    text += piece.text;
    counted = piece.readings;
  }
  return { lines: text.split('\r\n').slice(0, -1), counted };
}

const reading = (ts: number, value: string): Reading => ({ ts, value });
const climate: Stored = {
  temperature: [reading(1_000, '21.5'), reading(3_000, '-22')],
  'say "hi", all': [reading(2_000, '{"a":1}'), reading(3_000, 'two\nlines')],
};

test('a column for each key, a row for each time', async () => {
  expect(await fileOf(climate, 'columns')).toEqual({
    lines: [
      'ts,time,temperature,"say ""hi"", all"',
      '1000,1970-01-01T00:00:01.000Z,21.5,',
      '2000,1970-01-01T00:00:02.000Z,,"{""a"":1}"',
      '3000,1970-01-01T00:00:03.000Z,-22,"two\nlines"',
    ],
    counted: 4,
  });
});

test('a row for each reading, one key after the other', async () => {
  const { lines, counted } = await fileOf(climate, 'rows', { startTs: 2_000, endTs: 3_000 });
  expect(lines).toEqual(['key,ts,time,value', '"say ""hi"", all",2000,1970-01-01T00:00:02.000Z,"{""a"":1}"']);
  expect(counted).toBe(1);
});

test('without readings there is the head', async () => {
  expect((await fileOf({ a: [] }, 'columns')).lines).toEqual(['ts,time,a']);
  expect((await fileOf({ a: [] }, 'rows')).lines).toEqual(['key,ts,time,value']);
});

test.each([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['@sum', "'@sum"],
  ['-', "'-"],
  ['-1.5e-7', '-1.5e-7'],
  ['a=b', 'a=b'],
])('%s, which a device sent, is no formula in a spreadsheet', async (value, field) => {
  expect((await fileOf({ a: [reading(0, value)] }, 'columns')).lines[1]).toBe(`0,1970-01-01T00:00:00.000Z,${field}`);
});

describe('however long the series are', () => {
  const series = fc.uniqueArray(fc.nat(2_000), { maxLength: 1_500 }).map((times) => times.sort((a, b) => a - b).map((ts) => reading(ts, `v${ts}`)));

  test('every reading is in the file once, at its time', async () => {
    await fc.assert(
      fc.asyncProperty(series, series, fc.constantFrom<ExportLayout>('columns', 'rows'), async (a, b, layout) => {
        const { lines, counted } = await fileOf({ a, b }, layout);
        expect(counted).toBe(a.length + b.length);
        const found = lines.slice(1).map((line) => line.split(','));
        if (layout === 'rows') {
          expect(found.map(([key, ts]) => `${key} ${ts}`)).toEqual([...a.map(({ ts }) => `a ${ts}`), ...b.map(({ ts }) => `b ${ts}`)]);
        } else {
          const times = [...new Set([...a, ...b].map(({ ts }) => ts))].sort((x, y) => x - y);
          const at = (points: readonly Reading[], ts: number) => (points.some((point) => point.ts === ts) ? `v${ts}` : '');
          expect(found.map(([ts, , ofA, ofB]) => [Number(ts), ofA, ofB])).toEqual(times.map((ts) => [ts, at(a, ts), at(b, ts)]));
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('pages grow with short values, and shrink with long ones', async () => {
  const short = server({ a: Array.from({ length: 60_000 }, (_, n) => reading(n, '1')) });
  for await (const piece of exportReadings({ keys: ['a'], layout: 'columns', startTs: 0, endTs: 60_000 }, short.read)) void piece;
  expect(short.asked).toEqual([500, EXPORT_PAGE_MAX, EXPORT_PAGE_MAX, EXPORT_PAGE_MAX]);
  const long = server({ a: Array.from({ length: 600 }, (_, n) => reading(n, 'x'.repeat(100_000))) });
  for await (const piece of exportReadings({ keys: ['a'], layout: 'rows', startTs: 0, endTs: 60_000 }, long.read)) void piece;
  expect(long.asked.slice(0, 3)).toEqual([500, 9, 9]);
});

test('a file that grows too large is given up, and says what to do instead', async () => {
  const value = 'x'.repeat(1_000_000);
  const endless: ReadPage = (_, { startTs, limit }) => Promise.resolve(Array.from({ length: limit }, (__, n) => reading(startTs + n, value)));
  const pieces = exportReadings({ keys: ['a'], layout: 'columns', startTs: 0, endTs: 1e9 }, endless);
  const taken = (async () => {
    for await (const piece of pieces) void piece;
  })();
  await expect(taken).rejects.toThrow(ExportTooLarge);
  await expect(taken).rejects.toThrow('run “fieldline export” on the server');
});

test('the file is named after what it holds, in letters that file systems take', () => {
  expect(exportName('Boiler 3/a', ['temp:in'], 0)).toBe('Boiler 3-a temp-in 1970-01-01.csv');
  expect(exportName('Boiler', ['a', 'b'], 0)).toBe('Boiler 2 keys 1970-01-01.csv');
});
