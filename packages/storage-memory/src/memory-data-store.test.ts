import { dataStoreContract, storesTogetherContract, TestClock } from '@fieldline/contract-tests';
import { memoryDataStore } from './memory-data-store.js';
import { memoryEntityStore } from './memory-entity-store.js';

const open = async () => {
  const clock = new TestClock();
  const store = memoryDataStore({ clock });
  return { store, clock, dispose: () => store.close() };
};

const openTogether = async () => {
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  return { store: { data, entities }, dispose: () => data.close() };
};

dataStoreContract('memory', open, { durability: 'memory' });
storesTogetherContract('memory', openTogether);
