import { problemOf, type Clock, type Log, type LogFields, type Problem } from '@fieldline/kernel';
import type { MessagePort } from 'node:worker_threads';
import { connectWriter } from '../writer/connect-writer.js';
import { Packer } from './packer.js';
import type { Packed } from './packer-link.js';

/** What a link asks of the packer thread; each request is answered with its number. */
export type ToPacker =
  | { readonly kind: 'pack'; readonly request: number; readonly throughSeq: number }
  | { readonly kind: 'sweep' | 'join'; readonly request: number }
  | { readonly kind: 'close'; readonly request: number };

/** What the packer thread says to its link. `log` is an event for the log of the thread that started it. */
export type FromPacker =
  | { readonly kind: 'done'; readonly request: number; readonly packed?: Packed | undefined }
  | { readonly kind: 'failed'; readonly request: number; readonly problem: Problem }
  | { readonly kind: 'log'; readonly level: keyof Log; readonly event: string; readonly fields: LogFields };

/**
 * The whole of a packer thread: serves one link over `port` (normally `parentPort`) until that closes it.
 *
 * @param writerPort the other end of a channel that the writer serves (`addPort`)
 */
export function runPackerThread({
  path,
  port,
  writerPort,
  clock,
}: {
  readonly path: string;
  readonly port: MessagePort;
  readonly writerPort: MessagePort;
  readonly clock: Pick<Clock, 'nowMs'>;
}): void {
  const say = (message: FromPacker): void => port.postMessage(message);
  const writer = connectWriter(writerPort);
  const packer = new Packer({ path, writer, clock, log: toldLog(say) });
  const answer = async (message: ToPacker): Promise<Packed | undefined> => {
    if (message.kind === 'pack') return packer.pack(message.throughSeq);
    if (message.kind === 'sweep') await packer.sweep();
    else if (message.kind === 'join') await packer.join();
    else await packer.close().then(() => writer.close());
    return undefined;
  };
  port.on('message', (message: ToPacker) => {
    const { request } = message;
    void answer(message)
      .then((packed) => say({ kind: 'done', request, packed }))
      .catch((error: unknown) => say({ kind: 'failed', request, problem: problemOf(error) }))
      .then(() => {
        if (message.kind === 'close') port.close();
      });
  });
}

function toldLog(say: (message: FromPacker) => void): Log {
  const tell =
    (level: keyof Log) =>
    (event: string, fields: LogFields = {}): void =>
      say({ kind: 'log', level, event, fields });
  return { error: tell('error'), warn: tell('warn'), info: tell('info'), debug: tell('debug') };
}
