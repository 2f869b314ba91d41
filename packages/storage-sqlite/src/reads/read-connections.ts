import type { DatabaseSync } from 'node:sqlite';
import { openForReading } from '../database.js';
import { HISTORY_CONNECTIONS_KEPT, QUERY_MAPPED_BYTES } from '../limits.js';
import { StoredBlocks } from './stored-blocks.js';

/** A connection for one read at a time: its transaction is the snapshot that the read sees. */
export interface ReadConnection {
  readonly database: DatabaseSync;
  readonly blocks: StoredBlocks;
}

/** Pages that a connection keeps in memory of its own: the inner ones of the index; all others are mapped from the file. */
const CACHE_KB = 128;

/** The connections of a data folder that reads of history use, opened as they are needed. */
export class ReadConnections {
  readonly #path: string;
  readonly #idle: ReadConnection[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** A connection in a transaction that has not looked at anything yet. */
  take(): ReadConnection {
    const connection = this.#idle.pop() ?? this.#opened();
    connection.database.exec('BEGIN');
    return connection;
  }

  giveBack(connection: ReadConnection): void {
    const { database } = connection;
    // SQLite itself ends a transaction after some errors.
    if (database.isTransaction) database.exec('ROLLBACK');
    if (this.#idle.length < HISTORY_CONNECTIONS_KEPT) this.#idle.push(connection);
    else database.close();
  }

  /** Closes those that nobody uses. */
  close(): void {
    for (const { database } of this.#idle.splice(0)) database.close();
  }

  #opened(): ReadConnection {
    const database = openForReading(this.#path);
    database.exec(`PRAGMA cache_size = -${CACHE_KB}; PRAGMA mmap_size = ${QUERY_MAPPED_BYTES}`);
    return { database, blocks: new StoredBlocks(database, this.#path) };
  }
}
