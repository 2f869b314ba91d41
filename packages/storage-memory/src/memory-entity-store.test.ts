import { entityStoreContract } from '@fieldline/contract-tests';
import { memoryEntityStore } from './memory-entity-store.js';

const open = async () => {
  const store = memoryEntityStore();
  return { store, dispose: () => store.close() };
};

entityStoreContract('memory', open, { durability: 'memory' });
