import type { Writable } from 'node:stream';
import { cliErrors } from './errors.js';
import { failureText } from './failure-text.js';

/** Tells of output that cannot be written, such as to a disk that is full. That who reads it has enough, as `head` does, is no failure. */
export function watchOutput(stdout: Writable, onFailed: (text: string) => void): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    onFailed(failureText(cliErrors.FILE_UNUSABLE({ path: 'standard output', reason: error.message }, { cause: error })));
  });
}
