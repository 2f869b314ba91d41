import { blobStoreContract } from '@fieldline/contract-tests';
import { memoryBlobStore } from './memory-blob-store.js';

const open = async () => ({ store: memoryBlobStore(), dispose: async () => undefined });

blobStoreContract('memory', open, { durability: 'memory' });
