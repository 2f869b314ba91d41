import type { DataStore, EntityStore } from '@fieldline/ports';

/** A data store that lives as long as the process. */
export declare function memoryDataStore(): DataStore;

/** An entity store that lives as long as the process. */
export declare function memoryEntityStore(): EntityStore;
