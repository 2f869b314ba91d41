import { request as httpRequest } from 'node:http';
import type { FuzzRequest } from './request.js';

const ANSWER_MS_MAX = 20_000;
/** A body without an end is given up after this long: the server must not mind. */
const ENDLESS_MS = 200;
const ANSWER_BYTES_MAX = 50_000_000;

/** What came back; status 0 where the server answered nothing that could be read. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Why there is no answer. */
  readonly fault?: string;
}

/** Over a connection of its own, so that what the server thinks of one request disturbs no other. */
export function send(port: number, request: FuzzRequest, token: string | undefined): Promise<Answer> {
  return new Promise((resolve) => {
    const length = request.body === undefined || request.isEndless === true ? {} : { 'content-length': String(request.body.length) };
    const authorization = token === undefined ? {} : { 'x-authorization': `Bearer ${token}` };
    const headers = { ...authorization, ...request.headers, ...length };
    const sent = httpRequest({ host: '127.0.0.1', port, agent: false, method: request.method, path: request.target, headers, setHost: true });
    const timer = setTimeout(() => end({ status: 0, text: '', fault: `no answer within ${ANSWER_MS_MAX} ms` }), ANSWER_MS_MAX);
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      if (answer.fault !== undefined || request.isEndless === true) sent.destroy();
      resolve(answer);
    };
    sent.on('error', (error) => end({ status: 0, text: '', fault: error.message }));
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes < ANSWER_BYTES_MAX) pieces.push(piece);
      });
      response.on('error', (error) => end({ status: 0, text: '', fault: error.message }));
      response.on('end', () => end({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }));
    });
    if (request.isEndless === true) {
      sent.write(request.body);
      setTimeout(() => end({ status: 0, text: '' }), ENDLESS_MS);
    } else {
      sent.end(request.body);
    }
  });
}
