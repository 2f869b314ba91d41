export { memoryDataStore } from './memory-data-store.js';
export { memoryEntityStore } from './memory-entity-store.js';
