import { dataStoreContract, storesTogetherContract } from '@fieldline/contract-tests';
import { openDataStore, openStoresTogether, underTest } from '../test-folder.fixture.js';

dataStoreContract('sqlite', () => underTest((path) => openDataStore(path)), { durability: 'synced' });
storesTogetherContract('sqlite', () => underTest(openStoresTogether));
