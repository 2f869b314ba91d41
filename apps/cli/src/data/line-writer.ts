import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { cliErrors } from '../errors.js';

/** Writes lines no faster than they are taken. */
export interface LineWriter {
  /** Resolves when more may be written; false when nobody reads any more, as behind `| head`. @throws CLI_FILE_UNUSABLE */
  write(lines: readonly string[]): Promise<boolean>;
  /** Resolves when all of it is written; false as for `write`. @throws CLI_FILE_UNUSABLE */
  close(): Promise<boolean>;
}

/** Writes to a file that is made anew. */
export function fileWriter(path: string): LineWriter {
  const stream = createWriteStream(path);
  const lines = lineWriter(stream, path);
  return {
    write: (some) => lines.write(some),
    async close() {
      await new Promise((resolve) => {
        stream.once('close', () => resolve(undefined));
        stream.end();
      });
      return lines.close();
    },
  };
}

/** Writes to a stream, which it does not end. */
export function lineWriter(stream: Writable, path = 'standard output'): LineWriter {
  let failure: NodeJS.ErrnoException | undefined;
  let goOn = (): void => undefined;
  stream.on('error', (error) => {
    failure = error;
    goOn();
  });
  stream.on('drain', () => goOn());
  stream.on('close', () => goOn());
  const write = async (lines: readonly string[]): Promise<boolean> => {
    if (failure === undefined && lines.length > 0 && !stream.write(`${lines.join('\n')}\n`)) await new Promise<void>((resolve) => (goOn = resolve));
    if (failure === undefined) return true;
    if (failure.code === 'EPIPE') return false;
    throw cliErrors.FILE_UNUSABLE({ path, reason: failure.message }, { cause: failure });
  };
  return { write, close: () => write([]) };
}
