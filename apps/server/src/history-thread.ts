// Entry of the history thread: reads points of the past, so that the engine never waits for the disk.
import { runHistoryThread } from '@fieldline/storage-sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const { path } = workerData as { path: string };
if (parentPort === null) throw new Error('this file runs as a worker thread');
runHistoryThread({ path, port: parentPort });
