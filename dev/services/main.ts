// node dev/run.mjs dev/services/main.ts [--only redis,kafka] -- npx vitest run packages/queue-bullmq
// Runs the command once with the services running, their variables set (REDIS_URL, KAFKA_BROKERS, …) and SERVICES_URL, which
// restarts, stops and kills them. With --install it only fetches what comes from Maven.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startControl } from './control.js';
import { installServices, startServices } from './services.js';

const { values, positionals } = parseArgs({
  options: { only: { type: 'string', multiple: true }, install: { type: 'boolean' } },
  allowPositionals: true,
});
const names = values.only?.flatMap((list) => list.split(','));
try {
  if (values.install === true) installServices(names);
  else process.exitCode = await runWithServices(positionals, names);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** @returns the exit code of the command */
async function runWithServices([command, ...args]: readonly string[], only: readonly string[] | undefined): Promise<number> {
  if (command === undefined) throw new Error('Say what to run: node dev/run.mjs dev/services/main.ts -- <command…>');
  const services = await startServices(only === undefined ? {} : { names: only });
  const control = await startControl(services);
  // The command runs on the Node.js that this script runs on, whatever the system has.
  const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  try {
    const env = { ...process.env, PATH, ...services.env, SERVICES_URL: control.url };
    const child = spawn(command, args, { env, stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await control.close();
    await services.close();
  }
}
