import { dataStoreContract, storesTogetherContract } from '@fieldline/contract-tests';
import { memoryDataStore } from './memory-data-store.js';
import { memoryEntityStore } from './memory-entity-store.js';

const open = async () => {
  const store = memoryDataStore();
  return { store, dispose: () => store.close() };
};

const openTogether = async () => {
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  return { store: { data, entities }, dispose: () => data.close() };
};

dataStoreContract('memory', open, { durability: 'memory' });
storesTogetherContract('memory', openTogether);
