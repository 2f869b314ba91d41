import { entityStoreContract } from '@fieldline/contract-tests';
import { openEntityStore, underTest } from '../test-folder.fixture.js';

entityStoreContract('sqlite', () => underTest(openEntityStore), { durability: 'synced' });
