import type { PasswordHasher } from '@fieldline/ports';
import * as nodeCrypto from 'node:crypto';
import { randomBytes, timingSafeEqual } from 'node:crypto';

interface Argon2Parameters {
  readonly message: string;
  readonly nonce: Uint8Array;
  readonly parallelism: number;
  readonly tagLength: number;
  readonly memory: number;
  readonly passes: number;
}

// Present since Node.js 24.7; the type package does not list it for every version we build with.
const argon2 = (
  nodeCrypto as unknown as {
    readonly argon2: (algorithm: 'argon2id', parameters: Argon2Parameters, callback: (error: Error | null, key: Buffer) => void) => void;
  }
).argon2;

/** OWASP's smallest recommended set for Argon2id: 19 MiB, two passes, one lane. About 30 ms on one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Hashes that run at once: each takes 19 MiB and a thread of Node's pool, which file reads need as well. */
const HASHES_AT_ONCE = 2;

/** Hashes passwords with Argon2id on Node's thread pool. Sign-ins beyond two at a time wait their turn. */
export function argon2Hasher(): PasswordHasher {
  const inTurn = turns(HASHES_AT_ONCE);
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const key = await inTurn(() => derive(password, salt, cost, KEY_BYTES));
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(salt)}$${unpadded(key)}`;
    },
    async verify(password, phc) {
      const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc);
      if (parts === null) return false;
      const [, memory, passes, parallelism, salt = '', key = ''] = parts;
      const expected = Buffer.from(key, 'base64');
      const stored = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
      const actual = await inTurn(() => derive(password, Buffer.from(salt, 'base64'), stored, expected.length));
      return timingSafeEqual(actual, expected);
    },
  };
}

function derive(password: string, nonce: Uint8Array, parameters: typeof cost, tagLength: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message: password, nonce, tagLength, ...parameters }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Runs at most `count` calls at once, the others in the order they came. */
function turns(count: number): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
