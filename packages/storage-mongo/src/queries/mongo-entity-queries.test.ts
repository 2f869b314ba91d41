import { entityQueriesContract, ruleNodeQueriesContract } from '@fieldline/contract-tests';
import type { Device, EntityDataQuery, TenantId } from '@fieldline/model';
import type { EntityQueries } from '@fieldline/ports';
import { memoryDataStore, memoryEntityQueries, memoryEntityStore } from '@fieldline/storage-memory';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMongoDataStore } from '../data/mongo-data-store.js';
import { openMongoEntityStore } from '../entities/mongo-entity-store.js';
import type { MongoDatabase } from '../mongo-database.js';
import { ambient, describeWithMongo, testDatabase, underTest } from '../mongo-server.fixture.js';
import { openMongoEntityQueries, type MongoEntityQueriesOptions } from './mongo-entity-queries.js';

// Goal: queries give what the memory adapter gives, and what is too much for them is refused with a code.

const openMemory = async () => {
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  return { store: { entities, data, queries: memoryEntityQueries({ entities, data }) }, dispose: () => data.close() };
};

describeWithMongo('MongoDB', (server) => {
  const opening = ({ queriedKeysMax, limits }: { readonly queriedKeysMax?: number; readonly limits?: MongoEntityQueriesOptions['limits'] }) =>
    underTest(server, async (database) => {
      const entities = await openMongoEntityStore({ database, ...ambient() });
      const data = await openMongoDataStore({ database, ...ambient(), queriedKeysMax });
      const queries = await openMongoEntityQueries({ database, history: data, ...ambient(), limits });
      return { store: { entities, data, queries }, close: () => Promise.all([data.close(), entities.close()]).then(() => undefined) };
    });
  entityQueriesContract('mongo', opening({}), { reference: openMemory, worldsTried: 25 });
  ruleNodeQueriesContract('mongo', opening({}));
  // What large installations have, with few entities: everything is read in bulk, and some keys are not where queries look first.
  entityQueriesContract('mongo, of many entities', opening({ limits: { readByKeyFrom: 1 } }), { reference: openMemory, worldsTried: 25 });
  entityQueriesContract('mongo, of many keys', opening({ queriedKeysMax: 2 }), { reference: openMemory, worldsTried: 25 });

  describe('the bounds of queries', () => {
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

    const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
    const history = { range: async () => [] };
    const allDevices: EntityDataQuery = {
      scope: { tenantId },
      selector: { kind: 'type', entityType: 'DEVICE', name: '' },
      filters: [],
      combine: 'AND',
      columns: [],
      pageSize: 1,
      page: 0,
    };
    async function withThreeDevices(limits: MongoEntityQueriesOptions['limits']): Promise<EntityQueries> {
      const entities = await openMongoEntityStore({ database, ...ambient() });
      const devices = [1, 2, 3].map((n): Device => ({
        id: `${n}`,
        tenantId,
        createdAtMs: n,
        version: 1,
        name: `D${n}`,
        type: 'pump',
        deviceProfileId: 'p',
        deviceData: {},
      }));
      await entities.write(devices.map((entity) => ({ change: 'insert', kind: 'device', entity })));
      await entities.close();
      return openMongoEntityQueries({ database, history, ...ambient(), limits });
    }

    test('more entities than they look at are too many', async () => {
      expect(await (await withThreeDevices({ entitiesMax: 3 })).count(allDevices)).toBe(3);
      const queries = await openMongoEntityQueries({ database, history, ...ambient(), limits: { entitiesMax: 2 } });
      for (const sort of ['label', 'createdTime'] as const) {
        const found = queries.find({ ...allDevices, sort: { key: { type: 'ENTITY_FIELD', key: sort }, order: 'ASC' } });
        if (sort === 'createdTime') expect((await found).totalElements).toBe(3);
        else await expect(found).rejects.toMatchObject({ code: 'QUERY_TOO_MANY_ENTITIES', details: { max: 2 } });
      }
    });

    test('what takes too long is given up', async () => {
      const queries = await withThreeDevices({ deadlineMs: -1 });
      await expect(queries.find(allDevices)).rejects.toMatchObject({ code: 'QUERY_TOO_SLOW', retry: 'later' });
    });

    test('some run, some wait, and more are refused', async () => {
      const queries = await withThreeDevices({ atOnce: 1, waitingMax: 2 });
      const answers = await Promise.allSettled([1, 2, 3, 4].map(() => queries.count(allDevices)));
      expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as { code: string }).code))).toEqual([
        3,
        3,
        3,
        'QUERY_BUSY',
      ]);
      expect(await queries.count(allDevices)).toBe(3);
    });
  });
});
