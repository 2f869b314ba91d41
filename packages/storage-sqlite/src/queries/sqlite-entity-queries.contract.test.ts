import { entityQueriesContract } from '@fieldline/contract-tests';
import { memoryDataStore, memoryEntityQueries, memoryEntityStore } from '@fieldline/storage-memory';
import { openQueriedStores } from './queried-stores.fixture.js';

const reference = async () => {
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  return { store: { entities, data, queries: memoryEntityQueries({ entities, data }) }, dispose: () => data.close() };
};

entityQueriesContract('sqlite', () => openQueriedStores(), { reference });
