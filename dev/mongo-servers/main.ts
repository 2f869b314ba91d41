// node dev/run.mjs dev/mongo-servers/main.ts [--only ferretdb] -- npx vitest run packages/storage-mongo
// Runs the command once for each server that speaks MongoDB's protocol, with MONGODB_URL set, and fails if it fails for one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startMongoServers } from './servers.js';

const { values, positionals } = parseArgs({ options: { only: { type: 'string', multiple: true } }, allowPositionals: true });
const [command, ...args] = positionals;
if (command === undefined) throw new Error('Say what to run: node dev/run.mjs dev/mongo-servers/main.ts -- <command…>');

// The command runs on the Node.js that this script runs on, whatever the system has.
const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
const servers = await startMongoServers(values.only === undefined ? {} : { names: values.only });
const failed: string[] = [];
try {
  for (const { name, version, url } of servers) {
    console.log(`--- ${name} ${version} ---`);
    const child = spawn(command, args, { env: { ...process.env, PATH: path, MONGODB_URL: url }, stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) failed.push(name);
  }
} finally {
  await Promise.all(servers.map(({ stop }) => stop()));
}
console.log(failed.length === 0 ? `passed with ${servers.length} servers` : `FAILED with ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
