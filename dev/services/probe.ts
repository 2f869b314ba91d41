import { connect } from 'node:net';

const ANSWER_TIMEOUT_MS = 2000;

/**
 * Sends bytes to a loopback port, and says whether `expects` recognises what came back, which it is shown whenever it grew.
 * A port that does not answer in time, or hangs up, is one that does not answer.
 */
export function probe(port: number, bytes: Uint8Array | string, expects: (reply: Buffer) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    let reply = Buffer.alloc(0);
    const socket = connect({ port, host: '127.0.0.1', timeout: ANSWER_TIMEOUT_MS });
    const decide = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      reply = Buffer.concat([reply, chunk]);
      if (expects(reply)) decide(true);
    });
    for (const event of ['timeout', 'error', 'close']) socket.on(event, () => decide(false));
  });
}
