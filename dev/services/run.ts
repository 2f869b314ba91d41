import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './service.js';

const OUTPUT_CHARS = 4000;
/** After this long a server that was asked to end is killed. */
const END_TIMEOUT_MS = 20_000;

// Waits until the process that started it has ended, and then ends what that one could not: groups of processes by the id
// of their first one. A process that is being killed may still write, so the folder is removed until it stays away.
const guardScript =
  'folder=$1; shift; read -r _; for pid; do kill -s KILL -- "-$pid"; done; while [ -e "$folder" ]; do rm -rf "$folder"; sleep 0.1; done';

/** One run of a service, from the start of its processes to their end. */
export interface ServiceRun {
  readonly isUp: () => boolean;
  /** The end of what it printed in all its runs. */
  readonly output: () => string;
  /** Asks the server to end, as an operator would, or kills it. Resolves when no process of it is left. */
  readonly end: (how: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** Starts the processes of a service in its folder. They end, and the folder goes, with the process that called this. */
export function startRun(folder: string, commands: readonly [Command, ...Command[]]): ServiceRun {
  const outputPath = join(folder, 'output.txt');
  const children = commands.map((command) => startProcess(folder, outputPath, command));
  const server = children.at(-1);
  const pids = children.flatMap(({ pid }) => (pid === undefined ? [] : [String(pid)]));
  // A group of its own each: Ctrl+C in a terminal reaches only the process that started them.
  const guard = spawn('sh', ['-c', guardScript, 'guard', folder, ...pids], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  return {
    isUp: () => children.every(isRunning),
    output: () => readFileSync(outputPath, 'utf8').slice(-OUTPUT_CHARS),
    async end(how) {
      await endProcess(guard, 'SIGKILL');
      if (server !== undefined) await endProcess(server, how);
      await Promise.all(children.map((child) => endProcess(child, 'SIGKILL')));
    },
  };
}

function startProcess(folder: string, outputPath: string, { command, args, env }: Command): ChildProcess {
  const output = openSync(outputPath, 'a');
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  // A program that is not there has no pid, which is how it is recognised.
  child.on('error', () => undefined);
  return child;
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

async function endProcess(child: ChildProcess, how: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined) return;
  if (isRunning(child)) {
    const exit = once(child, 'exit');
    const patience = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
    child.kill(how);
    await exit;
    clearTimeout(patience);
  }
  killGroup(child.pid);
}

/** What a process started itself may outlive it by a moment. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
