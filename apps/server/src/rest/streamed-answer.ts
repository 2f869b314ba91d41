import type { Clock, Log } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { restErrors } from './errors.js';
import { STREAM_STALLED_MS, STREAMED_ANSWER_BYTES_MAX, STREAMED_TURN_MS } from './limits.js';

/** A signal that is aborted when the client goes away before it has its answer. */
export const ClientGone = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const gone = new AbortController();
  const closed = (): void => {
    if (!raw.writableFinished) gone.abort();
  };
  if (raw.destroyed) closed();
  else raw.once('close', closed);
  return gone.signal;
});

interface StreamParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Longest answer; `STREAMED_ANSWER_BYTES_MAX` if absent. */
  readonly bytesMax?: number;
}

/**
 * Sends JSON that is made piece by piece: the next piece is made when the client has taken the last ones. What fails before
 * the second piece is thrown, so that it is answered like any failure. After it the connection is broken off: an answer that
 * ends properly is always complete.
 */
export async function answerInPieces(reply: FastifyReply, pieces: AsyncGenerator<string, void, undefined>, parts: StreamParts): Promise<void> {
  const first = await pieces.next();
  const second = first.done === true ? first : await pieces.next();
  void reply.header('content-type', 'application/json; charset=utf-8');
  if (first.done === true || second.done === true || reply.request.method === 'HEAD') {
    await pieces.return();
    await reply.send(first.value ?? '');
    return;
  }
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  try {
    await writeAll(raw, rejoined([first.value, second.value], pieces), parts);
    raw.end();
  } catch (error) {
    // A client that went away knows why its answer ends.
    if (!raw.destroyed || !isProblem(error)) parts.log.warn('answer-broken-off', { path: reply.request.url.split('?', 1)[0], error });
    raw.destroy();
  }
}

async function* rejoined(held: readonly string[], rest: AsyncGenerator<string, void, undefined>): AsyncGenerator<string, void, undefined> {
  yield* held;
  yield* rest;
}

/** Returns early where the client goes away. @throws REST_ANSWER_TOO_LARGE, REST_CLIENT_STALLED, and what the pieces throw */
async function writeAll(
  raw: ServerResponse,
  pieces: AsyncIterable<string>,
  { clock, bytesMax = STREAMED_ANSWER_BYTES_MAX }: StreamParts,
): Promise<void> {
  let bytes = 0;
  let turnMs = clock.monotonicMs();
  for await (const piece of pieces) {
    const chunk = Buffer.from(piece);
    bytes += chunk.length;
    if (bytes > bytesMax) throw restErrors.ANSWER_TOO_LARGE({ bytesMax });
    if (!raw.destroyed && !raw.write(chunk)) await drained(raw, clock);
    if (raw.destroyed) return;
    // A socket that takes everything at once drains without a turn of the event loop.
    if (clock.monotonicMs() - turnMs < STREAMED_TURN_MS) continue;
    await nextTurn();
    turnMs = clock.monotonicMs();
  }
}

/** Resolves when the client has taken what was written, or is gone. */
function drained(raw: ServerResponse, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      cancel();
      raw.off('drain', onEnd).off('close', onEnd);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onEnd = (): void => end();
    const cancel = clock.after('stalled-answer', STREAM_STALLED_MS, () => end(restErrors.CLIENT_STALLED({ stalledMs: STREAM_STALLED_MS })));
    raw.on('drain', onEnd).on('close', onEnd);
  });
}
