import type { Log } from '@fieldline/kernel';
import type { DataStore, EntityStore } from '@fieldline/ports';
import type { MessagePort } from 'node:worker_threads';
import type { WriterLink } from './writer/writer-link.js';

export type { SqlValue, WriteFailure, WriteRequest, WriterLink, WriteStatement } from './writer/writer-link.js';

/** `path` is the data folder (FIELDLINE_DATA_DIR). The store does not close the link. */
export declare function openSqliteDataStore(options: { readonly path: string; readonly writer: WriterLink; readonly log: Log }): Promise<DataStore>;

/** `path` is the data folder. Without a writer the store only reads. The store does not close the link. */
export declare function openSqliteEntityStore(options: { readonly path: string; readonly writer?: WriterLink | undefined }): Promise<EntityStore>;

/**
 * The whole of a writer thread: opens the database of the data folder and serves `port` (normally `parentPort`)
 * and every port that arrives through `addPort` of its link, until all of them are closed.
 */
export declare function runWriterThread(options: { readonly path: string; readonly port: MessagePort }): void;

/** What `connectWriter` needs: a MessagePort, or the Worker itself. */
export interface WriterPort {
  postMessage(message: unknown, transfer?: readonly MessagePort[] | readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** A link over a port to a writer thread. `addPort` gives the thread one more port to serve (for another thread). */
export declare function connectWriter(port: WriterPort): WriterLink & { addPort(port: MessagePort): void };

/** A writer in this very thread, for tests and tools. */
export declare function inProcessWriter(path: string): WriterLink;
