import type { FastifyInstance, FastifyRequest } from 'fastify';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { COMPRESSED_ANSWER_CHARACTERS_MIN } from './limits.js';
import type { RestRequest } from './route.js';

const gzipped = promisify(gzip);

/** Compresses answers of the routes that say so, where the client accepts gzip and the answer is worth it. */
export function compressAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request: FastifyRequest, reply, payload: unknown) => {
    if ((request as RestRequest).restRoute?.isCompressed !== true) return payload;
    void reply.header('vary', 'accept-encoding');
    const isWorthIt = typeof payload === 'string' && payload.length >= COMPRESSED_ANSWER_CHARACTERS_MIN;
    if (!isWorthIt || !acceptsGzip(request.headers['accept-encoding'])) return payload;
    void reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return gzipped(payload);
  });
}

/** RFC 9110 §12.5.3: named, or covered by *, and not with a weight of 0. */
function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = [header ?? []].flat().join(',').toLowerCase().split(',');
  const weights = new Map(codings.map((coding) => [coding.split(';', 1)[0]?.trim(), /;\s*q=([\d.]+)/.exec(coding)?.[1] ?? '1']));
  return Number(weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}
