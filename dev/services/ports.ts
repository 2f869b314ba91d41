import { once } from 'node:events';
import { createServer } from 'node:net';

// Below 32768 Linux takes no port for an outgoing connection, so that a server that is down finds its port free again.
const FIRST = 20_000;
const LAST = 32_000;
const TRIES_MAX = 100;
const given = new Set<number>();

/** A loopback port that nobody listens on, and that this process has not given away before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      return port;
    }
  }
  throw new Error(`None of ${TRIES_MAX} ports between ${FIRST} and ${LAST} was free.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
