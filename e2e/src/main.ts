// Runs the journeys: `npm run e2e [name of a file]`.
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', process.argv.slice(2), { config: join(import.meta.dirname, '..', 'vitest.config.ts'), watch: false });
await vitest.close();
