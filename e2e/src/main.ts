// Runs the journeys: `npm run e2e [-- name of a file]`. With `--full` those that have a short form run as long as they should once.
// What needs real brokers (engine) runs where dev/services has started them; asked for by name it starts them itself.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

const root = join(import.meta.dirname, '..', '..');
const names = process.argv.slice(2).filter((argument) => argument !== '--full');
const form = names.length === process.argv.length - 2 ? 'short' : 'full';

if (names.includes('engine') && process.env['SERVICES_URL'] === undefined) {
  const services = ['dev/run.mjs', 'dev/services/main.ts', '--only', 'kafka,rabbitmq', '--'];
  const again = [process.execPath, 'dev/run.mjs', 'e2e/src/main.ts', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, [...services, ...again], { cwd: root, stdio: 'inherit' }).status ?? 1;
} else {
  const config = join(import.meta.dirname, '..', 'vitest.config.ts');
  const vitest = await startVitest('test', names, { config, watch: false, env: { E2E_FORM: form } });
  await vitest.close();
}
