// `npm test`: installs what is missing, runs every Vitest suite, and says which suites need more than Node.js and npm.
// Arguments go to Vitest: `npm test -- packages/kernel`. Runs on Node 20 until Node 24 is installed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { howToInstall, missingComponents } from './workspace/components.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { nodeBinary, root } from './workspace/paths.mjs';

ensureInstalled();
const { status } = spawnSync(nodeBinary, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
if (process.argv.length === 2) {
  console.log('Not part of npm test: npm run e2e (journeys through the running product), npm run crash-test, npm run bench.');
  for (const component of missingComponents()) {
    console.log(`Skipped, ${component.name} is missing: what ${component.suite} does with it. ${howToInstall(component)}`);
  }
  if (process.env.MONGODB_URL === undefined) {
    console.log('Skipped, MONGODB_URL names no server: packages/storage-mongo. docs/mongodb.md says how to run it.');
  }
}
process.exitCode = status ?? 1;
