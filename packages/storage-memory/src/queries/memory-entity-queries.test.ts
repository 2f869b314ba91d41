import { entityQueriesContract, ruleNodeQueriesContract } from '@fieldline/contract-tests';
import { memoryDataStore } from '../memory-data-store.js';
import { memoryEntityStore } from '../memory-entity-store.js';
import { memoryEntityQueries } from './memory-entity-queries.js';

const open = async () => {
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  return { store: { entities, data, queries: memoryEntityQueries({ entities, data }) }, dispose: () => data.close() };
};

entityQueriesContract('memory', open);
ruleNodeQueriesContract('memory', open);
