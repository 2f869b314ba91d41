import { dataStoreContract, storesTogetherContract, TestClock } from '@fieldline/contract-tests';
import { openMongoEntityStore } from '../entities/mongo-entity-store.js';
import { ambient, describeWithMongo, underTest } from '../mongo-server.fixture.js';
import { openMongoDataStore } from './mongo-data-store.js';

describeWithMongo(
  'MongoDB',
  (server) => {
    let clock = new TestClock();
    const openEmpty = underTest(server, async (database) => {
      const store = await openMongoDataStore({ database, ...ambient(), clock });
      return { store, close: () => store.close() };
    });
    const open = async () => {
      clock = new TestClock();
      return { ...(await openEmpty()), clock };
    };
    const openTogether = underTest(server, async (database) => {
      const entities = await openMongoEntityStore({ database, ...ambient() });
      const data = await openMongoDataStore({ database, ...ambient() });
      return { store: { data, entities }, close: () => Promise.all([data.close(), entities.close()]).then(() => undefined) };
    });
    dataStoreContract('mongo', open, { durability: 'synced' });
    storesTogetherContract('mongo', openTogether);
  },
  { ferretdb: [{ test: /^doubles come back as they were/, reason: 'stores -0 as 0' }] },
);
