import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { MEMORY_CHECK_MS } from '../limits.js';

/** Descriptors the server opens for us: frames go over one, the other says nothing and closes when the server is gone. */
export const FRAMES_FD = 3;
export const LIFELINE_FD = 4;

export interface WatchData {
  /** What the process may use in all, heap and buffers together. */
  readonly memoryBytesMax: number;
}

/**
 * Runs in the second thread: ends the process when the server is gone, also where the plugin is in a loop and its own thread
 * would never notice, and when it uses more memory than it may (`--max-old-space-size` bounds the heap alone, not buffers).
 */
export function watchServer(): void {
  const { memoryBytesMax } = workerData as WatchData;
  const end = (): void => void process.kill(process.pid, 'SIGKILL');
  const lifeline = new Socket({ fd: LIFELINE_FD });
  lifeline.on('end', end).on('close', end).on('error', end).resume();
  setInterval(() => {
    if (process.memoryUsage.rss() > memoryBytesMax) end();
  }, MEMORY_CHECK_MS);
}
