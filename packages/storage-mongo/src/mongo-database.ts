import { createConnection, type Connection } from 'mongoose';
import { checkIndexes, type CollectionDefinition } from './check-indexes.js';
import { mongoErrors } from './errors.js';
import { CONNECTIONS_MAX, FERRETDB_REPLACEMENTS_A_CALL, REPLACEMENTS_A_CALL, SERVER_WAIT_MS } from './limits.js';
import { DriverCollection, type MongoCollection, type Stored } from './mongo-collection.js';
import { reasonOf } from './mongo-problem.js';

export interface MongoDatabaseOptions {
  /** Where the servers are (MONGODB_URL), as `mongodb://user:password@host:27017/?replicaSet=rs0`. */
  readonly url: string;
  /** Name of the database on them. */
  readonly name: string;
  /** How long to wait for a server that does not answer; as limits.ts says if absent. */
  readonly serverWaitMs?: number | undefined;
}

/** A database that answers. Stores are opened on it and never close it. */
export interface MongoDatabase {
  readonly name: string;
  /**
   * The collection, with its indexes as they must be: those that are missing are created.
   *
   * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
   */
  open<T extends Stored>(definition: CollectionDefinition): Promise<MongoCollection<T>>;
  close(): Promise<void>;
}

/**
 * Connects to a database. The connection is its own, so that nothing of it is shared with other users of mongoose. Calls
 * fail while it is down, after `serverWaitMs` at most, and are not collected until it is there again. Every write waits
 * until a majority of the servers has it on the disk.
 *
 * There are no mongoose models: the schemas of the model package check what is stored, and a second set of them, which
 * would cast every document again, could only differ.
 *
 * @throws MONGO_UNREACHABLE
 */
export async function openMongoDatabase({ url, name, serverWaitMs = SERVER_WAIT_MS }: MongoDatabaseOptions): Promise<MongoDatabase> {
  const connection = createConnection();
  try {
    await connection.openUri(url, {
      dbName: name,
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
      writeConcern: { w: 'majority', journal: true },
      serverSelectionTimeoutMS: serverWaitMs,
      // Calls that are under way fail when the next look at the server, every ten seconds, has had no answer for so long.
      connectTimeoutMS: serverWaitMs,
      // What the URL says about its server comes first.
      ...(url.includes('maxPoolSize=') ? {} : { maxPoolSize: CONNECTIONS_MAX }),
    });
    return new ConnectedDatabase(name, connection, await replacementsACall(connection));
  } catch (error) {
    await connection.close();
    throw mongoErrors.UNREACHABLE({ database: name, reason: reasonOf(error) }, { cause: error });
  }
}

/** FerretDB says what it is, and takes fewer at a time than MongoDB. */
async function replacementsACall(connection: Connection): Promise<number> {
  const info = await connection.getClient().db('admin').command({ buildInfo: 1 });
  return 'ferretdbVersion' in info ? FERRETDB_REPLACEMENTS_A_CALL : REPLACEMENTS_A_CALL;
}

class ConnectedDatabase implements MongoDatabase {
  readonly name: string;
  readonly #connection: Connection;
  readonly #replacementsACall: number;

  constructor(name: string, connection: Connection, replacementsACall: number) {
    this.name = name;
    this.#connection = connection;
    this.#replacementsACall = replacementsACall;
  }

  async open<T extends Stored>(definition: CollectionDefinition): Promise<MongoCollection<T>> {
    const collection = this.#connection.getClient().db(this.name).collection<Stored>(definition.name);
    await checkIndexes(collection, definition);
    return new DriverCollection<T>(collection, this.#replacementsACall);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
