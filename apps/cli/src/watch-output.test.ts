// Goal: output that cannot be written is told of with a code, never with a stack trace. Method: streams that fail as those of a process do.
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { watchOutput } from './watch-output.js';

test.each([
  ['a full disk is told of', 'ENOSPC', ['standard output cannot be used: the stream failed.', expect.any(String), '[CLI_FILE_UNUSABLE]']],
  ['a reader that has enough is not', 'EPIPE', []],
])('%s', async (_, code, expected) => {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('the stream failed'), { code })) });
  const told: string[] = [];
  watchOutput(stdout, (text) => told.push(text));
  const closed = new Promise<void>((resolve) => stdout.once('close', () => resolve()));
  stdout.write('line');
  await closed;
  expect(told.flatMap((text) => text.split('\n'))).toEqual(expected);
});
