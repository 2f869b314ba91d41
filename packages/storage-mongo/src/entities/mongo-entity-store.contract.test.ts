import { entityStoreContract } from '@fieldline/contract-tests';
import { ambient, describeWithMongo, underTest } from '../mongo-server.fixture.js';
import { openMongoEntityStore } from './mongo-entity-store.js';

describeWithMongo(
  'MongoDB',
  (server) => {
    const open = underTest(server, async (database) => {
      const store = await openMongoEntityStore({ database, ...ambient() });
      return { store, close: () => store.close() };
    });
    entityStoreContract('mongo', open, { durability: 'synced' });
  },
  {
    'mongo-java-server': [
      {
        test: /^lists of (?!user are sorted by email|otaPackage are sorted by type).*by code point/,
        reason: 'sorts text by UTF-16, so that an emoji comes before some letters',
      },
    ],
  },
);
