import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from './controllers.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let webRoot: string;
beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'fieldline-web-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Fieldline</title>');
  writeFileSync(join(webRoot, 'assets/app-1a2b3c.js'), `console.log(${JSON.stringify('x'.repeat(5_000))});`);
  rest = await startRest({ webRoot });
});
afterAll(async () => {
  await rest.close();
  rmSync(webRoot, { recursive: true });
});

describe('the OpenAPI document', () => {
  it('has every route with its permission, and no reference that leads nowhere', async () => {
    const { status, body, text } = await rest.call('GET', '/v3/api-docs');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    for (const { method, path, permission } of allRoutes()) {
      const operation = body.paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()];
      expect(operation['x-permission']).toBe(permission === 'public' ? undefined : permission);
    }
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((one) =>
      Object.values(one).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, reference]) => String(reference).split('/'));
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) expect(body).toHaveProperty(reference);
    expect(body.components.schemas.Device.properties.name.description).toBe('Name, unique in the tenant.');
  });

  it('is shown by a page that loads nothing from elsewhere', async () => {
    const page = await rest.call('GET', '/swagger-ui');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => String(url));
    expect(loaded).toHaveLength(4);
    for (const url of loaded) expect([url, (await rest.call('GET', url)).status]).toEqual([url, 200]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});

describe('the web app', () => {
  it('is served with its hashed files kept for ever, and its page asked for each time', async () => {
    const page = await rest.call('GET', '/');
    expect([page.status, page.text, page.headers.get('cache-control')]).toEqual([200, '<!doctype html><title>Fieldline</title>', 'no-cache']);
    const script = await rest.call('GET', '/assets/app-1a2b3c.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const tag = { 'if-none-match': String(page.headers.get('etag')) };
    expect((await rest.call('GET', '/', { headers: tag })).status).toBe(304);
    const packed = await rest.app.inject({ url: '/assets/app-1a2b3c.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.rawPayload).toString()).toContain('xxxxx');
    const plain = await rest.app.inject({ url: '/assets/app-1a2b3c.js', headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('gets its page for each path of its own, but not for the API or a missing file', async () => {
    expect((await rest.call('GET', '/devices/some-id')).text).toContain('Fieldline');
    expect(await rest.call('GET', '/api/unknown')).toMatchObject({ status: 404, body: { errorCode: 32 } });
    expect((await rest.call('GET', '/assets/missing.js')).status).toBe(404);
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/%00.js', '/%zz.js']) {
      const answer = await rest.app.inject({ url: path });
      expect([path, answer.statusCode < 500, answer.payload.includes('"name"')]).toEqual([path, true, false]);
    }
  });

  it('is explained where it is not built', async () => {
    const bare = await startRest();
    expect(await bare.call('GET', '/')).toMatchObject({ status: 404, text: expect.stringContaining('not built') });
    expect(await bare.call('GET', '/api/health')).toMatchObject({ status: 200, body: { status: 'UP', durability: 'memory', problems: [] } });
    await bare.close();
  });
});
