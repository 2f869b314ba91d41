// `node dev/generate-api-client.ts [--check]` writes the types of the API client from the OpenAPI document of the server.
// With --check it writes nothing and fails when the committed file differs.
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { clientTypes, type OpenApi } from './openapi-types.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'packages/api-client/src/generated/api.ts');

/** The document, from the same code the server runs; bundled first because Node strips types but no decorators. */
async function openApi(): Promise<OpenApi> {
  const parent = join(root, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'api-client-'));
  try {
    const outfile = join(folder, 'document.mjs');
    await build({
      absWorkingDir: root,
      stdin: {
        contents: "import 'reflect-metadata'; export { allRoutes } from './controllers.ts'; export { openApiDocument } from './openapi.ts';",
        resolveDir: join(root, 'apps/server/src/rest'),
        loader: 'ts',
      },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      conditions: ['source'],
      tsconfig: join(root, 'tsconfig.json'),
      packages: 'bundle',
      external: ['@nestjs/*', 'fastify', 'reflect-metadata', 'rxjs', 'zod', 'swagger-ui-dist'],
      logLevel: 'warning',
    });
    const { allRoutes, openApiDocument } = (await import(pathToFileURL(outfile).href)) as {
      allRoutes(): unknown;
      openApiDocument(routes: unknown, version: string): OpenApi;
    };
    return openApiDocument(allRoutes(), '0.0.0');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const text = await format(clientTypes(await openApi()), { ...(await resolveConfig(target)), parser: 'typescript' });
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('packages/api-client/src/generated/api.ts is stale. Run: node dev/generate-api-client.ts');
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
