// Entry of the packer thread: makes compressed blocks of the points in the log.
import { runPackerThread } from '@fieldline/storage-sqlite';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { systemClock } from './system-clock.js';

const { path, writerPort } = workerData as { path: string; writerPort: MessagePort };
if (parentPort === null) throw new Error('this file runs as a worker thread');
runPackerThread({ path, port: parentPort, writerPort, clock: systemClock });
