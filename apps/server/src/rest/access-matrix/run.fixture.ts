import { needsOwnWorld, type Outcome, prepare, type Row, send } from './calls.fixture.js';
import { type CallerName, openWorld, type World } from './world.fixture.js';

/** One cell of the matrix. */
export interface Call {
  readonly row: Row;
  readonly caller: CallerName;
}

/**
 * Makes the objects of all calls first, then makes the calls, so that whatever changes between `beforeSending` and the
 * end was changed by the calls.
 */
export async function callAll(world: World, calls: readonly Call[], beforeSending = (): Promise<void> => Promise.resolve()): Promise<Outcome[]> {
  const prepared = [];
  for (const { row, caller } of calls) if (!needsOwnWorld(row)) prepared.push(await prepare(world, row, caller));
  await beforeSending();
  const outcomes = new Map<string, Outcome>();
  for (const request of prepared) outcomes.set(cellOf(request), await send(world, request));
  for (const call of calls.filter(({ row }) => needsOwnWorld(row))) outcomes.set(cellOf(call), await callAlone(call));
  return calls.map((call) => outcomes.get(cellOf(call)) as Outcome);
}

/** A call in a world that is opened for it, and closed after it. */
async function callAlone({ row, caller }: Call): Promise<Outcome> {
  const world = await openWorld();
  try {
    return await send(world, await prepare(world, row, caller));
  } finally {
    await world.close();
  }
}

const cellOf = ({ row, caller }: Call): string => `${row.key}|${row.sample}|${row.owner}|${caller}`;
