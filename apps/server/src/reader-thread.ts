// Entry of the reader thread: entity and alarm queries, so that no event loop waits for the disk.
import { openSqliteEntityQueries } from '@fieldline/storage-sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Settings } from './config/settings.js';
import { jsonLog } from './log.js';
import type { ToReader } from './query-host/link.js';
import { ReaderMain } from './query-host/reader-main.js';
import { systemClock } from './system-clock.js';

const { settings } = workerData as { readonly settings: Settings };
if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const log = jsonLog(settings.FIELDLINE_LOG, systemClock.nowMs, (line) => void process.stderr.write(line));
const main = new ReaderMain(
  (latest) => openSqliteEntityQueries({ path: settings.FIELDLINE_DATA_DIR, latest }),
  (message) => port.postMessage(message),
  log,
);
port.on('message', (message: ToReader) => main.receive(message));
