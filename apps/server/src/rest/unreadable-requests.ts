import { problemCodeHeader } from '@fieldline/api-contract';
import type { Clock } from '@fieldline/kernel';
import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { failureAnswer, type FailureAnswer } from './failure-answer.js';
import { REST_BODY_BYTES_MAX } from './limits.js';

/** What fails before there is a request that a route could answer is told in the form of every other failure (rest-api.md §2). */
export class UnreadableRequests {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Answers an address that cannot be decoded. */
  readonly ofAddress = (error: Error, _request: FastifyRequest, reply: FastifyReply): void => {
    const { status, body, code } = this.#answerTo(error);
    void reply.status(status).header(problemCodeHeader, code).header('content-type', contentType).send(body);
  };

  /** Answers what is no HTTP, or has more headers than fit, and ends its connection. */
  readonly ofConnection = (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return;
    const { status, body, code } = this.#answerTo({ statusCode: statuses[error.code ?? ''] ?? 400 });
    const text = JSON.stringify(body);
    const headers = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${Buffer.byteLength(text)}`,
      `${problemCodeHeader}: ${code}`,
      'Connection: close',
    ];
    socket.write(`${headers.join('\r\n')}\r\n\r\n${text}`);
    socket.destroySoon();
  };

  #answerTo(error: unknown): FailureAnswer {
    return failureAnswer(error, { nowMs: this.#clock.nowMs(), path: '', failures: 'json', methods: [], bodyBytesMax: REST_BODY_BYTES_MAX });
  }
}

const contentType = 'application/json; charset=utf-8';

const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
