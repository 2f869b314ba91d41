// The process that the crash test of packing kills: does step after step on the store, and prints the number of each that is durable,
// and `packed` when a turn of packing ended. Arguments: data folder, seed, first step.
import { silentLog } from '@fieldline/kernel';
import { openStoreThreads } from '../store/store-threads.ts';
import { applyToUnit, PACK_POINTS, stepOf } from './packing-steps.ts';

const [, , folder, seed, first] = process.argv;
const IN_FLIGHT = 4;
const log = { ...silentLog, info: (event: string) => void (event === 'log-packed' && process.stdout.write('packed\n')) };
const { store } = await openStoreThreads(String(folder), { packPoints: PACK_POINTS, log });
const inFlight = new Set<Promise<void>>();
for (let number = Number(first); ; number += 1) {
  const unit = store.begin();
  applyToUnit(unit, stepOf(Number(seed), number));
  const committed = store.commit(unit).then(() => {
    inFlight.delete(committed);
    process.stdout.write(`${number}\n`);
  });
  inFlight.add(committed);
  if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
}
