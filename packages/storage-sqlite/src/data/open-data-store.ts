import { epochMs, type Clock, type Log } from '@fieldline/kernel';
import type { DataStore } from '@fieldline/ports';
import { openForReading, storageProblem } from '../database.js';
import { LOG_BYTES_MAX, LOG_POINTS_MAX, PACK_BYTES, PACK_POINTS, SERIES_MAX } from '../limits.js';
import type { PackerLink } from '../packing/packer-link.js';
import type { HistoryReads } from '../reads/history-reads.js';
import { inProcessHistory } from '../reads/in-process-history.js';
import type { WriterLink } from '../writer/writer-link.js';
import { AlarmIndex } from './alarm-index.js';
import { AttributeCache } from './attribute-cache.js';
import { Brake } from './brake.js';
import { BufferPool } from './buffer-pool.js';
import { CommitQueue } from './commit-queue.js';
import { LiveState } from './live-state.js';
import { LogGauge } from './log-gauge.js';
import { PackTurns } from './pack-turns.js';
import { rebuildHead } from './rebuild.js';
import { Retention } from './retention.js';
import { SqliteDataStore } from './sqlite-data-store.js';
import type { SqliteUnit } from './sqlite-unit.js';

export interface SqliteDataStoreOptions {
  /** The data folder (FIELDLINE_DATA_DIR). */
  readonly path: string;
  /** The store writes through it and does not close it. */
  readonly writer: WriterLink;
  /** Packs the log into blocks, and is closed with the store; absent: nothing is packed, and the log takes no more than its bounds. */
  readonly packer?: PackerLink | undefined;
  /** Reads what is packed, and is closed with the store; absent: that is read in this thread. */
  readonly reads?: HistoryReads | undefined;
  /** That of the system if absent. */
  readonly clock?: Clock | undefined;
  readonly log: Log;
  /** Told what is wrong with packing, whenever that changes. */
  readonly onPacking?: ((state: PackingState) => void) | undefined;
  /** Bounds of limits.ts, for tests that reach them. */
  readonly limits?: SqliteDataStoreLimits | undefined;
}

/** How packing keeps step with what comes in. */
export interface PackingState {
  /** How often it failed since it last went well. */
  readonly failures: number;
  /** True while readings are taken slowly because the log is nearly full. */
  readonly isSlowed: boolean;
}

export interface SqliteDataStoreLimits {
  readonly logPointsMax?: number;
  readonly logBytesMax?: number;
  readonly seriesMax?: number;
  readonly packPoints?: number;
  readonly packBytes?: number;
  readonly pacePoints?: number;
}

/**
 * Opens the data store of a data folder: waits for the writer, then reads the log into memory.
 *
 * @throws SQLITE_FOLDER_UNUSABLE, SQLITE_FOLDER_IN_USE, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT
 */
export async function openSqliteDataStore(options: SqliteDataStoreOptions): Promise<DataStore> {
  const { path, writer, packer, reads = inProcessHistory({ path }), clock = systemClock, log, limits = {} } = options;
  const { logPointsMax = LOG_POINTS_MAX, logBytesMax = LOG_BYTES_MAX, seriesMax = SERIES_MAX } = limits;
  const bounds = { packPoints: limits.packPoints ?? PACK_POINTS, packBytes: limits.packBytes ?? PACK_BYTES };
  const pace = { points: limits.pacePoints ?? PACK_POINTS, bytes: PACK_BYTES };
  await writer.ready();
  const database = openForReading(path);
  try {
    const { head, points, bytes, publishesProblem } = rebuildHead(database, path, seriesMax);
    if (publishesProblem !== undefined) log.warn('publishes-forgotten', { problem: publishesProblem });
    log.info('store-opened', { points, logBytes: bytes, series: head.seriesCount });
    const history = { database, path, retention: new Retention(clock, database) };
    const state = new LiveState(head, history, new AttributeCache(database), new AlarmIndex(database));
    const gauge = new LogGauge({ logPointsMax, logBytesMax }, { points, bytes });
    const buffers = new BufferPool();
    const onDone = (unit: SqliteUnit): void => buffers.giveBack(unit.encoder.buffer);
    let turns: PackTurns | undefined;
    const onChange = (): void => options.onPacking?.({ failures: turns?.failures ?? 0, isSlowed: brake.isOn });
    const brake = new Brake({ gauge, pace, clock, log, onChange });
    const turnsOf = (newestInFlight: () => object | undefined): PackTurns | undefined =>
      packer && (turns = new PackTurns({ head, gauge, brake, writer, packer, clock, log, bounds, newestInFlight, onChange }));
    const queue = new CommitQueue({ path, state, writer, log, gauge, brake, turns: turnsOf, onDone });
    turns?.considered();
    return new SqliteDataStore(path, { database, state, queue, buffers, turns, writer, packer, reads, clock });
  } catch (error) {
    database.close();
    throw storageProblem(error, path);
  }
}

const systemClock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
