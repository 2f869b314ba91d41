// Goal: nobody gets at what is not theirs, on any route (rest-api.md §4). Method: every route is called as everybody and
// compared with access-matrix.md; refused calls must leave the stores as they were, and no answer may name an entity that
// its reader may not see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candidates, everyCall, needsOwnWorld, type Outcome, type Row, rowsOf, straySamples } from './calls.fixture.js';
import { callAll } from './run.fixture.js';
import { maySee, uuidsIn } from './sight.fixture.js';
import { labelOf, readTable } from './table.fixture.js';
import { type CallerName, type Dumped, dump, openWorld, type World } from './world.fixture.js';

const MINUTES_MS = 60_000;
const rewrite = 'run node dev/run.mjs dev/generate-access-matrix.ts and review what it changes';
const table = readTable();
const expected = (row: Row, caller: CallerName): string | undefined => table.get(labelOf(row).join('|'))?.[caller];
const isRefused = (status: string | undefined): boolean => status?.startsWith('4') === true;
const named = ({ row, caller, status }: Outcome): string => `${[...labelOf(row), caller].filter((part) => part !== '').join(', ')}: ${status}`;

/** Routes that want a secret which nobody has here: from a mail, or from a sign-in. */
const needsSecret = [
  'POST /api/auth/token',
  ...['activate', 'resetPassword'].flatMap((word) => [`GET /api/noauth/${word}`, `POST /api/noauth/${word}`]),
];

let world: World;
let rows: readonly Row[];
let refused: readonly Outcome[];
let others: readonly Outcome[];
let [before, afterRefused, between, after]: ReadonlyMap<string, Dumped>[] = [];
beforeAll(async () => {
  world = await openWorld();
  rows = await rowsOf(world);
  const calls = everyCall(rows);
  const isSafe = (row: Row, caller: CallerName): boolean => isRefused(expected(row, caller));
  refused = await callAll(
    world,
    calls.filter(({ row, caller }) => isSafe(row, caller)),
    async () => void (before = await dump(world.rest)),
  );
  afterRefused = await dump(world.rest);
  others = await callAll(
    world,
    calls.filter(({ row, caller }) => !isSafe(row, caller)),
    async () => void (between = await dump(world.rest)),
  );
  after = await dump(world.rest);
}, 5 * MINUTES_MS);
afterAll(() => world.close());

describe('the access matrix', () => {
  it('is what the server does', () => {
    const told = [...refused, ...others].filter(({ row, caller }) => expected(row, caller) !== undefined);
    const wrong = told.filter(({ status, row, caller }) => status !== expected(row, caller));
    expect(wrong.map((outcome) => `${named(outcome)}, not ${expected(outcome.row, outcome.caller)}. ${outcome.text.slice(0, 200)}`)).toEqual([]);
  });

  it('has a row for each sample of each route', () => {
    const missing = rows.map((row) => labelOf(row).join('|')).filter((label) => !table.has(label));
    expect(missing, rewrite).toEqual([]);
  });

  it('has no rows and samples of routes that are gone', () => {
    expect(straySamples()).toEqual([]);
    const labels = new Set(rows.map((row) => labelOf(row).join('|')));
    expect(
      [...table.keys()].filter((label) => !labels.has(label)),
      rewrite,
    ).toEqual([]);
  });

  it('asks every route for something that is there, so that a refusal means a missing right', () => {
    const served = new Set(others.filter(({ status }) => status.startsWith('2')).map(({ row }) => row.key));
    const silent = [...new Set(rows.map(({ key }) => key))].filter((key) => !served.has(key));
    expect(silent.filter((key) => !needsSecret.includes(key))).toEqual([]);
  });

  it('lets nobody in with no token or one that expired, but to public routes', () => {
    for (const row of rows.filter((row) => row.route.permission !== 'public' && expected(row, 'none') !== undefined)) {
      expect([row.key, expected(row, 'expired'), expected(row, 'none')]).toEqual([row.key, '401/11', '401/10']);
    }
  });

  it('fails for a route without a sample, in a sentence', () => {
    const route = { ...candidates()[0]?.route, method: 'POST', path: '/api/thing/:thingId' } as Row['route'];
    expect(() => candidates([route])).toThrow('add a sample to one of access-matrix/samples-*.fixture.ts');
  });
});

describe('refused calls', () => {
  it('change nothing', () => {
    const changed = [...(before ?? [])].filter(([id, was]) => JSON.stringify(afterRefused?.get(id)) !== JSON.stringify(was));
    expect(changed.map(([id, was]) => [was, afterRefused?.get(id)])).toEqual([]);
    expect([...(afterRefused?.values() ?? [])].filter(({ entity }) => before?.has(entity.id) !== true)).toEqual([]);
  });
});

describe('answers', () => {
  it('name no entity that their reader may not see', () => {
    // What a call gave away or took over may be shown before or after that.
    const states = [between ?? new Map<string, Dumped>(), after ?? new Map<string, Dumped>()];
    const shown = others.filter(({ status, row }) => status.startsWith('2') && !needsOwnWorld(row));
    const leaks = shown.flatMap((outcome) =>
      uuidsIn(outcome.text).flatMap((id) => {
        const found = states.flatMap((known) => (known.has(id) ? [{ dumped: known.get(id) as Dumped, known }] : []));
        const isSeen = found.length === 0 || found.some(({ dumped, known }) => maySee(world, outcome.row.key, outcome.caller, dumped, known));
        return isSeen ? [] : [`${named(outcome)} shows ${found[0]?.dumped.kind} ${id}`];
      }),
    );
    expect(leaks).toEqual([]);
  });
});
