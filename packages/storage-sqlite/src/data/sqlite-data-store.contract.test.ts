import { dataStoreContract } from '@fieldline/contract-tests';
import { openDataStore, underTest } from '../test-folder.fixture.js';

dataStoreContract('sqlite', () => underTest((path) => openDataStore(path)), { durability: 'synced' });
