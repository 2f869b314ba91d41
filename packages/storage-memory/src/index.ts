export { memoryBlobStore } from './memory-blob-store.js';
export { memoryDataStore } from './memory-data-store.js';
export { memoryEntityStore } from './memory-entity-store.js';
export { memoryEntityQueries } from './queries/memory-entity-queries.js';
