import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isApiPath } from './api-paths.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const compressible = new Set(['.html', '.js', '.mjs', '.css', '.json', '.map', '.svg', '.webmanifest', '.wasm', '.txt']);

/** Files smaller than this gain nothing by compression. */
const COMPRESS_BYTES_MIN = 1_024;

interface ServedFile {
  readonly bytes: Buffer;
  readonly brotli: Buffer | undefined;
  readonly gzip: Buffer | undefined;
  readonly type: string;
  readonly tag: string;
}

/**
 * Serves the built web app: files as they are, any other page path as `index.html` for the router in the browser.
 * Files under `/assets/` have a hash in their name and may be kept for ever. Files are compressed once and kept in
 * memory; the app is a few megabytes.
 */
export function serveWebApp(fastify: FastifyInstance, webRoot: string | undefined): void {
  const files = new WebFiles(webRoot);
  fastify.get('/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (isApiPath(path)) return reply.callNotFound();
    const file = await files.get(path);
    if (file !== undefined) return send(reply, file, request.headers, path.startsWith('/assets/'));
    // A missing file is missing; only pages go to the router in the browser.
    if (extname(path) !== '') return reply.callNotFound();
    const index = await files.get('/index.html');
    if (index !== undefined) return send(reply, index, request.headers, false);
    return reply.status(404).type('text/plain; charset=utf-8').send('The web app is not built. Run "npm run build", then start again.\n');
  });
}

function send(
  reply: FastifyReply,
  file: ServedFile,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  isImmutable: boolean,
): FastifyReply {
  void reply
    .header('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.tag)
    .header('vary', 'accept-encoding');
  if (headers['if-none-match'] === file.tag) return reply.status(304).send();
  const accepted = String(headers['accept-encoding'] ?? '');
  void reply.type(file.type);
  if (file.brotli !== undefined && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(file.brotli);
  if (file.gzip !== undefined && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(file.gzip);
  return reply.send(file.bytes);
}

class WebFiles {
  readonly #root: string | undefined;
  readonly #files = new Map<string, Promise<ServedFile | undefined>>();

  constructor(root: string | undefined) {
    this.#root = root === undefined ? undefined : resolve(root);
  }

  /** The file of a URL path; undefined where there is none, or where the path leads out of the folder. */
  async get(urlPath: string): Promise<ServedFile | undefined> {
    const path = this.#pathOf(urlPath);
    if (path === undefined) return undefined;
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const reading = load(path);
    this.#files.set(path, reading);
    // Only files that exist are kept, so that made-up paths fill no memory.
    const file = await reading;
    if (file === undefined) this.#files.delete(path);
    return file;
  }

  #pathOf(urlPath: string): string | undefined {
    if (this.#root === undefined || urlPath.endsWith('/')) return undefined;
    let decoded: string;
    try {
      decoded = decodeURIComponent(urlPath);
    } catch {
      // A path with a broken escape names no file.
      return undefined;
    }
    const path = resolve(this.#root, `.${decoded}`);
    return path.startsWith(this.#root + sep) && !decoded.includes('\0') ? path : undefined;
  }
}

async function load(path: string): Promise<ServedFile | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  const isCompressed = compressible.has(extname(path)) && bytes.length >= COMPRESS_BYTES_MIN;
  return {
    bytes,
    brotli: isCompressed ? await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : undefined,
    gzip: isCompressed ? await promisify(gzip)(bytes) : undefined,
    type: types[extname(path)] ?? 'application/octet-stream',
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}
