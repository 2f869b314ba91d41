import { randomUnitsContract, TestClock } from '@fieldline/contract-tests';
import { memoryDataStore } from '@fieldline/storage-memory';
import { openDataStore, openPackedStore, underTest } from '../test-folder.fixture.js';

// Goal: the store answers what the memory adapter answers, packed or not.
// Method: the same random units given to both, on clocks that show the same time.

const openMemory = async () => {
  const clock = new TestClock();
  const store = memoryDataStore({ clock });
  return { store, clock, dispose: () => store.close() };
};

randomUnitsContract('sqlite', () => underTest((path, clock) => openDataStore(path, undefined, undefined, clock)), {
  reference: openMemory,
  runs: 60,
});
randomUnitsContract('sqlite that packs all the time', () => underTest((path, clock) => openPackedStore(path, 3, clock)), {
  reference: openMemory,
  runs: 60,
});
