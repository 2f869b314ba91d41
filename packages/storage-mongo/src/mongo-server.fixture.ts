import { epochMs, silentLog, type Clock, type Log } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { createConnection, type Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import type { CollectionDefinition } from './check-indexes.js';
import { openMongoDatabase, type MongoDatabase } from './mongo-database.js';
import type { MongoCollection, Stored } from './mongo-collection.js';

/** Where the tests find a server; see docs/mongodb.md. */
const url = process.env['MONGODB_URL'];

export type ServerName = 'ferretdb' | 'mongo-java-server' | 'mongodb';

/** A test that a server cannot pass: its name, and why. */
export type Exclusions = Readonly<Partial<Record<ServerName, readonly { readonly test: RegExp; readonly reason: string }[]>>>;

export interface MongoServer {
  readonly url: string;
  readonly name: ServerName;
  readonly connection: Connection;
}

/**
 * Declares tests against the server that MONGODB_URL names; without one they are skipped, by a name that says so. What
 * the server is excluded from is skipped with its reason.
 */
export function describeWithMongo(what: string, declare: (server: () => MongoServer) => void, exclusions: Exclusions = {}): void {
  if (url === undefined) {
    test.skip(`${what}: not run, because MONGODB_URL names no server (docs/mongodb.md)`, () => undefined);
    return;
  }
  describe(what, () => {
    let server: MongoServer | undefined;
    beforeAll(async () => {
      const connection = await createConnection(url).asPromise();
      server = { url, connection, name: await nameOf(connection) };
    });
    afterAll(() => server?.connection.close());
    beforeEach(({ task, skip }) => {
      const excluded = exclusions[server?.name ?? 'mongodb']?.find(({ test: name }) => name.test(task.name));
      if (excluded !== undefined) skip(excluded.reason);
    });
    declare(() => {
      if (server === undefined) throw new Error('the server is there only inside a test');
      return server;
    });
  });
}

/** The two servers of our tests are told by what MongoDB itself does not say, or does say. */
async function nameOf(connection: Connection): Promise<ServerName> {
  const info = (await connection.getClient().db('admin').command({ buildInfo: 1 })) as Readonly<Record<string, unknown>>;
  if ('ferretdbVersion' in info) return 'ferretdb';
  return 'gitVersion' in info ? 'mongodb' : 'mongo-java-server';
}

/** A database with a name of its own; `drop` leaves nothing of it. */
export function testDatabase(server: MongoServer): { readonly open: () => Promise<MongoDatabase>; readonly drop: () => Promise<void> } {
  const name = `fieldline_test_${randomUUID().slice(0, 8)}`;
  return {
    open: () => openMongoDatabase({ url: server.url, name }),
    drop: async () => {
      await server.connection.getClient().db(name).dropDatabase();
    },
  };
}

/** The clock of the system, which tests may put forward; timers do not hear of that. */
export class PutForwardClock implements Clock {
  #forwardMs = 0;
  nowMs = () => epochMs(Date.now() + this.#forwardMs);
  monotonicMs = () => performance.now();
  after = (_name: string, delayMs: number, fn: () => void) => {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  };
  putForward(ms: number): void {
    this.#forwardMs += ms;
  }
}

/** What every store is opened with. */
export const ambient = (): { readonly clock: PutForwardClock; readonly log: Log } => ({ clock: new PutForwardClock(), log: silentLog });

/**
 * What the contract suites open: a store in a database that all tests of a file share, empty each time. To empty
 * collections is much faster than to create their indexes again.
 */
export function underTest<S>(
  server: () => MongoServer,
  open: (database: MongoDatabase) => Promise<{ readonly store: S; readonly close: () => Promise<void> }>,
): () => Promise<{ store: S; reopen: () => Promise<S>; dispose: () => Promise<void> }> {
  let shared: ReturnType<typeof testDatabase> | undefined;
  let database: MongoDatabase | undefined;
  afterAll(async () => {
    await database?.close();
    await shared?.drop();
  });
  return async () => {
    shared ??= testDatabase(server());
    database ??= await shared.open();
    const { connection } = server();
    const collections = await connection.getClient().db(database.name).collections();
    await Promise.all(collections.map((collection) => collection.deleteMany({})));
    const place = database;
    let opened = await open(place);
    return {
      store: opened.store,
      reopen: async () => {
        await opened.close();
        opened = await open(place);
        return opened.store;
      },
      dispose: () => opened.close(),
    };
  };
}

/** A database of which a test may say what happens to calls that change something. */
export interface FaultyDatabase extends MongoDatabase {
  /** Called and awaited before each; what it throws is what the store gets. `n` counts them from 0. */
  onChange: (n: number) => void | Promise<void>;
}

/** The same database, where calls can fail as if the network or this process did. */
export function faultyDatabase(database: MongoDatabase): FaultyDatabase {
  let n = 0;
  const faulty: FaultyDatabase = {
    name: database.name,
    onChange: () => undefined,
    close: () => database.close(),
    async open<T extends Stored>(definition: CollectionDefinition): Promise<MongoCollection<T>> {
      const collection = await database.open<T>(definition);
      const changing =
        <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
        async (...given: A): Promise<R> => {
          await faulty.onChange(n++);
          return call(...given);
        };
      return {
        name: collection.name,
        find: (...given) => collection.find(...given),
        first: (...given) => collection.first(...given),
        batches: (...given) => collection.batches(...given),
        stream: (...given) => collection.stream(...given),
        count: (...given) => collection.count(...given),
        texts: (...given) => collection.texts(...given),
        insert: changing((documents) => collection.insert(documents)),
        replace: changing((filter, document) => collection.replace(filter, document)),
        put: changing((documents) => collection.put(documents)),
        change: changing((changes) => collection.change(changes)),
        set: changing((filter, fields) => collection.set(filter, fields)),
        remove: changing((filter) => collection.remove(filter)),
      };
    },
  };
  return faulty;
}

/** From the n-th change on nothing gets through any more: the process died there. */
export const diesAt =
  (at: number) =>
  (n: number): void => {
    if (n >= at) throw storageErrors.UNAVAILABLE({ reason: 'the test says so' });
  };
