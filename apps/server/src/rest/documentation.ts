import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openApiDocument } from './openapi.js';
import type { RouteDefinition } from './route.js';

/** The three files of Swagger UI that its page needs. */
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Fieldline API</title>
    <link rel="icon" href="/swagger-ui/favicon-32x32.png" />
    <link rel="stylesheet" href="/swagger-ui/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/swagger-ui/swagger-ui-bundle.js"></script>
    <script src="/swagger-ui/start.js"></script>
  </body>
</html>
`;

/** Apart from the page, because the content security policy allows no script inside it. */
const startScript = `window.ui = SwaggerUIBundle({ url: '/v3/api-docs', dom_id: '#swagger-ui', deepLinking: true, persistAuthorization: false });\n`;

/** Serves the OpenAPI document at `/v3/api-docs` and a page to read and try it at `/swagger-ui`. */
export function serveDocumentation(fastify: FastifyInstance, routes: readonly RouteDefinition[], version: string): void {
  let document: string | undefined;
  fastify.get('/v3/api-docs', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(routes, version));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  for (const path of ['/swagger-ui', '/swagger-ui.html', '/swagger-ui/index.html']) {
    fastify.get(path, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  }
  fastify.get('/swagger-ui/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(startScript));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  for (const [name, type] of Object.entries(files)) {
    fastify.get(`/swagger-ui/${name}`, async (_request, reply) => reply.type(type).send(await readFile(join(folder, name))));
  }
}
