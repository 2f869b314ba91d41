import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mongo } from 'mongoose';
import { mongoServerPrograms } from './install.js';
import type { MongoServerProgram } from './install.js';

const START_TIMEOUT_MS = 30_000;
const PING_TIMEOUT_MS = 5000;

/** A server that answers. `url` names no database, and has the options that this server needs. */
export interface RunningMongoServer {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  /** Ends the process and removes its data folder. */
  readonly stop: () => Promise<void>;
}

/**
 * Installs and starts the servers of these names, or all of them, each on a free loopback port with a data folder of
 * its own. Resolves when all of them answer; if one does not, none is left running.
 *
 * @throws Error that says which server could not be installed or started, and what it said
 */
export async function startMongoServers({ names }: { readonly names?: readonly string[] } = {}): Promise<RunningMongoServer[]> {
  const known = mongoServerPrograms.map(({ name }) => name);
  const unknown = names?.filter((name) => !known.some((one) => one === name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no server ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  const wanted = mongoServerPrograms.filter(({ name }) => names?.includes(name) ?? true);
  const starts = await Promise.allSettled(wanted.map(start));
  const running = starts.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = starts.find((result) => result.status === 'rejected');
  if (failure === undefined) return running;
  await Promise.all(running.map(({ stop }) => stop()));
  throw failure.reason;
}

async function start({ name, version, install }: MongoServerProgram): Promise<RunningMongoServer> {
  const { command, args } = install();
  const folder = mkdtempSync(join(tmpdir(), `fieldline-${name}-`));
  // Standard input stays open as long as this process lives: the server ends with it, however this process ends.
  const child = spawn(command, args(folder), { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await listening(name, child);
    await answering(url);
    return { name, version, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The URL, which is the first line that the server prints. */
async function listening(name: string, child: ChildProcess): Promise<string> {
  if (child.stdout === null || child.stderr === null) throw new Error(`${name} was started without pipes.`);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  const lines = createInterface({ input: child.stdout });
  const failed = (what: string): Promise<never> => Promise.reject(new Error(`${name} ${what}. It said: ${said}`));
  const [first] = (await Promise.race([
    once(lines, 'line', { signal: AbortSignal.timeout(START_TIMEOUT_MS) }).catch(() => failed('did not listen in time')),
    once(child, 'exit').then(([code]) => failed(`ended with exit code ${String(code)} before it listened`)),
  ])) as [string];
  return first;
}

async function answering(url: string): Promise<void> {
  const client = new mongo.MongoClient(url, { serverSelectionTimeoutMS: PING_TIMEOUT_MS });
  try {
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}

async function ended(child: ChildProcess): Promise<void> {
  // A program that could not be run at all has no process to wait for.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
