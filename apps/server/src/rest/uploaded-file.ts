import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { restErrors } from './errors.js';

/** Lets routes take uploads, one file each. Its bytes are bounded by whoever stores them. */
export async function takeUploads(fastify: FastifyInstance): Promise<void> {
  const limits = { files: 1, fields: 10, parts: 11, fieldSize: 1_000, fieldNameSize: 100, headerPairs: 100, fileSize: Number.POSITIVE_INFINITY };
  await fastify.register(multipart, { limits, throwFileSizeLimit: false });
}

export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Gives the part `file` of an upload to `store`, and takes the rest of the request off the wire where that refuses it:
 * else the client would wait for us and we for it.
 *
 * @throws REST_FILE_MISSING, REST_UPLOAD_TORN
 */
export async function withUploadedFile<T>(request: FastifyRequest, store: (file: UploadedFile) => Promise<T>): Promise<T> {
  if (!request.isMultipart()) throw restErrors.FILE_MISSING();
  try {
    const part = await request.file().catch((cause: unknown) => {
      throw restErrors.FILE_MISSING(undefined, { cause });
    });
    if (part === undefined || part.fieldname !== 'file') throw restErrors.FILE_MISSING();
    return await store({ name: part.filename.slice(0, 255).toWellFormed(), contentType: part.mimetype.slice(0, 255), pieces: untorn(part.file) });
  } catch (error) {
    request.raw.unpipe();
    request.raw.resume();
    throw error;
  }
}

/** The pieces of a file. Where they fail to come, the client is the reason. */
async function* untorn(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* pieces;
  } catch {
    throw restErrors.UPLOAD_TORN();
  }
}
