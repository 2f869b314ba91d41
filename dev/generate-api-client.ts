// `node dev/run.mjs dev/generate-api-client.ts` writes the types of the API client from the OpenAPI document of the
// server. With --check it writes nothing and fails when the committed file differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientTypesPath, clientTypesSource } from './api-client/source.js';

const target = join(dirname(fileURLToPath(import.meta.url)), '..', clientTypesPath);
const source = await clientTypesSource();
if (!process.argv.includes('--check')) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, source);
} else if (readFileSync(target, 'utf8') !== source) {
  console.error(`${clientTypesPath} is stale. Run: node dev/run.mjs dev/generate-api-client.ts`);
  process.exitCode = 1;
}
