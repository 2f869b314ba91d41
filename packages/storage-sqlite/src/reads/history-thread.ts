import type { MessagePort, Transferable } from 'node:worker_threads';
import type { FromHistory, ToHistory } from './history-messages.js';
import { HistoryReader } from './history-reader.js';

/** The whole of a thread that reads history of the data folder `path` for the other end of `port` (normally `parentPort`). */
export function runHistoryThread({ path, port }: { readonly path: string; readonly port: MessagePort }): void {
  const say = (message: FromHistory, transfer: readonly Transferable[]): void => port.postMessage(message, transfer);
  const reader = new HistoryReader({ path, say });
  port.on('message', (message: ToHistory) => {
    reader.receive(message);
    if (message.kind === 'close') port.close();
  });
}
