export type { MongoDatabase, MongoDatabaseOptions } from './mongo-database.js';
export { openMongoDatabase } from './mongo-database.js';
export type { CollectionDefinition, IndexDefinition } from './check-indexes.js';
export type { FindOptions, MongoCollection, MongoFilter, Stored } from './mongo-collection.js';
export type { MongoBlobStoreOptions } from './blobs/mongo-blob-store.js';
export { openMongoBlobStore } from './blobs/mongo-blob-store.js';
export type { MongoEntityStoreOptions } from './entities/mongo-entity-store.js';
export { openMongoEntityStore } from './entities/mongo-entity-store.js';
export { mongoErrors } from './errors.js';
