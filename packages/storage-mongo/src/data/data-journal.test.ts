import { storageErrors } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MongoCollection, MongoFilter, Stored } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import { describeWithMongo, testDatabase } from '../mongo-server.fixture.js';
import { openDataCollections, type DataCollections } from './data-collections.js';
import { DataJournal } from './data-journal.js';
import type { DataStep } from './data-steps.js';

// Goal: an entry is done by the next process whatever comes to the server late, after its caller was told that it failed.
// Method: calls whose answers are lost, and which the server does after the next entry was written.

const removalOf = (tenant: string): readonly DataStep[] => [{ to: 'removed', put: [{ _id: tenant }] }];

describeWithMongo('the journal of the data store', (server) => {
  let place: ReturnType<typeof testDatabase>;
  let database: MongoDatabase;
  let collections: DataCollections;
  let entries: MongoCollection<Stored>;
  beforeEach(async () => {
    place = testDatabase(server());
    database = await place.open();
    collections = await openDataCollections(database);
    entries = await database.open<Stored>({ name: 'data_journal', indexes: [] });
  });
  afterEach(async () => {
    await database.close();
    await place.drop();
  });
  const done = async (): Promise<readonly string[]> => {
    await DataJournal.open(database, collections);
    expect(await entries.find({})).toEqual([]);
    return (await collections.removed.find({})).map(({ _id }) => _id);
  };

  test('does the last entry, not one before it that came late', async () => {
    const journal = await DataJournal.open(database, collections);
    await journal.write(removalOf('first'));
    const late = await entries.find({});
    await journal.end();
    await journal.write(removalOf('second'));
    await entries.insert(late);
    expect(await done()).toEqual(['second']);
  });

  test('keeps an entry from a removal of the one before it that came late', async () => {
    const removals: MongoFilter[] = [];
    const losing: MongoDatabase = {
      ...{ name: database.name, close: () => database.close() },
      async open(definition) {
        const collection = await database.open<never>(definition);
        return new Proxy(collection, {
          get(target, name) {
            const member = Reflect.get(target, name, target) as unknown;
            if (name !== 'remove' || removals.length > 1) return typeof member === 'function' ? (member.bind(target) as unknown) : member;
            return (filter: MongoFilter) => {
              // The first is that of the start.
              if (removals.push(filter) === 1) return target.remove(filter);
              throw storageErrors.UNAVAILABLE({ reason: 'the test says so' });
            };
          },
        });
      },
    };
    const journal = await DataJournal.open(losing, collections);
    await journal.write(removalOf('first'));
    await expect(journal.end()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await journal.end();
    await journal.write(removalOf('second'));
    await entries.remove(removals[1] ?? {});
    expect(await done()).toEqual(['second']);
  });
});
