// The command that starts the server, and the few that work on its data folder.
import { isProblem } from '@fieldline/kernel';
import { parseArgs } from 'node:util';
import { readSettings } from './config/settings.js';
import { configErrors } from './errors.js';
import { jsonLog } from './log.js';
import { resetPasswordCommand } from './reset-password-command.js';
import { startBlock } from './start-block.js';
import { startServer, type RunningServer } from './start-server.js';
import { systemClock } from './system-clock.js';

function readArguments() {
  try {
    return parseArgs({ options: { demo: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    throw configErrors.COMMAND_LINE_WRONG({ reason: (error as Error).message }, { cause: error });
  }
}

async function run(): Promise<void> {
  const { values, positionals } = readArguments();
  const settings = readSettings(process.env, process.cwd());
  const log = jsonLog(settings.FIELDLINE_LOG, systemClock.nowMs, (line) => void process.stderr.write(line));
  const [command = 'start', ...rest] = positionals;
  if (command === 'reset-password') {
    process.stdout.write(await resetPasswordCommand(settings, rest[0]));
    return;
  }
  if (command !== 'start') throw configErrors.COMMAND_LINE_WRONG({ reason: `there is no command "${command}"` });

  const server = await startServer(settings, { log, isDemo: values.demo, onLost: (reason) => fatal(new Error(reason)) });
  // Before the ready line, because a program that waits for it may send a signal at once.
  stopOnSignals(server);
  process.stdout.write(startBlock(settings, server));
}

/** One Ctrl-C under npm arrives twice, from the terminal and from npm: what comes this soon is the same wish. */
const SAME_SIGNAL_MS = 1_000;

/** The first signal stops in order, a second one at once. */
function stopOnSignals(server: RunningServer): void {
  let firstAtMs: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    const nowMs = systemClock.monotonicMs();
    if (firstAtMs !== undefined) {
      if (nowMs - firstAtMs > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    firstAtMs = nowMs;
    process.stderr.write(`${signal}: finishing what was accepted…\n`);
    server.stop().then(() => process.exit(0), fatal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fatal(error: unknown): never {
  if (isProblem(error)) process.stderr.write(`${error.message}\n${error.remedy}\n(${error.code})\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

run().catch(fatal);
