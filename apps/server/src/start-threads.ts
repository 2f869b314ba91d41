import type { Log } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { FoundPlugin } from '@fieldline/plugin-process';
import { connectWriter } from '@fieldline/storage-sqlite';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Settings } from './config/settings.js';
import { EngineHost } from './engine-host/engine-host.js';
import type { EngineThreadData } from './engine-thread.js';
import { QueryHost } from './query-host/query-host.js';
import type { ScriptThreadData } from './script-host/link.js';
import { ScriptHost } from './script-host/script-host.js';
import { systemClock } from './system-clock.js';

/** The threads of the embedded profile, running. */
export interface Threads {
  readonly writer: ReturnType<typeof connectWriter>;
  readonly engine: EngineHost;
  readonly queries: QueryHost;
  readonly scripts: ScriptHost;
  /** Called when the writer thread ends though nobody stopped it. */
  onWriterLost: (reason: string) => void;
  /** Ends the writer thread; the engine must have stopped. */
  stopWriter(): Promise<void>;
}

/**
 * Starts the writer thread and the engine thread with a line of its own to the writer; the reader thread starts with the
 * first query, the script thread with the first test of a script. Call `engine.start` after the first users exist.
 */
export async function startThreads(settings: Settings, plugins: readonly FoundPlugin[], log: Log): Promise<Threads> {
  const writerThread = new Worker(new URL('./writer-thread.js', import.meta.url), {
    workerData: { path: settings.FIELDLINE_DATA_DIR, synchronous: settings.FIELDLINE_SQLITE_SYNCHRONOUS },
  });
  const writer = connectWriter(writerThread);
  const line = new MessageChannel();
  writer.addPort(line.port1);
  const engineThread = new Worker(new URL('./engine-thread.js', import.meta.url), {
    workerData: { settings, plugins, writerPort: line.port2 } satisfies EngineThreadData,
    transferList: [line.port2],
  });
  const engine = new EngineHost(engineThread, log);
  const startReader = (): Worker => new Worker(new URL('./reader-thread.js', import.meta.url), { workerData: { settings } });
  const startScripts = (): Worker =>
    new Worker(new URL('./script-thread.js', import.meta.url), {
      workerData: { deadlineMs: settings.FIELDLINE_SCRIPT_TIMEOUT_MS } satisfies ScriptThreadData,
    });
  const threads: Threads = {
    writer,
    engine,
    queries: new QueryHost(startReader, { ...engine.latest(), range: engine.reads().range }, log),
    scripts: new ScriptHost(startScripts, { clock: systemClock, log }),
    onWriterLost: () => undefined,
    async stopWriter() {
      await writerThread.terminate();
    },
  };
  writerThread.once('error', (error) => {
    log.error('writer-thread-ended', { error });
    threads.onWriterLost(problemOf(error).message);
  });
  return threads;
}
