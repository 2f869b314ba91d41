import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMongoDatabase, type MongoDatabase } from './mongo-database.js';
import { describeWithMongo, testDatabase } from './mongo-server.fixture.js';

// Goal: a database is used only with the indexes it must have, and what goes wrong has a code.
// Method: spoil the indexes of a collection by hand, then open it; store what is taken; take the server away.

const definition = {
  name: 'thing',
  indexes: [
    { name: 'unique_name', fields: ['name'], isUnique: true },
    { name: 'by_size', fields: ['size', 'name'] },
  ],
};
interface Thing {
  readonly _id: string;
  readonly name: string;
}

describeWithMongo('a MongoDB database', (server) => {
  let place: ReturnType<typeof testDatabase>;
  let database: MongoDatabase;
  beforeEach(async () => {
    place = testDatabase(server());
    database = await place.open();
  });
  afterEach(async () => {
    await database.close();
    await place.drop();
  });
  const byHand = () => server().connection.getClient().db(database.name).collection<Thing>('thing');

  test('gets the indexes that are missing, and keeps others', async () => {
    await byHand().createIndex({ colour: 1 }, { name: 'of_somebody_else' });
    for (let again = 0; again < 2; again += 1) await database.open(definition);
    expect((await byHand().indexes()).map(({ name }) => name).sort()).toEqual(['_id_', 'by_size', 'of_somebody_else', 'unique_name']);
  });

  test.each([
    ['of other fields', { size: 1 }, {}, 'it is on {"size":1}, not on name'],
    ['that is not unique', { name: 1 }, {}, 'it is not unique'],
    ['in another order', { name: -1 }, { unique: true }, 'it is on {"name":-1}, not on name'],
  ] as const)('is refused with an index %s, which the error names', async (_, key, options, reason) => {
    await byHand().createIndex(key, { name: 'unique_name', ...options });
    const details = { collection: 'thing', index: 'unique_name', reason };
    await expect(database.open(definition)).rejects.toMatchObject({ code: 'MONGO_INDEX_WRONG', retry: 'never', details });
  });

  test('is refused where what is there has duplicates of what must be unique', async () => {
    await byHand().insertMany(['a', 'b'].map((_id) => ({ _id, name: 'same' })));
    const details = { collection: 'thing', index: 'unique_name' };
    await expect(database.open(definition)).rejects.toMatchObject({ code: 'MONGO_INDEX_WRONG', details });
  });

  test('says which documents were refused, stores the others, and replaces what it knows', async () => {
    const things = await database.open<Thing>(definition);
    expect(await things.insert([{ _id: 'a', name: 'A' }])).toEqual([]);
    const many = Array.from({ length: 1_500 }, (_, n) => ({ _id: `n${n}`, name: n === 7 || n === 1_234 ? 'A' : `name ${n}` }));
    expect(await things.insert(many)).toEqual([7, 1_234]);
    expect(await things.count({})).toBe(1_499);
    expect(await things.replace({ _id: 'n1' }, { _id: 'n1', name: 'A' })).toBe('taken');
    expect(await things.replace({ _id: 'none' }, { _id: 'none', name: 'B' })).toBe('absent');
    expect(await things.replace({ _id: 'n1', name: 'name 1' }, { _id: 'n1', name: 'B' })).toBe('replaced');
    await things.put(Array.from({ length: 220 }, (_, n) => ({ _id: `n${1_400 + n}`, name: `new ${n}` })));
    expect([await things.count({}), (await things.first({ _id: 'n1401' }))?.name]).toEqual([1_619, 'new 1']);
    expect(await things.find({}, { limit: 0 })).toEqual([]);
    expect(await things.remove({ _id: { $in: ['a', 'n1', 'none'] } })).toBe(2);
  });

  test('keeps whole numbers of 64 bits and bytes as they are', async () => {
    const things = await database.open<Thing & { readonly long: unknown; readonly safe: number }>(definition);
    await things.insert([{ _id: 'a', name: 'A', long: 2n ** 62n + 1n, safe: Number.MAX_SAFE_INTEGER }]);
    const read = await things.first({ _id: 'a' });
    expect([String(read?.long), read?.safe]).toEqual(['4611686018427387905', Number.MAX_SAFE_INTEGER]);
  });

  test('that was closed, or whose server is not there, is unavailable', async () => {
    const things = await database.open<Thing>(definition);
    await database.close();
    await expect(things.count({})).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retry: 'later' });
    const nobody = openMongoDatabase({ url: 'mongodb://127.0.0.1:1', name: 'x', serverWaitMs: 100 });
    await expect(nobody).rejects.toMatchObject({ code: 'MONGO_UNREACHABLE', retry: 'later', details: { database: 'x' } });
  });
});
