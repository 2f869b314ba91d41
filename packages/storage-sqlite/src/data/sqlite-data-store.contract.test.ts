import { dataStoreContract, storesTogetherContract } from '@fieldline/contract-tests';
import { openDataStore, openPackedStore, openStoresTogether, underTest } from '../test-folder.fixture.js';

dataStoreContract('sqlite', () => underTest((path, clock) => openDataStore(path, undefined, undefined, clock)), { durability: 'synced' });
// Every promise again with most points in blocks, and packing under way at any moment.
dataStoreContract('sqlite that packs all the time', () => underTest((path, clock) => openPackedStore(path, 3, clock)), { durability: 'synced' });
storesTogetherContract('sqlite', () => underTest(openStoresTogether));
