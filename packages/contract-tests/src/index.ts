export { blobStoreContract } from './blob-store.js';
export { dataStoreContract } from './data-store.js';
export type { StoresTogether } from './stores-together.js';
export { storesTogetherContract } from './stores-together.js';
export { entityQueriesContract } from './entity-queries.js';
export type { QueriedStores } from './entity-queries/world.js';
export { entityStoreContract } from './entity-store.js';
export type { OpenStore, StoreUnderTest } from './store-under-test.js';
export { FakeGateway, TestClock } from './device-gateway-stand-in.js';
