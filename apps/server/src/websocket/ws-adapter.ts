import type { WebSocketAdapter, WsMessageHandler } from '@nestjs/common';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { isObservable } from 'rxjs';
import { type WebSocket, WebSocketServer } from 'ws';
import { MESSAGE_BYTES_MAX } from './limits.js';
import { livePlaceOf } from './live-paths.js';

/**
 * Connects gateways of @nestjs/websockets to `ws` on the HTTP server of the application. Every text frame goes
 * to the handler of the event `frame`; answers leave by the session's own queue, not through the framework.
 */
export class LiveWsAdapter implements WebSocketAdapter<WebSocketServer, WebSocket> {
  readonly #http: Server;

  constructor(http: Server) {
    this.#http = http;
  }

  create(): WebSocketServer {
    const server = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false, clientTracking: true });
    this.#http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (livePlaceOf(request.url) === undefined) {
        refuse(socket);
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        // ws closes a socket that breaks the protocol with the right code; without a listener the error would end the process.
        opened.on('error', () => undefined);
        server.emit('connection', opened, request);
      });
    });
    return server;
  }

  bindClientConnect(server: WebSocketServer, callback: (socket: WebSocket, request: IncomingMessage) => void): void {
    server.on('connection', callback);
  }

  bindClientDisconnect(client: WebSocket, callback: () => void): void {
    client.on('close', callback);
  }

  bindMessageHandlers(client: WebSocket, handlers: WsMessageHandler[]): void {
    const handler = handlers.find(({ message }) => message === 'frame');
    client.on('message', (data, isBinary) => {
      // Only text frames are part of the API (websocket-api.md §1).
      if (!isBinary && handler !== undefined) void run(handler, (data as Buffer).toString());
    });
  }

  /** Nest calls it last; the sockets are closed by then, and the HTTP server belongs to the application. */
  async dispose(): Promise<void> {
    this.#http.removeAllListeners('upgrade');
  }

  async close(server: WebSocketServer): Promise<void> {
    for (const client of server.clients) client.terminate();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

/** Where there are interceptors, the framework gives something back that does nothing until somebody subscribes to it. */
async function run(handler: WsMessageHandler, text: string): Promise<void> {
  const handled: unknown = await handler.callback(text);
  if (isObservable(handled)) handled.subscribe();
}

/** Answers an upgrade to a path that is none of ours, and lets the socket go whatever its other end does. */
function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
