import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

/** A file that a client downloads. */
export interface FileAnswer {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  read(range: ByteRange): Promise<AsyncIterable<Uint8Array>>;
}

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Sends a file, or the one part of it that the client asks for (RFC 9110 §14). */
export async function answerFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer): Promise<void> {
  const { bytes } = file;
  const range = rangeOf(request.headers.range, bytes);
  void reply.header('accept-ranges', 'bytes');
  if (range === 'unsatisfiable') {
    await reply.status(416).header('content-range', `bytes */${bytes}`).send();
    return;
  }
  const { offset, length } = range ?? { offset: 0, length: bytes };
  const pieces = await file.read({ offset, length });
  if (range !== undefined) void reply.status(206).header('content-range', `bytes ${offset}-${offset + length - 1}/${bytes}`);
  await reply
    .header('content-type', isMediaType.test(file.contentType) ? file.contentType : 'application/octet-stream')
    .header('content-length', length)
    // RFC 6266 §4.3, with the name a second time where ThingsBoard's clients look for it.
    .header('content-disposition', `attachment; filename*=UTF-8''${encoded(file.name)}`)
    .header('x-filename', encoded(file.name))
    .send(Readable.from(pieces, { objectMode: false }));
}

const isMediaType = /^[\w.+-]+\/[\w.+-]+$/;
const encoded = (name: string): string => encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);

/** The range of the header; undefined where there is none, or none that we understand: then the whole file is the answer. */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  const start = first === '' ? Math.max(bytes - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start > end ? 'unsatisfiable' : { offset: start, length: end - start + 1 };
}
