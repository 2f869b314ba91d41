import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { cliErrors } from '../errors.js';

/** Writes lines no faster than they are taken. */
export interface LineWriter {
  /** Resolves when more may be written. @throws CLI_FILE_UNUSABLE */
  write(lines: readonly string[]): Promise<void>;
  /** Resolves when all of it is written. @throws CLI_FILE_UNUSABLE */
  close(): Promise<void>;
}

/** Writes to a file that is made anew. */
export function fileWriter(path: string): LineWriter {
  const stream = createWriteStream(path);
  const { write } = lineWriter(stream, path);
  return {
    write,
    async close() {
      await write([]);
      stream.end();
      // What it fails with is told by the next call.
      await finished(stream).catch(() => undefined);
      await write([]);
    },
  };
}

/** Writes to a stream, which it does not end. */
export function lineWriter(
  stream: Writable,
  path = 'standard output',
): { write: (lines: readonly string[]) => Promise<void>; close: () => Promise<void> } {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error) => (failure = error));
  const write = async (lines: readonly string[]): Promise<void> => {
    if (failure === undefined && lines.length > 0 && !stream.write(`${lines.join('\n')}\n`)) {
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
    }
    if (failure !== undefined) throw cliErrors.FILE_UNUSABLE({ path, reason: failure.message }, { cause: failure });
  };
  return { write, close: () => write([]) };
}
