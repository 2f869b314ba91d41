// Entry of the writer thread: the only one that writes the database of the embedded profile.
import { runWriterThread } from '@fieldline/storage-sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const { path, synchronous } = workerData as { path: string; synchronous: 'FULL' | 'OFF' };
if (parentPort === null) throw new Error('this file runs as a worker thread');
runWriterThread({ path, port: parentPort, synchronous });
