import { dataStoreContract } from '@fieldline/contract-tests';
import { memoryDataStore } from './memory-data-store.js';

const open = async () => {
  const store = memoryDataStore();
  return { store, dispose: () => store.close() };
};

dataStoreContract('memory', open, { durability: 'memory' });
