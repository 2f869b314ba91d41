import { randomUnitsContract, TestClock } from '@fieldline/contract-tests';
import { memoryDataStore } from '@fieldline/storage-memory';
import { ambient, describeWithMongo, underTest } from '../mongo-server.fixture.js';
import { openMongoDataStore } from './mongo-data-store.js';

// Goal: the store answers what the memory adapter answers.
// Method: the same random units given to both, on clocks that show the same time.

const openMemory = async () => {
  const clock = new TestClock();
  const store = memoryDataStore({ clock });
  return { store, clock, dispose: () => store.close() };
};

describeWithMongo('MongoDB', (server) => {
  let clock = new TestClock();
  const openEmpty = underTest(server, async (database) => {
    const store = await openMongoDataStore({ database, ...ambient(), clock });
    return { store, close: () => store.close() };
  });
  const open = async () => {
    clock = new TestClock();
    return { ...(await openEmpty()), clock };
  };
  randomUnitsContract('mongo', open, { reference: openMemory, runs: 25 });
});
