// Goal: queries mean what the memory adapter takes them to mean, also where a page is found by a sample. Method: the
// contract, a second time with a sample of every other entity, which is mostly wrong about what a page needs.
import { entityQueriesContract, ruleNodeQueriesContract } from '@fieldline/contract-tests';
import { memoryDataStore, memoryEntityQueries, memoryEntityStore } from '@fieldline/storage-memory';
import { openQueriedStores } from './queried-stores.fixture.js';

const reference = async () => {
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  return { store: { entities, data, queries: memoryEntityQueries({ entities, data }) }, dispose: () => data.close() };
};

const sample = { numbersMin: 0, step: 2, length: 1, stepsMax: 1_000, deviations: 0, shareMax: 1 };

entityQueriesContract('sqlite', () => openQueriedStores(), { reference });
entityQueriesContract('sqlite with samples', () => openQueriedStores({ limits: { sample } }), { reference });
ruleNodeQueriesContract('sqlite', () => openQueriedStores());
